import Poll

/// What runs on the publisher's thread: connect, serve until it breaks, wait, again.
final class PublisherLoop {
    let publisher: Publisher
    private var backoff = ReconnectBackoff()
    private var generator = SystemRandomNumberGenerator()
    /// Events that the reactor's mailbox had no room for.
    private var unposted: [PublisherEvent] = []
    /// How long to wait before offering them again: the mailbox cannot say when it has room.
    static let repostMilliseconds: Int32 = 10

    init(_ publisher: Publisher) {
        self.publisher = publisher
    }

    func run() {
        while !publisher.isStopping {
            post(.state(.connecting))
            do throws(BrokerError) {
                let connection = try connect()
                let begin = MonotonicTime.now()
                let failure = connection.serve()
                // A connection that breaks upon its first publish (no permission, say) is another failure in a row.
                let stood = MonotonicTime.now().since(begin) > ReconnectBackoff.maximum
                if connection.hasConfirmed || stood { backoff.succeeded() }
                guard let failure else { break }
                rest(after: failure)
            } catch {
                rest(after: error)
            }
        }
        refuseAll(BrokerError(.connectionLost, peer: "publisher stopped"))
        post(.state(.stopped))
        while !unposted.isEmpty { wait(milliseconds: Self.repostMilliseconds) }
    }

    /// Connects and asks for the topology; what is missing fails the attempt.
    ///
    /// Whoever makes a queue does not break a connection: it has to be asked for again until it is there.
    private func connect() throws(BrokerError) -> PublisherConnection {
        var session = try BrokerSession.open(publisher.connection)
        if let failure = try session.apply(publisher.topology).failures.first {
            session.close()
            throw failure.error
        }
        guard try session.request(.turnConfirmsOn) == .confirmsOn else {
            throw BrokerError(session.outOfTurn, peer: session.peer)
        }
        post(.state(.connected(session.server)))
        return PublisherConnection(session, self)
    }

    /// Reports a failure and waits for the next attempt; meanwhile everything posted is answered at once.
    private func rest(after error: BrokerError) {
        let pause = backoff.failed(using: &generator)
        post(.state(.down(error, retryAfter: pause)))
        let end = MonotonicTime.now().advanced(by: pause)
        while !publisher.isStopping {
            refuseAll(error)
            let left = end.since(.now()).nanoseconds / 1_000_000
            guard left > 0 else { return }
            wait(milliseconds: Int32(clamping: left))
        }
    }

    /// Answers everything posted with `unsent`.
    private func refuseAll(_ error: BrokerError) {
        for publication in publisher.commands.drain() {
            post(.outcome(id: publication.id, .unsent(error)))
        }
    }

    private func wait(milliseconds: Int32) {
        var set = PollSet()
        set.add(publisher.wakeup.descriptor, .readable)
        _ = set.wait(milliseconds: unposted.isEmpty ? milliseconds : min(milliseconds, Self.repostMilliseconds))
        publisher.wakeup.clear()
        repost()
    }

    /// Hands an event over, after those that are still waiting.
    func post(_ event: PublisherEvent) {
        repost()
        guard unposted.isEmpty, publisher.events.post(event) else { return unposted.append(event) }
    }

    /// Offers what is waiting again.
    ///
    /// Bounded, as each taken publication makes one event only.
    func repost() {
        guard !unposted.isEmpty else { return }
        let posted = unposted.prefix { publisher.events.post($0) }.count
        unposted.removeFirst(posted)
    }

    /// Whether events wait for room in the mailbox.
    var isCongested: Bool { !unposted.isEmpty }
}
