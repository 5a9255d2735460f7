import Testing

@testable import AMQP

/// What refusals tell about a queue, without a broker.
@Suite(.timeLimit(.minutes(1)))
struct QueueInterviewTests {
    @Test(
        arguments: [
            (
                "PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue 'q' in vhost '/': received the value "
                    + "'none-such' of type 'longstr' but current is none", "x-queue-type", nil, nil
            ),
            (
                "inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received '-1' but current is '5000'",
                "x-message-ttl", "5000", AMQPValue.int64(5000)
            ),
            (
                "inequivalent arg 'x-dead-letter-exchange' for queue 'q' in vhost '/': received none but current is the "
                    + "value '' of type 'longstr'", "x-dead-letter-exchange", "", .text("")
            ),
            (
                "inequivalent arg 'x-max-priority' for queue 'q' in vhost '/': received none but current is the value "
                    + "'7' of type 'long'", "x-max-priority", "7", .int64(7)
            ),
            (
                "inequivalent arg 'durable' for queue 'q' in vhost '/': received 'true' but current is 'false'",
                "durable", "false", nil
            ),
            (
                "inequivalent arg 'x-dead-letter-routing-key' for queue 'but current is ' in vhost 'it's': received none "
                    + "but current is the value 'it's' of type 'longstr'", "x-dead-letter-routing-key", "it's",
                .text("it's")
            ),
        ] as [(String, String, String?, AMQPValue?)])
    func refusalsAreRead(text: String, name: String, current: String?, value: AMQPValue?) throws {
        let difference = try #require(Inequivalence(text))
        #expect(difference.name == name)
        #expect(difference.current == current)
        #expect(difference.value == value)
    }

    @Test(
        arguments: [
            "", "invalid arg 'x-expires' for queue 'q' in vhost '/': {value_zero,0}",
            "inequivalent arg 'x-message-ttl' for queue 'a very long name' in vhost '/': received '-1' but curr...",
            "inequivalent arg 'x' for queue 'q' in vhost '/': received '-1' but current is ",
            "inequivalent arg 'x' for queue 'q' in vhost '/': received '-1' but current is 'half",
            "inequivalent arg 'x' for queue 'q' in vhost '/': received none but current is the value '' of type",
        ])
    func otherWordsAreNot(text: String) {
        #expect(Inequivalence(text) == nil)
    }

    /// A broker that compares declarations as RabbitMQ does: properties, then arguments in the order of their names.
    struct Model {
        var durable = true
        var arguments: [String: String]
        /// Arguments that it compares.
        var compared: Set<String>

        func answer(_ declaration: OutboundFrame.QueueDeclaration) -> String? {
            if declaration.durable != durable { return words("durable", "\(declaration.durable)", "\(durable)") }
            for name in compared.sorted() {
                let wanted = declaration.arguments[name].map(Self.text)
                if wanted != arguments[name] { return words(name, wanted, arguments[name]) }
            }
            return nil
        }

        private func words(_ name: String, _ received: String?, _ current: String?) -> String {
            let quoted = current.map { "'\($0)'" } ?? "none"
            return "inequivalent arg '\(name)' for queue 'q' in vhost '/': received \(received ?? "none") "
                + "but current is \(quoted)"
        }

        static func text(_ value: AMQPValue) -> String {
            switch value {
            case .text(let text): text.description
            case .int64(let number): String(number)
            default: "?"
            }
        }
    }

    private func interview(_ model: Model, _ asked: [QueueArgument] = QueueArgument.allCases) -> (QueueFacts, Int) {
        var interview = QueueInterview("q", asked)
        var rounds = 0
        while let declaration = interview.next() {
            rounds += 1
            // The one thing that must never fail: no declaration could make a queue.
            #expect(
                QueueArgument.allCases.contains {
                    $0.isKnownToAll && declaration.arguments[$0.rawValue] == $0.impossible
                })
            if let text = model.answer(declaration) {
                #expect(interview.refused(text) == .open)
            } else {
                interview.taken()
            }
        }
        return (interview.facts, rounds)
    }

    @Test func allThatIsComparedIsFound() {
        var model = Model(
            arguments: ["x-queue-type": "quorum", "x-delivery-limit": "7", "x-dead-letter-exchange": ""],
            compared: Set(QueueArgument.allCases.map(\.rawValue)))
        var (facts, rounds) = interview(model)
        #expect(facts[.type] == .value("quorum"))
        #expect(facts[.deliveryLimit] == .value("7"))
        #expect(facts[.deadLetterExchange] == .value(""))
        #expect(facts[.timeToLive] == .absent)
        #expect(facts[.consumerTimeout] == .absent)
        #expect(facts.isDurable)
        #expect(rounds <= QueueArgument.allCases.count * 2)

        model.durable = false
        model.compared.remove("x-consumer-timeout")
        model.arguments["x-consumer-timeout"] = "60000"
        (facts, rounds) = interview(model)
        #expect(!facts.isDurable)
        #expect(facts[.type] == .value("quorum"))
        // What is not compared is not told, and is not taken for absent.
        #expect(facts[.consumerTimeout] == .unseen)
    }

    @Test func whatMeansNothingForAQueueCountsAsAbsent() {
        let model = Model(arguments: [:], compared: ["x-queue-type", "x-message-ttl"])
        let (facts, _) = interview(model, [.deliveryLimit, .type, .timeToLive])
        #expect(facts[.deliveryLimit] == .absent)
        #expect(facts[.type] == .absent)
        #expect(facts[.overflow] == .unseen)
    }

    @Test func aQueueThatGoesMeanwhileIsMissingAndNoneIsMade() {
        var interview = QueueInterview("q", [.type])
        #expect(interview.next() != nil)
        #expect(interview.refused("invalid arg 'x-queue-type' for queue 'q' in vhost '/': unsupported") == .missing)
    }

    @Test func aBrokerThatSaysTheSameForEverIsNotAskedForEver() {
        var interview = QueueInterview("q", QueueArgument.allCases)
        var rounds = 0
        while interview.next() != nil {
            rounds += 1
            _ = interview.refused(
                "inequivalent arg 'x-else' for queue 'q' in vhost '/': received none but current is the value 'x' "
                    + "of type 'y'")
        }
        #expect(rounds == 48)
        #expect(interview.facts == QueueFacts())
    }
}
