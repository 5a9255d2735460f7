import JSON
import Mapping
import TestSupport
import Testing

/// What `init` writes passes the checks and its own test.
@Suite(.timeLimit(.minutes(1)))
struct ProposalTests {
    private func propose(_ text: String) throws -> MappingProposal {
        let (event, diagnostics) = EventFile.read(SourceFile(name: "e.json", text: text))
        return MappingProposal.make(name: "first", from: try #require(event, "\(diagnostics)"))
    }

    /// The errors of the proposed mapping and of its tests.
    private func errors(_ proposal: MappingProposal) -> [String] {
        let (mapping, diagnostics) = MappingSet.compile(SourceFile(name: "first.json", text: proposal.mapping))
        guard let mapping else { return diagnostics.map(\.description) }
        let event = SourceFile(name: "events/first.json", text: proposal.event)
        let report = MappingTester { $0 == event.name ? event : nil }
            .run(mapping, tests: SourceFile(name: "first.tests.json", text: proposal.tests))
        return (diagnostics + report.diagnostics).filter { $0.severity == .error }.map(\.description)
    }

    static let events = [
        "{}", "[]", "1", #"{"body": {"id": 5}, "amqp": {}}"#,
        #"{"amqp": {"exchange": "e", "routing_key": "a.b"}, "body": {"type": "paid", "id": "x", "email": "a@b.c", "total": 1.50}}"#,
        #"{"customer": {"email": "a@b.c", "phone": "8 999 123-45-67"}, "items": [{"sku": "a", "n": 1}, {"sku": "b", "n": 2}]}"#,
        #"{"a.b": 1, "$x": "y", "": true, "ключ": "значение", "it's": [{"a.b": 1}], "user_id": 7}"#,
    ]

    @Test(arguments: events)
    func proposalsPass(event: String) throws {
        #expect(errors(try propose(event)) == [])
    }

    @Test func aProposalHoldsWhatTheEventHolds() throws {
        let mapping = try JSONDocument.parse(try propose(Self.events[4]).mapping).root
        #expect(mapping["when"]?.text() == #"{"exchange":["e"],"routing_key":["a.b"],"body":{"type":["paid"]}}"#)
        #expect(mapping["event"]?.text() == #"{"id":"$.id"}"#)
        #expect(mapping["recipient"]?.element(0)?["email"]?["$path"]?.string == "$.email")
        #expect(mapping["content"]?["total"]?.string == "$.total")
        let names = try JSONDocument.parse(try propose(Self.events[6]).mapping).root["content"]
        #expect(names?["a.b"]?.string == "$['a.b']" && names?["$$x"]?.string == "$['$x']")
        #expect(names?["it's"]?.text() == #"{"$each":"$['it\\'s'][*]","limit":100,"item":{"a.b":"@['a.b']"}}"#)
    }

    @Test(.enabled(if: Corpora.isPresent("events"), "\(Corpora.absent)"))
    func proposalsForTheSampleEventsPass() throws {
        for name in try Corpora.names(in: "events") where name.hasSuffix(".json") {
            let text = String(decoding: try Corpora.bytes("events/\(name)"), as: UTF8.self)
            #expect(errors(try propose(text)) == [], "\(name)")
        }
    }
}
