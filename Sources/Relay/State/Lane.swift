/// One lane: the ends of a list of launches that go one after the other.
///
/// The list itself runs through the launches (`LaneLinks`), so that a lane costs nothing but its two ends.
struct Lane {
    /// The launch whose turn it is.
    var head: LaunchID
    /// The launch that came last.
    var tail: LaunchID
    /// How many deliveries have a launch in it: what one lane's share of the prefetch is measured by.
    var load = 0
}

/// A launch's place in its lane.
struct LaneLinks {
    /// The launch before it.
    var previous: LaunchID?
    /// The launch after it.
    var next: LaunchID?
    /// Whether it is in its lane.
    var isLinked = false
    /// Whether it stands for its delivery in the lane's load: the first one of each delivery does.
    var countsDelivery = false
}
