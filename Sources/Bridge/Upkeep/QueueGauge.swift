import AMQP

/// Looks how full the queues are while the bridge runs, on a connection of its own.
///
/// Owned by the thread that looks. What it cannot see is not told: the consuming and the publishing connection say what
/// is wrong.
final class QueueGauge {
    private let connection: ConnectionSettings
    private let topology: Topology
    private let tell: @Sendable (TopologyReport) -> Void
    private var session: BrokerSession?

    /// A gauge that has not looked yet.
    init(_ connection: ConnectionSettings, queues: QueueNames, tell: @escaping @Sendable (TopologyReport) -> Void) {
        self.connection = connection
        self.tell = tell
        topology = Topology([.expectQueue(queues.source), .expectQueue(queues.parking)])
    }

    /// Looks once; waits for the broker as long as its settings allow.
    func look() {
        do throws(BrokerError) {
            var open = try takeSession()
            tell(try open.apply(topology))
            session = consume open
        } catch {
            // The session is gone with its handle; the next look makes another one.
        }
    }

    private func takeSession() throws(BrokerError) -> BrokerSession {
        var taken: BrokerSession?
        swap(&taken, &session)
        guard let open = taken.take() else { return try BrokerSession.open(connection) }
        return open
    }
}
