import AMQP
import Poll

/// Publishes one message after the other and waits for each confirm: on a connection of its own, as one that publishes
/// may be blocked by the broker, and its acknowledgements with it.
final class ConfirmedPublishing {
    private let publisher: Publisher
    private let events: Mailbox<PublisherEvent>
    private let wakeup: Wakeup
    private let peer: String
    private var nextID: UInt64 = 1

    /// How long a confirm, or a connection, may keep us waiting.
    static let longestWait = Duration.seconds(60)

    /// Begins to connect; the queue that is published to must be there.
    init(_ settings: ConnectionSettings, queue: String) throws(BrokerError) {
        peer = settings.address.description
        do throws(SystemCallError) {
            wakeup = try Wakeup()
            events = Mailbox(capacity: 64, wakeup: wakeup)
            publisher = try Publisher(
                connection: settings, topology: Topology([.expectQueue(queue)]), capacity: 1, events: events)
            try publisher.start()
        } catch {
            throw BrokerError(.exhausted(error.description), peer: settings.address.description)
        }
    }

    /// Waits a moment for something to happen; the outcome of a publication where one is there.
    ///
    /// - Throws: when the connection is lost, or there is no such queue.
    func outcome(of id: UInt64, milliseconds: Int32) throws(BrokerError) -> PublishOutcome? {
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        _ = set.wait(milliseconds: milliseconds)
        wakeup.clear()
        for event in events.drain() {
            switch event {
            case .outcome(id, let outcome): return outcome
            case .state(.down(let error, _)): throw error
            default: continue
            }
        }
        return nil
    }

    /// Posts a message; its number, or nil while an earlier one is in the way.
    func post(_ queue: String, _ properties: AMQPProperties, _ body: [UInt8]) -> UInt64? {
        let id = nextID
        let publication = Publication(id: id, routingKey: AMQPText(queue), properties: properties, body: body)
        guard publisher.publish(publication) else { return nil }
        nextID += 1
        return id
    }

    /// What is thrown when there is no confirm in time.
    var late: BrokerError { BrokerError(.confirmTimeout, peer: peer) }

    /// Ends the connection.
    func close() {
        publisher.stop()
    }
}
