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
        #expect(mapping["launch"]?.text() == #"{"campaign":1}"#)
        #expect(mapping["event"]?.text() == #"{"id":"$.id"}"#)
        #expect(mapping["recipient"]?.element(0)?["email"]?["$path"]?.string == "$.email")
        #expect(mapping["content"]?["total"]?.string == "$.total")
        let names = try JSONDocument.parse(try propose(Self.events[6]).mapping).root["content"]
        #expect(names?["a.b"]?.string == "$['a.b']" && names?["$$x"]?.string == "$['$x']")
        #expect(names?["it's"]?.text() == #"{"$each":"$['it\\'s'][*]","limit":100,"item":{"a.b":"@['a.b']"}}"#)
    }

    @Test func `Each of several people gets a launch`() throws {
        let people =
            #"{"mail": "a@example.com", "phone": "+79161234567", "name": "A"}, "#
            + #"{"mail": "b@example.com", "phone": "+79161234568"}"#
        let proposal = try propose(#"{"sku": "S-1", "subscribers": [\#(people)]}"#)
        let mapping = try JSONDocument.parse(proposal.mapping).root
        #expect(mapping["for_each"]?.text() == #"{"path":"$.subscribers[*]","limit":1000}"#)
        #expect(mapping["recipient"]?.element(0)?["email"]?["$path"]?.string == "@.mail")
        #expect(mapping["recipient"]?.element(1)?["phone"]?["$path"]?.string == "@.phone")
        #expect(mapping["content"]?.text() == #"{"sku":"$.sku"}"#)
        #expect(errors(proposal) == [])
        let mails = try propose(#"{"guests": [{"email": "a@example.com"}, {"email": "b@example.com"}]}"#)
        let loop = try JSONDocument.parse(mails.mapping).root["for_each"]
        #expect(loop?.text() == #"{"path":"$.guests[*]","unique_by":"@.email","limit":1000}"#)
        #expect(errors(mails) == [])
    }

    @Test(arguments: [
        #"{"phones": [{"number": "+79161234567"}, {"number": "+79161234568"}]}"#,
        #"{"subscribers": [{"mail": "a@example.com"}]}"#, #"{"emails": ["a@example.com", "b@example.com"]}"#,
        #"{"email": "c@example.com", "guests": [{"email": "a@example.com"}, {"email": "b@example.com"}]}"#,
    ])
    func `One person gets one launch, whatever lists there are`(body: String) throws {
        let proposal = try propose(body)
        #expect(try JSONDocument.parse(proposal.mapping).root["for_each"] == nil && errors(proposal) == [])
    }

    @Test func `What stands beside the order is shown, and its status is a condition`() throws {
        let body = #"""
            {"order": {"number": "A-1", "status": "paid", "total": 5}, "buyer": {"first_name": "Anna", "email": "a@example.com"},
             "lines": [{"title": "Cup", "qty": 2}], "trace": {"host": "h"}, "tags": [{"a": 1}]}
            """#
        let proposal = try propose(body)
        let mapping = try JSONDocument.parse(proposal.mapping).root
        #expect(mapping["when"]?["body"]?.text() == #"{"order":{"status":["paid"]}}"#)
        let content = try #require(mapping["content"])
        #expect(content.members.map(\.name) == ["number", "status", "total", "buyer", "lines"])
        #expect(content["buyer"]?.text() == #"{"first_name":"$.buyer.first_name"}"#)
        #expect(content["lines"]?["$each"]?.string == "$.lines[*]")
        #expect(errors(proposal) == [])
    }

    @Test func `A word of the routing key that belongs to one event alone becomes a star`() throws {
        for (key, body, wanted) in [
            ("order.1001.paid", #"{"id": 1001}"#, "order.*.paid"),
            ("order.web.paid", #"{"source": "web", "status": "paid"}"#, "order.web.paid"),
            ("cart.ab-x.left", #"{"cart": {"uuid": "ab-x"}}"#, "cart.*.left"), ("a..b", "{}", "a..b"),
        ] {
            let proposal = try propose(#"{"amqp": {"routing_key": "\#(key)"}, "body": \#(body)}"#)
            let mapping = try JSONDocument.parse(proposal.mapping).root
            #expect(mapping["when"]?["routing_key"]?.text() == "[\"\(wanted)\"]")
            let told = proposal.guesses.contains("the routing key \(key) became \(wanted): check it")
            #expect(told == (key != wanted))
            #expect(errors(proposal) == [])
        }
    }

    @Test(arguments: [
        (#"{"eventName": "checkout.order.placed", "order": {"id": 1}}"#, #"{"eventName":["checkout.order.placed"]}"#),
        (
            #"{"data": {"event": "customer.register", "status": "x"}, "source": {}}"#,
            #"{"data":{"event":["customer.register"]}}"#
        ),
        (#"{"topic": "orders/paid", "status": "paid"}"#, #"{"topic":["orders/paid"]}"#),
        (#"{"event": {"id": 1}, "status": "paid"}"#, #"{"status":["paid"]}"#), (#"{"id": 5}"#, nil),
    ])
    func `What says the kind of event becomes a condition`(event: String, condition: String?) throws {
        let proposal = try propose(event)
        let mapping = try JSONDocument.parse(proposal.mapping).root
        #expect(mapping["when"]?["body"]?.text() == condition)
        #expect(proposal.guesses.contains { $0.contains("the mapping wants every event") } == (condition == nil))
        #expect(errors(proposal) == [])
    }

    @Test func `The test that is written survives what its author is to change`() throws {
        let text = Self.events[4].replacing("a@b.c", with: "a@b.de")
        let (event, _) = EventFile.read(SourceFile(name: "e.json", text: text))
        let file = try #require(event)
        let proposal = MappingProposal.make(name: "first", from: file, target: .scenario(77))
        #expect(try JSONDocument.parse(proposal.mapping).root["launch"]?.text() == #"{"scenario":77}"#)
        for changed in [
            proposal.mapping, proposal.mapping.replacing(#""scenario": 77"#, with: #""campaign": 4101"#),
            proposal.mapping.replacing(#""total": "$.total""#, with: #""sum": 1"#),
        ] {
            let (mapping, diagnostics) = MappingSet.compile(SourceFile(name: "first.json", text: changed))
            let copy = SourceFile(name: "events/first.json", text: proposal.event)
            let report = MappingTester { $0 == copy.name ? copy : nil }
                .run(
                    try #require(mapping, "\(diagnostics)"),
                    tests: SourceFile(name: "first.tests.json", text: proposal.tests))
            #expect(report.isPassed, "\(report.diagnostics)")
        }
        let mapping = try #require(MappingSet.compile(SourceFile(name: "a.json", text: proposal.mapping)).mapping)
        let tests = try JSONDocument.parse(MappingProposal.tests(of: mapping, from: file, file: "events/a.json")).root
        #expect(tests["tests"]?.count == 1)
        #expect(
            tests["tests"]?.element(0)?["expect"]?.text()
                == #"{"outcome":"launch","request_contains":{"matching":"email","email":"a@b.de"}}"#)
    }

    @Test func `Where an event comes from is told, or said to be a guess`() throws {
        let shop =
            #"{"order": {"orderNumber": "1", "orderDateTime": "2026-03-01T10:00:00Z", "amountTotal": 49.99, "#
            + #""currency": {"isoCode": "EUR", "name": "Euro"}}, "customer": {"email": "a@b.de"}}"#
        let german = try propose(shop)
        #expect(german.mapping.contains("de-DE") && german.mapping.contains("Europe/Berlin"), "\(german.mapping)")
        #expect(german.mapping.contains("$.order.currency.isoCode") && german.mapping.contains(#""money""#))
        #expect(!german.guesses.contains { $0.contains("country") })
        let local =
            #"{"id": 1, "email": "a@b.c", "date_created": "2026-03-01 10:00:00", "#
            + #""date_created_gmt": "2026-03-01 09:00:00"}"#
        let guessed = try propose(local)
        let content = try JSONDocument.parse(guessed.mapping).root["content"]
        #expect(content?["date_created_gmt"]?["pipe"]?.element(0)?["datetime"]?["zone"]?.string == "UTC")
        #expect(content?["date_created"]?["pipe"]?.element(0)?["datetime"]?["zone"]?.string == "Europe/Moscow")
        #expect(guessed.guesses.contains { $0.hasPrefix("nothing in the event tells its country") })
    }

    @Test(.enabled(if: Corpora.isPresent("events"), "\(Corpora.absent)"))
    func proposalsForTheSampleEventsPass() throws {
        for name in try Corpora.names(in: "events") where name.hasSuffix(".json") {
            let text = String(decoding: try Corpora.bytes("events/\(name)"), as: UTF8.self)
            #expect(errors(try propose(text)) == [], "\(name)")
        }
    }
}
