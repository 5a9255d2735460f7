/// How a launch, or a whole event, stands: the classes of the guarantees, one word each.
///
/// The raw value is the word used everywhere: in the log, in metrics labels, on parked messages, in `preview`.
package enum LaunchClass: String, Sendable, Hashable, CaseIterable {
    /// The platform took the launch.
    case accepted
    /// Nobody wanted a launch, or the mapping skips it on purpose.
    case skipped
    /// The message's bytes are no event: not JSON, too big, too deep.
    case undecodable
    /// The event cannot be turned into the launch that the mapping asks for.
    case unmappable
    /// The platform refused this very request.
    case refused
    /// The request was certainly not carried out; it may be made later.
    case busy
    /// The request may or may not have been carried out.
    case unknown
    /// All attempts are used up.
    case exhausted
}

/// How an event, or one launch of it, ends.
package enum End: String, Sendable, Hashable, CaseIterable {
    /// Every launch was accepted.
    case launched
    /// Nothing was to be launched.
    case skipped
    /// Published to the parking queue with the reason.
    case parked
    /// Still in the broker: in flight, in a delay queue, or given back.
    case waiting
}
