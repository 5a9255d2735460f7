package import Poll

// How the caller's poll drives the transport.
extension HTTPTransport {
    /// Adds the sockets that libcurl wants watched; the next `process` must get the same set, after its `wait`.
    package func register(in set: inout PollSet) {
        registered = multi.sockets.entries
        for (offset, entry) in registered.enumerated() {
            let place = set.add(entry.descriptor, entry.interest)
            if offset == 0 { firstPlace = place }
        }
    }

    /// When `process` must be called even if no socket is ready; nil for never.
    package func deadline(now: MonotonicTime) -> MonotonicTime? {
        guard ended.isEmpty else { return now }
        guard let milliseconds = multi.millisecondsToTimer else { return nil }
        return now.advanced(byNanoseconds: Int64(milliseconds) * 1_000_000)
    }

    /// Goes on with what is ready in the set of the last `register`, fires timers, and returns what has ended.
    package func process(_ set: PollSet) -> [HTTPCompletion] {
        let waited = registered
        registered = []
        for (offset, entry) in waited.enumerated() {
            let readiness = set.readiness(at: firstPlace + offset)
            guard !readiness.isEmpty, multi.sockets.isCurrent(entry) else { continue }
            multi.act(on: entry, readiness)
        }
        start()
        return takeEnded()
    }

    /// Starts what was submitted, without a poll in between; saves a round of the loop after a batch of submits.
    package func start() {
        if multi.millisecondsToTimer == 0 { multi.actOnTimers() }
        while let (transfer, code) = multi.nextEnded() {
            ended.append(release(transfer, result: transfer.result(code)))
        }
    }
}
