import AMQP
import Altcraft
import HTTPTransport
import Outcome
import Testing

@testable import Bridge

/// What the doctor says, to the letter: severity, sentence and advice of each finding that an operator acts upon.
@Suite("The doctor's words", .timeLimit(.minutes(1)))
struct DiagnosisWordTests {
    /// The findings of one check as `severity: message -> advice`.
    private static func lines(_ diagnosis: Diagnosis, _ check: DoctorFinding.Check) -> [String] {
        diagnosis.findings.filter { $0.check == check }.map { finding in
            "\(finding.severity.rawValue): \(finding.message)" + (finding.advice.map { " -> \($0)" } ?? "")
        }
    }

    /// A queue with these arguments in place of one of the healthy ones.
    struct QueueCase: Sendable, CustomTestStringConvertible {
        let name: String
        let check: DoctorFinding.Check
        let arguments: [QueueArgument: String]
        let lines: [String]
        var version = "3.10.8"
        var testDescription: String { "\(name) \(arguments.map { "\($0.key.rawValue)=\($0.value)" }.sorted())" }
    }

    private static let quorum = DiagnosisTests.quorum
    private static let declareAnew = "delete it when it is empty and declare it anew, or let broker.declare do so"
    private static let withoutThat =
        "declare the queue without that, or with x-overflow reject-publish and a dead-letter exchange"

    static let sources = [
        QueueCase(
            name: "orders", check: .queueKind, arguments: quorum, lines: ["ok: is a quorum queue"]),
        QueueCase(
            name: "orders", check: .queueKind, arguments: [:],
            lines: [
                "warning: is a classic queue: what it holds is lost with its node -> "
                    + "declare a quorum queue (x-queue-type quorum) in its place"
            ]),
        QueueCase(
            name: "orders", check: .queueKind, arguments: [.type: "stream"],
            lines: ["error: is a stream: it is not consumed away -> make a quorum queue"]),
        QueueCase(
            name: "orders", check: .deliveryLimit, arguments: [.type: "quorum", .deliveryLimit: "5"],
            lines: [
                "warning: delivery limit 5 and no dead-letter exchange: what is given back more often is dropped -> "
                    + "set a dead-letter exchange or a limit of -1 by a policy (rabbitmqctl set_policy)",
                "unseen: delivery limit: none in its arguments; a policy is unseen, and with one what is looked at "
                    + "often is deleted, as each look counts as a delivery -> rabbitmqctl list_policies -p /",
            ]),
        QueueCase(
            name: "orders", check: .queueLimits, arguments: [.type: "quorum", .timeToLive: "60000"],
            lines: [
                "warning: events can be lost: its messages go after 60000 ms (x-message-ttl) -> \(withoutThat)"
            ]),
        QueueCase(
            name: "orders", check: .queueLimits,
            arguments: [.type: "quorum", .expiry: "7", .maximumMessages: "9", .maximumBytes: "8"],
            lines: [
                "warning: events can be lost: it goes after 7 ms without a consumer (x-expires); its oldest messages "
                    + "go above 9 (x-max-length); its oldest messages go above 8 (x-max-length-bytes) -> \(withoutThat)"
            ]),
        QueueCase(
            name: "orders", check: .queueLimits,
            arguments: [.type: "quorum", .maximumMessages: "9", .overflow: "reject-publish-dlx"], lines: []),
        QueueCase(
            name: "orders", check: .acknowledgementTimeout, arguments: [.type: "quorum", .consumerTimeout: "90000"],
            lines: [
                "ok: prefetch 200, 64 in flight, slowest call 30s: a delivery is held for 2m at most, "
                    + "half the timeout is 15m",
                "error: the queue's x-consumer-timeout is 90s, broker.acknowledgement_timeout says 30m -> "
                    + "set broker.acknowledgement_timeout to 90s",
            ]),
        QueueCase(
            name: "orders", check: .acknowledgementTimeout,
            arguments: [.type: "quorum", .consumerTimeout: "1800000"],
            lines: [
                "ok: prefetch 200, 64 in flight, slowest call 30s: a delivery is held for 2m at most, "
                    + "half the timeout is 15m"
            ]),
    ]

    static let others = [
        QueueCase(
            name: "orders.parked", check: .parking, arguments: quorum, lines: ["ok: keeps what is parked"]),
        QueueCase(
            name: "orders.parked", check: .parking, arguments: [.type: "quorum", .deliveryLimit: "20"],
            lines: [
                "warning: has a delivery limit: what is looked at often is deleted, as each look counts as a delivery "
                    + "-> declare it with x-delivery-limit -1, or set that by a policy"
            ]),
        QueueCase(
            name: "orders.parked", check: .parking, arguments: quorum,
            lines: [
                "warning: has a delivery limit: what is looked at often is deleted, as each look counts as a delivery "
                    + "-> declare it with x-delivery-limit -1, or set that by a policy"
            ], version: "4.0.0"),
        QueueCase(
            name: "orders.parked", check: .parking, arguments: [.type: "quorum", .deliveryLimit: "-1"],
            lines: ["ok: keeps what is parked"], version: "4.0.0"),
        QueueCase(
            name: "orders.delay.5s", check: .delay, arguments: DiagnosisTests.delay,
            lines: ["ok: gives back after 5s"]),
        QueueCase(
            name: "orders.delay.5s", check: .delay,
            arguments: DiagnosisTests.delay.merging([.timeToLive: "6000"]) { $1 },
            lines: [
                "error: does not give back after 5s: x-message-ttl is 6000, not 5000 -> \(declareAnew)"
            ]),
        QueueCase(
            name: "orders.delay.5s", check: .delay,
            arguments: DiagnosisTests.delay.merging([.deadLetterExchange: "dead"]) { $1 },
            lines: [
                "error: does not give back after 5s: x-dead-letter-exchange is dead, not \"\" -> \(declareAnew)"
            ]),
        QueueCase(
            name: "orders.delay.5s", check: .delay,
            arguments: DiagnosisTests.delay.filter { $0.key != .overflow && $0.key != .deadLetterStrategy },
            lines: [
                "warning: may lose what waits in it: no x-overflow reject-publish, "
                    + "no x-dead-letter-strategy at-least-once -> \(declareAnew)"
            ]),
        QueueCase(
            name: "orders.delay.5s", check: .delay,
            arguments: DiagnosisTests.delay.merging([.maximumMessages: "10"]) { $1 },
            lines: ["warning: may lose what waits in it: x-max-length is 10 -> \(declareAnew)"]),
    ]

    @Test("Of queues", arguments: sources + others)
    func queue(item: QueueCase) throws {
        let diagnosis = try DiagnosisTests.broker(item.version) { broker in
            broker.queues[item.name] = DiagnosisTests.queue(item.arguments)
        }
        #expect(Self.lines(diagnosis, item.check) == item.lines)
    }

    @Test(
        "Of a queue that broker.declare asks for in another form",
        arguments: [
            ([.type: "classic"], true, "x-queue-type is classic, not quorum"), ([:], true, "no x-queue-type quorum"),
            (quorum, false, "it is not durable"),
            ([.type: "quorum", .timeToLive: "5"], false, "x-message-ttl is 5, it is not durable"),
        ] as [([QueueArgument: String], Bool, String)])
    func declared(arguments: [QueueArgument: String], durable: Bool, words: String) throws {
        let diagnosis = try DiagnosisTests.broker(declares: true) { broker in
            broker.queues["orders"] = DiagnosisTests.queue(arguments, durable: durable)
        }
        #expect(
            Self.lines(diagnosis, .queueKind) == [
                "error: broker.declare asks for another queue of this name: \(words) -> delete the queue when it is "
                    + "empty, choose another broker.queue, or set broker.declare to false"
            ])
        #expect(diagnosis.verdict == .findings)
    }

    @Test("Of who else consumes")
    func consumers() throws {
        for (count, line) in [
            (0, "ok: 3 message(s) ready, no other consumer"),
            (
                2,
                "warning: 2 other consumer(s), and the ledger is local -> an event redelivered to another bridge may "
                    + "launch again: run one bridge for a queue (rabbitmqctl list_consumers -p /)"
            ),
        ] as [(UInt32, String)] {
            let diagnosis = try DiagnosisTests.broker { broker in
                broker.queues["orders"] = DiagnosisTests.queue(Self.quorum, consumers: count)
            }
            #expect(Self.lines(diagnosis, .consumers) == [line])
        }
        var facts = try DiagnosisTests.healthy()
        facts.ledger = .off
        if case .seen(var broker) = facts.broker {
            broker.queues["orders"] = DiagnosisTests.queue(Self.quorum, consumers: 2)
            facts.broker = .seen(broker)
        }
        #expect(Self.lines(Diagnosis(facts), .consumers) == ["ok: 3 message(s) ready, 2 other consumer(s)"])
    }

    @Test("Of permissions")
    func permissions() throws {
        let refused = try DiagnosisTests.broker { broker in
            broker.consuming = .refused("ACCESS_REFUSED - read")
            broker.publishing = .unseen("the session ended")
        }
        #expect(
            Self.lines(refused, .consuming) == [
                "error: may not consume orders: ACCESS_REFUSED - read -> "
                    + "give the user read permission on orders (rabbitmqctl set_permissions -p / …)"
            ])
        #expect(
            Self.lines(refused, .publishing) == [
                "unseen: whether it may publish to queues was not seen: the session ended -> "
                    + "rabbitmqctl list_permissions -p /"
            ])
        let declaring = try DiagnosisTests.broker(declares: true) { broker in
            for name in ["orders.parked", "orders.delay.5s"] {
                broker.queues[name] = QueueInspection(presence: .missing, declaring: .refused("no"))
            }
        }
        #expect(
            Self.lines(declaring, .declaring) == [
                "error: may not declare orders.parked, orders.delay.5s -> give the user configure permission on "
                    + "orders.parked (rabbitmqctl set_permissions), or create the queues and set broker.declare to false"
            ])
    }

    @Test("Of the broker as a whole")
    func broker() throws {
        let healthy = Diagnosis(try DiagnosisTests.healthy())
        #expect(Self.lines(healthy, .connection) == ["ok: RabbitMQ 3.10.8 at rabbit:5672, virtual host /"])
        let old = try DiagnosisTests.broker("3.7.28") { _ in }
        #expect(
            Self.lines(old, .connection).last
                == "error: RabbitMQ 3.7.28 has no quorum queues -> run RabbitMQ 3.10 or later")
        let blocked = try DiagnosisTests.broker { broker in
            broker.blocking = "low on disk"
            broker.interruption = BrokerError(.requestTimeout, peer: "rabbit:5672")
        }
        #expect(
            Self.lines(blocked, .publishers) == [
                "error: it blocks publishers: low on disk -> "
                    + "free memory or disk on the broker: nothing can be parked or delayed meanwhile"
            ])
        #expect(Self.lines(blocked, .connection).last?.hasPrefix("unseen: the session ended before all") == true)
        let cut = try DiagnosisTests.broker { $0.interruption = BrokerError(.connectionLost, peer: "rabbit:5672") }
        #expect(
            Self.lines(cut, .connection).last
                == "error: the session ended before all was seen: the connection was lost -> the connection is made again"
        )
        let late = try DiagnosisTests.facts { $0.broker = .late(.seconds(25)) }
        #expect(
            Self.lines(late, .connection) == [
                "error: no answer within 25s -> look at broker.url, the name service and the broker's load"
            ])
    }

    @Test("Of exchanges and bindings")
    func exchanges() throws {
        let gone = try DiagnosisTests.broker { $0.exchanges = ["shop": false] }
        #expect(
            Self.lines(gone, .exchange) == [
                "warning: mappings name it, and it is not there -> create it, or correct its name in the mappings"
            ])
        #expect(
            Self.lines(gone, .bindings) == [
                "unseen: the 1 that mappings need cannot be seen over AMQP -> rabbitmqctl list_bindings -p /"
            ])
        let unbound = try DiagnosisTests.facts { facts in
            facts.plan.unboundMappings = ["any", "every"]
            facts.plan.declares = true
        }
        #expect(
            Self.lines(unbound, .bindings) == [
                "warning: no exchange or no routing key is named by: any, every -> "
                    + "nothing is bound for them: bind orders to what they should see, or name both in \"when\""
            ])
    }
}
