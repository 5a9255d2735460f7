import AMQP
import Altcraft
import HTTPTransport
import Outcome
import TestSupport
import Testing

@testable import Bridge

/// Any facts that broker, platform and ledger may show: the report is whole, its sentences are fit for a terminal, and the
/// verdict follows from what was found.
@Suite("The diagnosis of anything", .timeLimit(.minutes(1)))
struct DiagnosisRandomTests {
    private typealias Random = TestSupport.SeededGenerator

    private static let values: [QueueArgument: [String]] = [
        .type: ["quorum", "classic", "stream", "odd"], .deliveryLimit: ["-1", "0", "20", "many"],
        .timeToLive: ["0", "5000", "6000"], .expiry: ["1000"], .maximumMessages: ["9"], .maximumBytes: ["9"],
        .overflow: ["reject-publish", "drop-head"], .deadLetterExchange: ["", "dead"],
        .deadLetterRoutingKey: ["orders", "other"], .deadLetterStrategy: ["at-least-once", "at-most-once"],
        .singleActiveConsumer: ["true"], .consumerTimeout: ["1000", "900000000", "-5", "soon"],
    ]

    private static func queue(_ random: inout Random) -> QueueInspection {
        var facts = QueueFacts(isDurable: random.chance(70), isAutoDelete: random.chance(20))
        for argument in QueueArgument.allCases {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: facts[argument] = .unseen
            case 1..<6: facts[argument] = .absent
            default: facts[argument] = .value(values[argument]?.randomElement(using: &random) ?? "")
            }
        }
        let permissions: [Permission] = [.granted, .refused("ACCESS_REFUSED"), .unseen("cut")]
        let presences: [QueuePresence] = [
            .missing, .closed("exclusive"), .present(QueueStatus(messages: 3, consumers: 0)),
            .present(QueueStatus(messages: 0, consumers: 2)),
        ]
        return QueueInspection(
            presence: presences.randomElement(using: &random) ?? .missing, facts: facts,
            declaring: permissions.randomElement(using: &random) ?? .granted)
    }

    private static func broker(_ random: inout Random) -> BrokerSight {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .late(.seconds(25))
        case 1: return .unreachable(BrokerError(.loginRefused("no"), peer: "rabbit:5672"))
        default: break
        }
        let version = ["3.7.1", "3.10.8", "4.0.2", "odd"].randomElement(using: &random) ?? ""
        let server = ServerIdentity(properties: ["product": .text("RabbitMQ"), "version": .text(AMQPText(version))])
        var broker = BrokerFacts(server: server, peer: "rabbit:5672")
        for name in ["orders", "orders.parked", "orders.delay.5s", "orders.delay.2m"] where random.chance(90) {
            broker.queues[name] = queue(&random)
        }
        if random.chance(70) { broker.exchanges = ["shop": random.chance(50)] }
        broker.consuming = random.chance(50) ? .granted : .refused("no")
        broker.publishing = random.chance(50) ? .granted : .unseen("cut")
        if random.chance(20) { broker.blocking = "low on disk" }
        if random.chance(20) { broker.interruption = BrokerError(.connectionLost, peer: "rabbit:5672") }
        return .seen(broker)
    }

    private static func answer(_ random: inout Random) throws -> PlatformAnswer {
        switch Int.random(in: 0..<9, using: &random) {
        case 0: .late
        case 1: .failed(HTTPFailure(reason: random.pick(HTTPFailure.Reason.allCases, or: .connect), detail: "x"))
        case 2: .other(status: 200, .busy(Busy(.unauthorized)))
        case 3: .other(status: 403, .busy(Busy(.forbidden, scope: .maybeTarget)))
        case 4: .other(status: 429, .busy(Busy(.http429)))
        case 5: .other(status: random.pick([301, 404, 200, 500], or: 200), .unknown(.notAnEnvelope))
        case 6: .other(status: 200, .refused(Refusal(code: 301, text: "Wrong params")))
        default: try DiagnosisTests.info()
        }
    }

    private static func facts(_ random: inout Random) throws -> DoctorFacts {
        var plan = DoctorPlan(queues: QueueNames(source: "orders", ladder: [.seconds(5), .seconds(120)]))
        plan.declares = random.chance(40)
        plan.exchanges = random.chance(70) ? ["shop", ""] : []
        plan.campaigns = Array([7, 8, 9].prefix(Int.random(in: 0...3, using: &random)))
        plan.unboundMappings = random.chance(30) ? ["any"] : []
        plan.otherTargets = random.chance(30) ? ["scenario 1"] : []
        plan.prefetch = random.pick([1, 200, 60_000], or: 1)
        plan.inFlight = random.pick([1, 64], or: 1)
        plan.rate = random.chance(30) ? 0.5 : nil
        var platform = PlatformSight()
        for campaign in plan.campaigns where random.chance(90) { platform.campaigns[campaign] = try answer(&random) }
        for token in RequestOptions.TokenPlace.allCases {
            for slash in RequestOptions.TrailingSlash.allCases where random.chance(70) {
                platform.forms[.init(token: token, slash: slash)] = try answer(&random)
            }
        }
        if random.chance(60) {
            platform.clock = ClockReading(
                asked: 10_000, answered: 10_100, platform: Int64.random(in: 0...100, using: &random))
        }
        platform.unasked = random.chance(20) ? 3 : 0
        let ledgers: [LedgerSight] = [
            .off, .absent(path: "l"), .usable(path: "l"), .inUse(path: "l"), .faulty("the ledger l is corrupt"),
        ]
        return DoctorFacts(
            plan: plan, broker: broker(&random), platform: platform, ledger: random.pick(ledgers, or: .off))
    }

    @Test(arguments: 0..<30)
    func reports(seed: Int) throws {
        var random = Random(seed: UInt64(seed))
        for _ in 0..<60 {
            let facts = try Self.facts(&random)
            let diagnosis = Diagnosis(facts)
            for finding in diagnosis.findings {
                let isCorrupt = finding.check == .ledger && finding.severity == .error
                #expect(finding.severity < .warning || finding.advice != nil || isCorrupt, "\(finding)")
                #expect(!finding.subject.isEmpty && !finding.message.isEmpty)
                #expect(!finding.message.contains("\n") && !finding.message.hasSuffix("."), "\(finding)")
                #expect(!finding.message.contains("  "), "\(finding)")
            }
            let errors = diagnosis.findings.filter { $0.severity == .error }
            switch diagnosis.verdict {
            case .ready: #expect(errors.isEmpty)
            case .brokerUnreachable: #expect(errors.contains { $0.check == .connection })
            case .platformUnreachable: #expect(errors.contains { $0.check == .platform })
            case .findings: #expect(!errors.isEmpty && !errors.contains { $0.check == .platform })
            }
            // Each thing is told once, and what is told of it once is told whole.
            let told = diagnosis.findings.map { "\($0.check) \($0.subject) \($0.message)" }
            #expect(Set(told).count == told.count, "\(told)")
            #expect(diagnosis.findings.contains { $0.check == .connection })
            #expect(diagnosis.findings.contains { $0.check == .ledger })
            if case .seen = facts.broker {
                for name in ["queue orders", "orders.parked", "orders.delay.5s", "orders.delay.2m"] {
                    #expect(diagnosis.findings.contains { $0.subject == name }, "\(name)")
                }
            }
        }
    }
}
