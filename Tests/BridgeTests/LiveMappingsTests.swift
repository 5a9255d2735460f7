import AMQP
import Mapping
import Telemetry
import Testing

@testable import Bridge

/// What the bridge knows of its mappings beside evaluating them.
@Suite("Live mappings")
struct LiveMappingsTests {
    private func live(_ mappings: [String]) throws -> LiveMappings {
        let files = mappings.enumerated().map { SourceFile(name: "m\($0.offset).json", text: $0.element) }
        let (set, diagnostics) = MappingSet.compile(files: files)
        try #require(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
        return LiveMappings(set)
    }

    private func mapping(
        _ name: String, when: String, launch: String = #"{"campaign": 7}"#, isEnabled: Bool = true
    ) -> String {
        #"{"name": "\#(name)", "enabled": \#(isEnabled), "when": \#(when), "launch": \#(launch), "#
            + #""recipient": [{"matching": "email", "email": "$.email"}], "content": {}}"#
    }

    private func texts(_ live: LiveMappings) -> [String] { live.bindings.map { "\($0.exchange) \($0.routingKey)" } }

    @Test("each exchange is bound with each routing key, and no pair twice")
    func bindings() throws {
        let live = try live([
            mapping("a", when: #"{"exchange": ["shop", "web"], "routing_key": ["order.*", "cart.#"]}"#),
            mapping("b", when: #"{"exchange": ["web"], "routing_key": ["order.*", "stock"]}"#),
        ])
        #expect(
            texts(live) == ["shop order.*", "shop cart.#", "web order.*", "web cart.#", "web stock"])
    }

    @Test("exchanges and routing keys that only look alike are each bound, as the broker compares bytes")
    func lookAlikes() throws {
        let names = ["caf\u{E9}", "cafe\u{301}"]
        let live = try live(
            names.enumerated().map { place, name in
                mapping("m\(place)", when: #"{"exchange": ["\#(name)"], "routing_key": ["order"]}"#)
            } + [mapping("keys", when: #"{"exchange": ["shop"], "routing_key": ["\#(names[0])", "\#(names[1])"]}"#)])
        #expect(live.bindings.count == 4)
        let queues = QueueNames(source: "orders", ladder: [])
        let declared = TopologyPlan.consumer(queues, declares: true, bindings: live.bindings).steps
        for steps in [declared, TopologyPlan.bindings(live.bindings, queue: "orders").steps] {
            #expect(steps.count { if case .expectExchange = $0 { true } else { false } } == 3)
            #expect(steps.count { if case .bind = $0 { true } else { false } } == 4)
        }
    }

    @Test("a mapping that names no exchange or no routing key, or that is off, asks for no binding")
    func unbound() throws {
        let live = try live([
            mapping("a", when: "{}"), mapping("b", when: #"{"exchange": ["shop"]}"#),
            mapping("c", when: #"{"routing_key": ["order.*"]}"#),
            mapping("d", when: #"{"exchange": ["shop"], "routing_key": ["order.*"]}"#, isEnabled: false),
        ])
        #expect(live.bindings.isEmpty)
    }

    @Test("the platform is probed by a campaign, where any is launched")
    func campaigns() throws {
        let scenario = mapping("s", when: "{}", launch: #"{"scenario": 3}"#)
        #expect(try live([scenario]).anyCampaign == nil)
        let chosen = #"{"campaign": {"$if": {"a": [1]}, "then": 12, "else": 11}}"#
        #expect(try live([scenario, mapping("a", when: "{}", launch: chosen)]).anyCampaign == 11)
    }

    @Test("versions say what is live, and change with what a file says")
    func versions() throws {
        let first = try live([mapping("a", when: "{}"), mapping("b", when: "{}")])
        let second = try live([mapping("a", when: "{}"), mapping("b", when: "{}", launch: #"{"campaign": 8}"#)])
        #expect(first.versions.map(\.mapping) == ["a", "b"])
        #expect(first.versions[0] == second.versions[0] && first.versions[1] != second.versions[1])
        #expect(first.version != second.version)
    }
}
