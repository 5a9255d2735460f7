import JSON
import TestSupport
import Testing

@testable import EventPattern

/// Agreement with the routing suite of RabbitMQ's topic exchange.
@Suite(.timeLimit(.minutes(1)))
struct RabbitMQTopicTests {
    private static let path = "rabbitmq-topic/topic-cases.json"

    @Test(.enabled(if: Corpora.isPresent(path), Comment(rawValue: Corpora.absent)))
    func pairsAndEdges() throws {
        let document = try Corpora.document(Self.path)
        var compared = 0
        for list in document.members where list.name != "sets" {
            for item in list.value.elements {
                let binding = item["binding"]?.string ?? ""
                let key = item["routing_key"]?.string ?? ""
                // A glued wildcard is a literal for the broker; we refuse it, so it matches nothing.
                let matches = (try? RoutingKeyPattern(binding))?.matches(key) ?? false
                #expect(matches == item["match"]?.bool, "\(binding) against \(key)")
                compared += 1
            }
        }
        #expect(compared > 300)
    }

    @Test(.enabled(if: Corpora.isPresent(path), Comment(rawValue: Corpora.absent)))
    func setsThroughTheIndex() throws {
        for set in try #require(try Corpora.document(Self.path)["sets"]).elements {
            let bindings = Array(try #require(set["bindings"]).elements)
            let queues = bindings.map { $0["queue"]?.string ?? "" }
            let index = EventIndex(
                try bindings.enumerated().map { place, binding in
                    let key = try RoutingKeyPattern(binding["key"]?.string ?? "")
                    return (id: place, condition: EventCondition(exchanges: ExchangeList(["x"]), routingKeys: [key]))
                })
            for expectation in try #require(set["expect"]).elements {
                let key = expectation["routing_key"]?.string ?? ""
                let event = EventView(exchange: "x", routingKey: key, body: nil)
                let expected = Set(try #require(expectation["queues"]).elements.compactMap(\.string))
                #expect(Set(index.match(event).map { queues[$0] }) == expected, "\(key)")
                #expect(index.match(EventView(exchange: "y", routingKey: key, body: nil)).isEmpty)
            }
        }
    }
}
