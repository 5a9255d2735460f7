import AMQP
import Altcraft
import HTTPTransport
import Outcome
import Testing

@testable import Bridge

/// What follows from what was seen, case by case.
@Suite("The diagnosis", .timeLimit(.minutes(1)))
struct DiagnosisTests {
    private typealias Severity = DoctorFinding.Severity

    /// A queue as declared with these arguments, all others known to be absent.
    static func queue(
        _ arguments: [QueueArgument: String], consumers: UInt32 = 0, durable: Bool = true
    ) -> QueueInspection {
        var facts = QueueFacts(isDurable: durable)
        for argument in QueueArgument.allCases where argument != .consumerTimeout {
            facts[argument] = arguments[argument].map { .value($0) } ?? .absent
        }
        if let timeout = arguments[.consumerTimeout] { facts[.consumerTimeout] = .value(timeout) }
        return QueueInspection(
            presence: .present(QueueStatus(messages: 3, consumers: consumers)), facts: facts, declaring: .granted)
    }

    static let quorum: [QueueArgument: String] = [.type: "quorum"]
    static let delay: [QueueArgument: String] = [
        .type: "quorum", .deadLetterStrategy: "at-least-once", .overflow: "reject-publish", .timeToLive: "5000",
        .deadLetterExchange: "", .deadLetterRoutingKey: "orders",
    ]

    static func info(_ more: String = #""is_active":true,"trigger_type":"api_call""#) throws -> PlatformAnswer {
        let body = #"{"error":0,"data":{"id":7,"name":"Paid",\#(more)}}"#
        return .campaign(try CampaignInfo.read(Answer(status: 200, body: Array(body.utf8)), now: 0))
    }

    /// A bridge where everything is as it should be, on this version of the broker.
    static func healthy(_ version: String = "3.10.8") throws -> DoctorFacts {
        var plan = DoctorPlan(queues: QueueNames(source: "orders", ladder: [.seconds(5)]))
        plan.mappings = 1
        plan.exchanges = ["shop"]
        plan.bindings = [TopologyPlan.Binding(exchange: "shop", routingKey: "order.paid")]
        plan.campaigns = [7]
        let server = ServerIdentity(properties: ["product": .text("RabbitMQ"), "version": .text(AMQPText(version))])
        var broker = BrokerFacts(server: server, peer: "rabbit:5672")
        broker.queues = [
            "orders": queue(quorum), "orders.parked": queue(quorum), "orders.delay.5s": queue(delay),
        ]
        broker.exchanges = ["shop": true]
        broker.consuming = .granted
        broker.publishing = .granted
        var platform = PlatformSight()
        platform.campaigns = [7: try info()]
        for token in RequestOptions.TokenPlace.allCases {
            for slash in [RequestOptions.TrailingSlash.always, .never] {
                platform.forms[CallForm(token: token, slash: slash)] = try info()
            }
        }
        platform.forms[plan.form] = try info()
        platform.clock = ClockReading(asked: 10_000, answered: 10_100, platform: 10)
        return DoctorFacts(plan: plan, broker: .seen(broker), platform: platform, ledger: .absent(path: "l"))
    }

    /// The healthy facts after a change of the broker's.
    static func broker(
        _ version: String = "3.10.8", declares: Bool = false, _ change: (inout BrokerFacts) -> Void
    ) throws -> Diagnosis {
        var facts = try healthy(version)
        facts.plan.declares = declares
        if case .seen(var broker) = facts.broker {
            change(&broker)
            facts.broker = .seen(broker)
        }
        return Diagnosis(facts)
    }

    static func facts(_ change: (inout DoctorFacts) throws -> Void) throws -> Diagnosis {
        var facts = try healthy()
        try change(&facts)
        return Diagnosis(facts)
    }

    /// What stands out: check and severity of everything that is neither right nor unseen.
    private static func troubles(_ diagnosis: Diagnosis) -> [String] {
        diagnosis.findings.filter { $0.severity > .unseen }.map { "\($0.check.rawValue) \($0.severity.rawValue)" }
    }

    @Test("All right: no trouble, and what cannot be seen is said with the command that shows it")
    func allRight() throws {
        let diagnosis = Diagnosis(try Self.healthy())
        #expect(Self.troubles(diagnosis) == [])
        #expect(diagnosis.verdict == .ready)
        let unseen = diagnosis.findings.filter { $0.severity == .unseen }
        #expect(
            unseen.map(\.check) == [.deliveryLimit, .deliveryLimit, .policies, .bindings, .acknowledgementTimeout])
        #expect(!diagnosis.findings.contains { $0.message.contains("has no delivery limit") })
        for subject in ["queue orders", "orders.parked"] {
            let finding = unseen.first { $0.check == .deliveryLimit && $0.subject == subject }
            #expect(finding?.message.contains("none in its arguments; a policy is unseen") == true)
            #expect(finding?.advice == "rabbitmqctl list_policies -p /")
        }
        #expect(unseen.allSatisfy { $0.advice?.contains("effective_policy_definition") == false })
        #expect(unseen.allSatisfy { $0.advice?.hasPrefix("rabbitmqctl ") == true })
    }

    @Test("Files that are refused are told, although their last good versions would run")
    func refusedMappings() throws {
        var facts = try Self.healthy()
        #expect(Diagnosis(facts).findings.contains { $0.check == .mappings && $0.message == "1 mapping without error" })
        facts.plan.refusedMappings = [
            "mappings/paid.json:3:5: there is no such key; its last good version v1 stays live"
        ]
        let found = Diagnosis(facts).findings.filter { $0.check == .mappings }
        #expect(found.map(\.message) == facts.plan.refusedMappings && found.allSatisfy { $0.severity == .warning })
    }

    @Test("Every finding that is not right has advice")
    func advice() throws {
        var broken = try Self.healthy("4.0.1")
        broken.ledger = .off
        broken.platform.clock = ClockReading(asked: 0, answered: 10, platform: 100)
        broken.plan.unboundMappings = ["any"]
        broken.plan.prefetch = 60_000
        if case .seen(var broker) = broken.broker {
            broker.queues["orders"] = Self.queue([.timeToLive: "60000"], consumers: 2, durable: false)
            broker.queues["orders.parked"] = Self.queue([.type: "quorum", .maximumMessages: "10"])
            broker.queues["orders.delay.5s"] = Self.queue([:])
            broker.consuming = .refused("ACCESS_REFUSED")
            broker.blocking = "low on memory"
            broken.broker = .seen(broker)
        }
        let findings = Diagnosis(broken).findings
        #expect(findings.filter { $0.severity > .ok }.allSatisfy { $0.advice != nil })
        #expect(findings.count { $0.severity > .ok } > 10)
    }

    @Test(
        "The source queue",
        arguments: [
            (quorum, "3.10.8", false, []), (quorum, "4.0.1", false, ["queue.delivery_limit warning"]),
            ([.type: "quorum", .deliveryLimit: "-1"], "4.0.1", false, []),
            ([.type: "quorum", .deliveryLimit: "5"], "3.10.8", false, ["queue.delivery_limit warning"]),
            ([.type: "quorum", .deliveryLimit: "5", .deadLetterExchange: "dead"], "3.10.8", false, []),
            ([:], "3.10.8", false, ["queue.kind warning"]), ([:], "3.10.8", true, ["queue.kind error"]),
            ([.type: "classic"], "3.10.8", false, ["queue.kind warning"]),
            ([.type: "stream"], "3.10.8", false, ["queue.kind error"]),
            ([.type: "quorum", .timeToLive: "1"], "3.10.8", false, ["queue.limits warning"]),
            ([.type: "quorum", .timeToLive: "1", .deadLetterExchange: "d"], "3.10.8", false, []),
            ([.type: "quorum", .maximumMessages: "9"], "3.10.8", false, ["queue.limits warning"]),
            ([.type: "quorum", .maximumMessages: "9", .overflow: "reject-publish"], "3.10.8", false, []),
            ([.type: "quorum", .overflow: "reject-publish"], "3.10.8", true, ["queue.kind error"]),
            ([.type: "quorum", .consumerTimeout: "60000"], "3.10.8", false, ["acknowledgement.timeout error"]),
            ([.type: "quorum", .consumerTimeout: "3600000"], "3.10.8", false, []),
        ] as [([QueueArgument: String], String, Bool, [String])])
    func source(arguments: [QueueArgument: String], version: String, declares: Bool, troubles: [String]) throws {
        let diagnosis = try Self.broker(version, declares: declares) { broker in
            broker.queues["orders"] = Self.queue(arguments)
            // A parking queue that is right on 4.0, too.
            let limit = version.hasPrefix("4") ? [QueueArgument.deliveryLimit: "-1"] : [:]
            broker.queues["orders.parked"] = Self.queue(Self.quorum.merging(limit) { $1 })
        }
        #expect(Self.troubles(diagnosis) == troubles)
    }

    @Test(
        "Parking and delay queues",
        arguments: [
            ("orders.parked", [:], ["parking.queue warning"]),
            ("orders.parked", [.type: "quorum", .deliveryLimit: "3"], ["parking.queue warning"]),
            ("orders.parked", [.type: "quorum", .timeToLive: "3"], ["parking.queue warning"]),
            ("orders.delay.5s", [:], ["delay.queue error"]),
            ("orders.delay.5s", delay.merging([.timeToLive: "6000"]) { $1 }, ["delay.queue error"]),
            ("orders.delay.5s", delay.merging([.deadLetterRoutingKey: "order"]) { $1 }, ["delay.queue error"]),
            ("orders.delay.5s", delay.merging([.overflow: "drop-head"]) { $1 }, ["delay.queue warning"]),
            ("orders.delay.5s", delay.filter { $0.key != .type }, ["delay.queue warning"]),
        ] as [(String, [QueueArgument: String], [String])])
    func others(name: String, arguments: [QueueArgument: String], troubles: [String]) throws {
        let diagnosis = try Self.broker { $0.queues[name] = Self.queue(arguments) }
        #expect(Self.troubles(diagnosis) == troubles)
    }

    @Test(
        "Queues that are missing stop the bridge, unless it declares them or can do without",
        arguments: [
            ("orders", "queue.present error"), ("orders.parked", "parking.queue error"),
            ("orders.delay.5s", "delay.queue warning"),
        ])
    func missing(name: String, trouble: String) throws {
        let missing = QueueInspection(presence: .missing, declaring: .granted)
        #expect(Self.troubles(try Self.broker { $0.queues[name] = missing }) == [trouble])
        #expect(Self.troubles(try Self.broker(declares: true) { $0.queues[name] = missing }) == [])
        let refused = QueueInspection(presence: .missing, declaring: .refused("ACCESS_REFUSED"))
        #expect(
            Self.troubles(try Self.broker(declares: true) { $0.queues[name] = refused }) == ["permission.declare error"]
        )
    }

    @Test("Who makes a missing queue by hand is told with what; a bridge that runs makes it by itself")
    func missingQueues() throws {
        let missing = QueueInspection(presence: .missing, declaring: .granted)
        func finding(_ name: String, declares: Bool, consumers: UInt32 = 0) throws -> DoctorFinding? {
            try Self.broker(declares: declares) { broker in
                broker.queues["orders"] = Self.queue(Self.quorum, consumers: consumers)
                broker.queues[name] = missing
            }.findings.first { $0.subject == name }
        }
        let delay = try finding("orders.delay.5s", declares: false)
        let arguments =
            #"{"x-dead-letter-exchange":"","x-dead-letter-routing-key":"orders","#
            + #""x-dead-letter-strategy":"at-least-once","x-message-ttl":5000,"x-overflow":"reject-publish","#
            + #""x-queue-type":"quorum"}"#
        #expect(
            delay?.advice
                == "create it (durable, with the arguments \(arguments)), or set broker.declare to true")
        #expect(try finding("orders.parked", declares: false)?.advice?.contains(#"{"x-queue-type":"quorum"}"#) == true)
        #expect(try finding("orders.parked", declares: true)?.message == "is not there yet: run declares it")
        #expect(
            try finding("orders.parked", declares: true, consumers: 1)?.message
                == "is not there: the bridge that runs declares it again within seconds")
    }

    @Test("What the broker does not tell is unseen, and never guessed")
    func unseen() throws {
        let diagnosis = try Self.broker { broker in
            for name in broker.queues.keys {
                broker.queues[name] = QueueInspection(
                    presence: .present(QueueStatus(messages: 0, consumers: 0)), declaring: .refused("no"))
            }
            broker.exchanges = [:]
            broker.publishing = .unseen("the connection was lost")
        }
        #expect(Self.troubles(diagnosis) == [])
        let unseen = Set(diagnosis.findings.filter { $0.severity == .unseen }.map(\.check))
        #expect(unseen.isSuperset(of: [.queueKind, .parking, .delay, .exchange, .publishing]))
    }

    @Test("Permissions, exchanges, an alarm")
    func session() throws {
        #expect(
            Self.troubles(
                try Self.broker {
                    $0.consuming = .refused("ACCESS_REFUSED")
                    $0.publishing = .refused("ACCESS_REFUSED")
                    $0.exchanges = ["shop": false]
                    $0.blocking = "low on memory"
                }) == [
                    "broker.publishers error", "permission.consume error", "permission.publish error",
                    "exchange.present warning",
                ])
        let declaring = try Self.broker(declares: true) { $0.exchanges = ["shop": false] }
        #expect(Self.troubles(declaring) == ["exchange.present error"])
        #expect(Self.troubles(try Self.broker("3.7.9") { _ in }) == ["broker.connection error"])
    }

    @Test(
        "Other consumers count only beside a local ledger, and a bridge that runs is none",
        arguments: [
            (UInt32(0), LedgerSight.usable(path: "l"), false), (1, .usable(path: "l"), true),
            (1, .inUse(path: "l"), false),
            (2, .inUse(path: "l"), true), (1, .absent(path: "l"), true),
        ])
    func consumers(count: UInt32, ledger: LedgerSight, isTrouble: Bool) throws {
        let diagnosis = try Self.facts { facts in
            guard case .seen(var broker) = facts.broker else { return }
            broker.queues["orders"] = Self.queue(Self.quorum, consumers: count)
            facts.broker = .seen(broker)
            facts.ledger = ledger
        }
        #expect(Self.troubles(diagnosis) == (isTrouble ? ["queue.consumers warning"] : []))
    }

    @Test(
        "The longest hold against half the timeout",
        arguments: [
            (200, 64, 30, nil, 1800, false), (200, 1, 30, nil, 1800, true), (2000, 64, 30, nil, 1800, true),
            (200, 64, 30, 0.1, 1800, true), (200, 64, 30, 1, 1800, false), (200, 64, 30, nil, 120, true),
        ] as [(Int, Int, Int, Double?, Int, Bool)])
    func times(prefetch: Int, inFlight: Int, call: Int, rate: Double?, timeout: Int, isTrouble: Bool) throws {
        let diagnosis = try Self.facts { facts in
            facts.plan.prefetch = prefetch
            facts.plan.inFlight = inFlight
            facts.plan.slowestCall = .seconds(call)
            facts.plan.rate = rate
            facts.plan.acknowledgementTimeout = .seconds(timeout)
        }
        #expect(Self.troubles(diagnosis) == (isTrouble ? ["acknowledgement.timeout warning"] : []))
    }

    @Test("A list of those who are launched is a warning, with their number")
    func allowedRecipients() throws {
        let diagnosis = try Self.facts { $0.plan.allowedRecipients = ["anna@example.com", "@example.org"] }
        #expect(Self.troubles(diagnosis) == ["recipients warning"])
        #expect(diagnosis.verdict == .ready)
        #expect(
            diagnosis.findings.last?.message == "only 2 recipients or domains are launched (recipients.allow): "
                + "all others are skipped as not_allowed")
    }

    @Test("The verdict: the broker first, then the platform, then everything else")
    func verdicts() throws {
        let refused = BrokerError(.refused, peer: "rabbit:5672")
        #expect(try Self.facts { $0.broker = .unreachable(refused) }.verdict == .brokerUnreachable)
        #expect(try Self.facts { $0.broker = .late(.seconds(30)) }.verdict == .brokerUnreachable)
        let failed = PlatformAnswer.failed(HTTPFailure(reason: .connect, detail: "refused"))
        let down = try Self.facts { facts in
            facts.platform.campaigns = [7: failed]
            facts.platform.forms = facts.platform.forms.mapValues { _ in failed }
        }
        #expect(down.verdict == .platformUnreachable)
        #expect(try Self.facts { $0.platform = PlatformSight() }.verdict == .platformUnreachable)
        #expect(try Self.facts { $0.ledger = .faulty("the ledger is corrupt") }.verdict == .findings)
        #expect(try Self.facts { $0.ledger = .off }.verdict == .ready)
        let both = try Self.facts { facts in
            facts.broker = .unreachable(refused)
            facts.platform = PlatformSight()
        }
        #expect(both.verdict == .brokerUnreachable)
    }

    @Test(
        "What the platform answers",
        arguments: [
            (200, LaunchOutcome.busy(Busy(.unauthorized)), ["platform.token error"], DoctorVerdict.findings),
            (200, .busy(Busy(.tariff)), ["platform.token error"], .findings),
            (403, .busy(Busy(.forbidden, scope: .maybeTarget)), ["campaign warning"], .ready),
            (503, .busy(Busy(.http503)), ["platform.connection error"], .platformUnreachable),
            (500, .unknown(.http500), ["platform.connection error"], .platformUnreachable),
            (301, .unknown(.notAnEnvelope), ["platform.connection error"], .platformUnreachable),
            (200, .unknown(.notAnEnvelope), ["platform.connection error"], .platformUnreachable),
            (404, .unknown(.notAnEnvelope), ["platform.token warning"], .ready),
            (200, .refused(Refusal(code: 400, text: "Invalid request")), ["campaign error"], .findings),
        ])
    func answers(status: Int, outcome: LaunchOutcome, troubles: [String], verdict: DoctorVerdict) throws {
        let diagnosis = try Self.facts { facts in
            let answer = PlatformAnswer.other(status: status, outcome)
            facts.platform.campaigns = [7: answer]
            facts.platform.forms = facts.platform.forms.mapValues { _ in answer }
        }
        #expect(Self.troubles(diagnosis) == troubles)
        #expect(diagnosis.verdict == verdict)
    }

    @Test("A campaign that is not active, or not launched by a call, is an error")
    func campaigns() throws {
        for facts in [#""is_active":false"#, #""is_active":true,"trigger_type":"import""#] {
            let answer = try Self.info(facts)
            #expect(Self.troubles(try Self.facts { $0.platform.campaigns = [7: answer] }) == ["campaign error"])
        }
        let untold = try Self.facts { $0.platform.campaigns = [7: try Self.info(#""list_id":1"#)] }
        #expect(untold.findings.first { $0.check == .campaign }?.severity == .unseen)
    }

    @Test("A token that is taken in the other place, and a slash that must be there, name the setting")
    func forms() throws {
        let refused = PlatformAnswer.other(status: 200, .busy(Busy(.unauthorized)))
        let header = try Self.facts { facts in
            facts.platform.campaigns = [7: refused]
            for form in facts.platform.forms.keys where form.token == .body { facts.platform.forms[form] = refused }
        }
        #expect(header.findings.first { $0.check == .token }?.advice?.contains("altcraft.token_in to header") == true)
        let lacking = PlatformAnswer.other(status: 404, .unknown(.notAnEnvelope))
        let slash = try Self.facts { facts in
            for form in facts.platform.forms.keys where form.slash == .never { facts.platform.forms[form] = lacking }
        }
        #expect(slash.findings.first { $0.check == .options }?.advice == "set altcraft.trailing_slash to true")
        #expect(slash.verdict == .ready)
    }

    @Test(
        "The skew is what is certain: the header has whole seconds, and the answer took its time",
        arguments: [
            (10_000, 10_100, 10, 0), (10_900, 11_100, 10, 0), (10_000, 40_000, 20, 0), (10_000, 10_100, 15, 4),
            (10_000, 10_100, 70, 59), (70_000, 70_100, 10, -59), (10_000, 10_000, 4, -5),
        ] as [(Int64, Int64, Int64, Int64)])
    func skew(asked: Int64, answered: Int64, platform: Int64, skew: Int64) throws {
        let reading = ClockReading(asked: asked, answered: answered, platform: platform)
        #expect(reading.skew == skew)
        let diagnosis = try Self.facts { $0.platform.clock = reading }
        #expect(Self.troubles(diagnosis) == (abs(skew) > 5 ? ["platform.clock warning"] : []))
    }
}
