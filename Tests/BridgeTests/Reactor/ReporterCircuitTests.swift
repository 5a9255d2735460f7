import AMQP
import Altcraft
import Outcome
import Relay
import Telemetry
import Testing

@testable import Bridge

/// What an operator is told of circuits and stores: once, with what to do, and until it is over.
@Suite("What is told of circuits and stores", .timeLimit(.minutes(1)))
struct ReporterCircuitTests {
    private final class Bench {
        let probe: ReloadProbe
        var reporter: Reporter

        init() throws {
            probe = try ReloadProbe()
            reporter = Reporter(observer: probe.observer, queue: "orders", showsContent: false, hasLocalLedger: true)
        }

        var alarms: Set<Alarm> { Set(probe.health.alarms.keys) }

        func open(_ scope: RelayCircuit, _ reason: Reason) {
            reporter.circuitOpened(scope, reason, wait: .seconds(3))
        }

        /// How many lines there are in the end; what is written after them shows that they are all there.
        func count(_ message: String) -> Int {
            probe.observer.observe(.stopping(signal: "end"))
            _ = probe.waitUntil { !$0.lines("stopping").isEmpty }
            return probe.lines(message).count
        }
    }

    private static let queues = QueueNames(source: "orders", ladder: [.seconds(5)])
    private static let (one, other) = (RelayCircuit.target(.campaign(1)), RelayCircuit.target(.campaign(2)))

    @Test("A platform that refuses the account raises one alarm, however often it is asked, and its end clears it")
    func account() throws {
        let bench = try Bench()
        bench.open(.platform, .unauthorized)
        #expect(bench.alarms == [.unauthorized])
        #expect(bench.probe.health.circuit == .open && !bench.probe.health.isReady)
        #expect(bench.probe.health.circuitReason?.contains("token_file") == true)
        for _ in 0..<3 { bench.open(.platform, .unauthorized) }
        bench.reporter.circuitTrying(.platform)
        #expect(bench.alarms == [.unauthorized], "not over yet")
        bench.reporter.circuitClosed(.platform)
        #expect(bench.alarms.isEmpty && bench.probe.health.circuit == .closed)
        #expect(bench.count("circuit opened") == 1)
        #expect(bench.count("circuit stays open") == 3)
        #expect(bench.count("alarm raised") == 1)
    }

    @Test("Another reason is news, and takes the place of the one before")
    func changes() throws {
        let bench = try Bench()
        bench.open(.platform, .unauthorized)
        bench.open(.platform, .tariff)
        #expect(bench.alarms == [.tariff])
        bench.open(.platform, .connect)
        #expect(bench.alarms.isEmpty, "what cannot be reached says nothing of the account")
        #expect(bench.count("circuit opened") == 3)
    }

    @Test("An alarm stands as long as one circuit is open for it")
    func severalTargets() throws {
        let bench = try Bench()
        bench.open(Self.one, .forbidden)
        bench.open(Self.other, .forbidden)
        #expect(bench.probe.health.openTargets == ["campaign 1", "campaign 2"])
        #expect(bench.probe.health.alarms[.forbidden]?.hasPrefix("campaign 1, campaign 2: forbidden; ") == true)
        bench.reporter.circuitClosed(Self.one)
        #expect(bench.alarms == [.forbidden])
        #expect(bench.probe.health.alarms[.forbidden]?.hasPrefix("campaign 2: forbidden; ") == true)
        #expect(bench.probe.health.alarms[.forbidden]?.contains("campaign 1") == false)
        bench.reporter.circuitClosed(Self.other)
        #expect(bench.alarms.isEmpty)
        #expect(bench.probe.health.circuit == .closed, "a target's circuit is not the platform's")
    }

    @Test("Every reason that opens a circuit comes with what to do", arguments: Reason.allCases)
    func advice(reason: Reason) throws {
        let bench = try Bench()
        bench.open(.platform, reason)
        #expect(bench.count("circuit opened") == 1)
        let line = bench.probe.lines("circuit opened").first ?? ""
        #expect(line.contains(#""advice":""#) && line.contains(reason.rawValue))
    }

    @Test("What keeps the publisher from its queues is told once for each cause, and is over when it publishes")
    func publisher() throws {
        let bench = try Bench()
        let missing = BrokerError(.queueMissing(name: "orders.parked"), peer: "rabbit:5672")
        for _ in 0..<5 { bench.reporter.publishingImpossible(missing, Self.queues) }
        #expect(bench.probe.health.alarms[.parking]?.contains("orders.parked") == true)
        // The relay's own words, which know less, do not hide the cause for long.
        bench.reporter.storeFailed(.publisher, detail: "", wait: .zero)
        #expect(bench.probe.health.alarms[.parking]?.contains("cannot be parked") == true)
        bench.reporter.publishingImpossible(missing, Self.queues)
        #expect(bench.probe.health.alarms[.parking]?.contains("there is no queue") == true)
        bench.reporter.publishingImpossible(BrokerError(.accessRefused("no"), peer: "rabbit:5672"), Self.queues)
        #expect(bench.probe.health.alarms[.parking]?.contains("access was refused") == true)
        bench.reporter.publishingWorks()
        #expect(bench.alarms.isEmpty)
        #expect(bench.count("alarm raised") == 4)
    }

    @Test("A blocked broker and a missing queue are two alarms; both are over when publishing works")
    func blocked() throws {
        let bench = try Bench()
        bench.reporter.publishingBlocked("low on memory")
        bench.reporter.storeFailed(.publisher, detail: "", wait: .zero)
        #expect(bench.alarms == [.brokerBlocked, .parking])
        bench.reporter.storeRecovered(.publisher)
        #expect(bench.alarms == [.brokerBlocked])
        bench.reporter.publishingWorks()
        #expect(bench.alarms.isEmpty)
    }

    @Test("A ledger that fails says why, and its recovery clears nothing else")
    func ledger() throws {
        let bench = try Bench()
        bench.reporter.publishingBlocked("disk")
        bench.reporter.storeFailed(.ledger, detail: "the disk is full", wait: .seconds(2))
        #expect(bench.probe.health.alarms[.ledger]?.contains("the disk is full; nothing is launched") == true)
        bench.reporter.storeRecovered(.ledger)
        #expect(bench.alarms == [.brokerBlocked])
        bench.reporter.storeRecovered(.ledger)
        #expect(bench.count("alarm cleared") == 1, "what does not stand is not cleared")
    }
}
