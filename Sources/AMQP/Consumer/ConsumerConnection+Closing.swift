import Poll

extension ConsumerConnection {
    /// Closes the connection and waits until that is done, for a moment at most: what it does not get out comes again.
    ///
    /// For an owner that ends: it is the one thing here that waits, and what is delivered meanwhile goes back to the queue.
    package func closeInOrder(within limit: Duration = .seconds(2)) {
        close()
        let deadline = MonotonicTime.now().advanced(by: limit)
        var poll = PollSet()
        while descriptor >= 0 {
            let now = MonotonicTime.now()
            guard now < deadline else { return }
            service(now: now)
            _ = receive(limit: .max, byteBudget: .max, now: now)
            guard descriptor >= 0, !hasBufferedInput else { continue }
            let left = (min(deadline, nextServiceTime).since(.now()).nanoseconds + 999_999) / 1_000_000
            poll.removeAll()
            poll.add(descriptor, wantsWrite ? [.readable, .writable] : .readable)
            _ = poll.wait(milliseconds: Int32(clamping: max(0, left)))
        }
    }
}
