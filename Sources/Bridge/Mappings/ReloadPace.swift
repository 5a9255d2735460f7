package import Poll

/// When a folder that is being changed is read: once it has been quiet for a moment, and not much later than the
/// first change.
///
/// A team copies several files, an editor writes one in pieces, Kubernetes turns a link: each is one change, if one
/// waits a moment. Pure: the clock is an argument.
package struct ReloadPace: Sendable {
    /// So long nothing may have changed.
    package static let quiet = Duration.milliseconds(200)
    /// So long after the first change it is read even if changes go on: two seconds are promised to whoever changes.
    package static let longest = Duration.seconds(1)

    private var first: MonotonicTime?
    private var last: MonotonicTime?

    /// Nothing has changed yet.
    package init() {}

    /// When to read; nil while nothing has changed.
    package var due: MonotonicTime? {
        guard let first, let last else { return nil }
        return min(last.advanced(by: Self.quiet), first.advanced(by: Self.longest))
    }

    /// Something changed.
    package mutating func noticed(at now: MonotonicTime) {
        if first == nil { first = now }
        last = now
    }

    /// The folder was read; returns whether what was read may be used.
    ///
    /// Where it changed meanwhile, what was read may be half of one state and half of the next: it is read again, unless
    /// the changes go on for so long that waiting for their end would keep everybody waiting.
    package mutating func read(hasChangedMeanwhile: Bool, at now: MonotonicTime) -> Bool {
        guard hasChangedMeanwhile, let begin = first else {
            self = ReloadPace()
            return true
        }
        let isOverdue = now >= begin.advanced(by: Self.longest)
        if isOverdue { first = nil }
        noticed(at: now)
        return isOverdue
    }
}
