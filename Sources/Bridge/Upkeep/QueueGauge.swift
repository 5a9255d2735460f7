import AMQP

/// Looks how full the queues are while the bridge runs, on a connection of its own.
///
/// Owned by the thread that looks. What it cannot see is not told: the consuming and the publishing connection say what
/// is wrong.
final class QueueGauge {
    private let connection: ConnectionSettings
    private let queues: QueueNames
    /// Delay queues that were not there: the broker writes each vain look into its log, so they are asked for seldom.
    private var missing: Set<String> = []
    private var looks = 0
    private let tell: @Sendable (TopologyReport) -> Void
    private var session: BrokerSession?

    /// A gauge that has not looked yet.
    init(_ connection: ConnectionSettings, queues: QueueNames, tell: @escaping @Sendable (TopologyReport) -> Void) {
        self.connection = connection
        self.tell = tell
        self.queues = queues
    }

    /// In how many looks one asks for missing queues again: somebody may have made them since.
    private static let forgetting = 20

    /// Looks once; waits for the broker as long as its settings allow.
    func look() {
        if looks.isMultiple(of: Self.forgetting) { missing = [] }
        looks += 1
        do throws(BrokerError) {
            var open = try takeSession()
            let delays = queues.delays.filter { !missing.contains($0) }
            let report = try open.apply(
                Topology(([queues.source, queues.parking] + delays).map(Topology.Step.expectQueue)))
            missing.formUnion(delays.filter { report.queues[$0] == nil })
            tell(report)
            session = consume open
        } catch {
            // The session is gone with its handle; the next look makes another one.
        }
    }

    private func takeSession() throws(BrokerError) -> BrokerSession {
        var taken: BrokerSession?
        swap(&taken, &session)
        if let open = taken.take() { return open }
        return try BrokerSession.open(connection)
    }
}
