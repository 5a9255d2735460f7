package import Poll
import Synchronization

/// Publishes on a connection and a thread of its own, with confirms and `mandatory`, and connects again by itself for
/// ever.
///
/// Post publications from any thread; outcomes and states come through the mailbox given, in the order in which they
/// became known. Every publication that was taken gets exactly one outcome. While the broker is blocked, publications
/// wait; while there is no connection, they are answered `unsent` at once.
package final class Publisher: Sendable {
    /// The one header that is added: a returned message says by it which publication it was.
    ///
    /// Routing keys and order cannot tell, as a broker may confirm out of order.
    package static let sequenceHeader = "x-bridge-publish"

    let connection: ConnectionSettings
    let topology: Topology
    let wakeup: Wakeup
    let commands: Mailbox<Publication>
    let events: Mailbox<PublisherEvent>
    private let stopping = Atomic<Bool>(false)

    /// A publisher that does nothing until `start`.
    ///
    /// `capacity` bounds what is posted and not yet taken, and again what is taken and not yet confirmed.
    package init(
        connection: ConnectionSettings,
        topology: Topology,
        capacity: Int = 1024,
        events: Mailbox<PublisherEvent>
    ) throws(SystemCallError) {
        self.connection = connection
        self.topology = topology
        self.events = events
        wakeup = try Wakeup()
        commands = Mailbox(capacity: capacity, wakeup: wakeup)
    }

    /// Starts the thread.
    ///
    /// It lives until `stop`, so call that exactly once for each `start`.
    package func start() throws(SystemCallError) {
        try DeepStackThread.start(name: "amqp-publish") {
            let loop = PublisherLoop(self)
            loop.run()
        }
    }

    /// Posts a publication.
    ///
    /// False when the publisher is full or stopping: it was not taken and gets no outcome.
    package func publish(_ publication: Publication) -> Bool {
        guard !isStopping else { return false }
        return commands.post(publication)
    }

    /// Takes nothing more, waits for the confirms of what was taken while the connection stands, and ends with
    /// `.stopped`.
    ///
    /// A blocked broker is not waited for.
    ///
    /// From the thread that publishes: a publication posted while another thread stops may be taken without an outcome.
    package func stop() {
        stopping.store(true, ordering: .releasing)
        wakeup.signal()
    }

    /// Whether `stop` was called.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }
}
