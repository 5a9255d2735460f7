import AMQP
import Logging
import Relay
import Telemetry
import Testing

@testable import Bridge

@Suite("What is told of the queues", .timeLimit(.minutes(1)))
struct ReporterTests {
    private static let queues = QueueNames(source: "orders", ladder: [])

    private static func report(_ messages: UInt32, consumers: UInt32, parked: UInt32? = nil) -> TopologyReport {
        var queues = ["orders": QueueStatus(messages: messages, consumers: consumers)]
        if let parked { queues["orders.parked"] = QueueStatus(messages: parked, consumers: 0) }
        return TopologyReport(queues: queues)
    }

    @Test("A bridge that runs is told of a second consumer, once, although the queue is looked at again and again")
    func joined() throws {
        let probe = try ReloadProbe()
        var reporter = Reporter(observer: probe.observer, queue: "orders", showsContent: false, hasLocalLedger: true)
        reporter.sawQueues(Self.report(0, consumers: 0), queues: Self.queues, ours: 0, mayBeOurs: false)
        for consumers: UInt32 in [1, 1, 2, 2, 2, 2] {
            reporter.sawQueues(Self.report(0, consumers: consumers), queues: Self.queues, ours: 1, mayBeOurs: true)
        }
        probe.observer.observe(.stopping(signal: "end"))
        #expect(probe.waitUntil { !$0.lines("stopping").isEmpty })
        #expect(probe.lines("the queue orders has 1 other consumer(s), and the ledger is local").count == 1)
    }

    @Test("One delivery is one, and two are two")
    func numbers() throws {
        let probe = try ReloadProbe()
        var reporter = Reporter(observer: probe.observer, queue: "orders", showsContent: false, hasLocalLedger: true)
        for count in [1, 2] {
            reporter.gaveBack(count, .held)
            reporter.voided(count)
        }
        #expect(probe.waitUntil { $0.lines("2 unsettled deliveries went with the connection").count == 1 })
        for words in ["gave 1 delivery back", "gave 2 deliveries back", "1 unsettled delivery went"] {
            #expect(probe.lines(words).count == 1, "\(words)")
        }
    }

    @Test("What waits in the delay queues is told as one sum, of those that are there")
    func delayed() throws {
        let observer = Observer(log: try LogWriter(format: .json, level: .error))
        defer { observer.log.close() }
        var reporter = Reporter(observer: observer, queue: "orders", showsContent: false, hasLocalLedger: true)
        let queues = QueueNames(source: "orders", ladder: [.seconds(5), .seconds(120), .seconds(3_600)])
        func see(_ counts: [String: UInt32]) -> Substring? {
            let report = TopologyReport(queues: counts.mapValues { QueueStatus(messages: $0, consumers: 0) })
            reporter.sawQueues(report, queues: queues, ours: 0, mayBeOurs: false)
            return observer.exposition().split(separator: "\n").last { $0.hasPrefix("trigger_bridge_delayed_messages") }
        }
        #expect(see(["orders.delay.5s": 7, "orders.delay.2m": 2, "orders.delay.1h": 1])?.hasSuffix(" 10") == true)
        #expect(see(["orders.delay.2m": 2, "orders": 9, "orders.delay.30s": 100])?.hasSuffix(" 2") == true)
        #expect(see(["orders": 9])?.hasSuffix(" 2") == true, "what was not seen stays")
        #expect(see(["orders.delay.5s": 0])?.hasSuffix(" 0") == true)
    }

    @Test("The lag and what is parked are as they were last seen; what was not seen stays")
    func gauges() throws {
        let observer = Observer(log: try LogWriter(format: .json, level: .error))
        defer { observer.log.close() }
        var reporter = Reporter(observer: observer, queue: "orders", showsContent: false, hasLocalLedger: true)
        func lines() -> [Substring] { observer.exposition().split(separator: "\n") }
        reporter.sawQueues(Self.report(12, consumers: 0, parked: 3), queues: Self.queues, ours: 0, mayBeOurs: false)
        #expect(lines().contains { $0.contains("queue_messages_ready") && $0.hasSuffix(" 12") })
        #expect(lines().contains { $0.contains("parked_messages") && $0.hasSuffix(" 3") })
        reporter.sawQueues(Self.report(5, consumers: 1), queues: Self.queues, ours: 1, mayBeOurs: true)
        #expect(lines().contains { $0.contains("queue_messages_ready") && $0.hasSuffix(" 5") })
        #expect(lines().contains { $0.contains("parked_messages") && $0.hasSuffix(" 3") })
        reporter.sawQueues(TopologyReport(), queues: Self.queues, ours: 1, mayBeOurs: true)
        #expect(lines().contains { $0.contains("queue_messages_ready") && $0.hasSuffix(" 5") })
    }
}
