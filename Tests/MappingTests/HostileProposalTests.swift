import Altcraft
import Functions
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// `init` on events that nobody would send: what it writes always compiles, and its own test always passes.
@Suite(.timeLimit(.minutes(1)))
struct HostileProposalTests {
    /// Names that `init` gives a meaning to, and some that are awkward in paths, keys and templates.
    private static let names = [
        "email", "phone", "customer", "id", "order_id", "total", "total_price", "price", "currency", "amount",
        "created_at",
        "updated", "timestamp", "date_gmt", "locale", "country", "type", "status", "event", "items", "lines", "name",
        "first_name", "userId", "object", "a b", "a.b", "$x", "$$", "@", "é", "e\u{301}", "'", "\"", "\\", "", "{{x}}",
        "0",
        "body", "amqp", "quantity", "tags", "url", "$each", "default", "\u{1F600}", "\n", "_hidden", "token",
    ]

    /// Values that look like something and are not quite it.
    private static let values = [
        "null", "true", "0", "-1", "1.50", "1e400", "-0", "99999999999999999999999999999999999999999999", "1772355907",
        "1772355907000", #""a@example.com""#, #""A.B+c@Example.COM ""#, #""@""#, #""+79161234567""#,
        #""8 (916) 123-45-67""#,
        #""+1""#, #""RUB""#, #""rub""#, #""XXX""#, #""10.10""#, #""1 499,90""#, #""1e5""#, #""2026-03-01T09:05:07Z""#,
        #""2026-13-45 99:99:99""#, #""2026-02-30 10:00:00""#, #""2026-03-29T02:30:00""#, #""0000-00-00 00:00:00""#,
        #""ru-RU""#, #""ru_RU""#, #""xx-YY""#, #""order.paid""#, #""""#, #"" ""#, #""$.name""#, #""{{$.a}}""#, #""$""#,
        #""\u0000""#, #""\ud800""#, #""Анна""#, #""https://example.com/?a=1&b=2""#, "[]", "{}", "[[]]", "[1,2]",
        "[null]",
    ]

    private func value(_ random: inout SeededGenerator, _ depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
        case 4: object(&random, depth - 1)
        case 5:
            "["
                + (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    random.chance(80) ? object(&random, depth - 1) : value(&random, 0)
                }.joined(separator: ",") + "]"
        default: random.pick(Self.values, or: "0")
        }
    }

    private func object(_ random: inout SeededGenerator, _ depth: Int) -> String {
        let names = Self.names.shuffled(using: &random).prefix(Int.random(in: 0...8, using: &random))
        return "{" + names.map { "\(JSONValue.string($0).text()):\(value(&random, depth))" }.joined(separator: ",")
            + "}"
    }

    private func event(_ random: inout SeededGenerator) -> String {
        let body = random.chance(90) ? object(&random, 3) : value(&random, 2)
        guard random.chance(70) else { return #"{"body": \#(body)}"# }
        let key = random.pick(["order.1.paid", "a", "", "order.*", "a..b", "заказ.новый", "#"], or: "a")
        return
            #"{"amqp": {"exchange": "shop", "routing_key": "\#(key)", "properties": {"message_id": "m", "timestamp": 1772355907}}, "body": \#(body)}"#
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 12))
    func whatIsWrittenIsRight(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let text = event(&random)
            guard let event = EventFile.read(SourceFile(name: "e.json", text: text)).0 else {
                Issue.record("seed \(seed): no event: \(text)")
                continue
            }
            let target: ProposedTarget = random.chance(50) ? .campaign(7) : .scenario(8)
            let proposal = MappingProposal.make(name: "p", from: event, target: target)
            let (mapping, diagnostics) = Sample.compile(proposal.mapping, name: "p.json")
            let errors = diagnostics.filter { $0.severity == .error }
            #expect(errors == [], "seed \(seed): \(text)\n\(proposal.mapping)")
            guard let mapping else { continue }
            let tester = MappingTester { name in
                name == "events/p.json" ? SourceFile(name: name, text: proposal.event) : nil
            }
            let report = tester.run(mapping, tests: SourceFile(name: "p.tests.json", text: proposal.tests))
            #expect(report.isPassed, "seed \(seed): \(text)\n\(proposal.mapping)\n\(report.diagnostics)")
            #expect(report.results.count >= 1, "seed \(seed): \(text)")
            // The event is kept as it was, digit for digit.
            let copy = try #require(EventFile.read(SourceFile(name: "c.json", text: proposal.event)).0)
            #expect(copy.body.root.isEqual(to: event.body.root) && copy.routingKey == event.routingKey)
            #expect(
                try JSONDocument.parse(proposal.mapping).root["launch"]?.members.first { _ in true }?.name
                    == (target == .scenario(8) ? "scenario" : "campaign"))
        }
    }

    /// What a message shows is what the event holds, whatever the event's names are made of.
    @Test(arguments: names.filter { !$0.isEmpty })
    func everyNameMakesAPath(name: String) throws {
        let quoted = JSONValue.string(name).text()
        let text =
            #"{"body": {"email": "a@example.com", "nested": {\#(quoted): "Some words"}, \#(quoted): "Other words"}}"#
            .replacing(
                #""email": "a@example.com", "nested""#,
                with: name == "email" ? #""nested""# : #""email": "a@example.com", "nested""#)
        let event = try #require(EventFile.read(SourceFile(name: "e.json", text: text)).0)
        let proposal = MappingProposal.make(name: "p", from: event, target: .campaign(1))
        let (mapping, diagnostics) = Sample.compile(proposal.mapping)
        #expect(diagnostics.filter { $0.severity == .error } == [], "\(proposal.mapping)")
        let plan = MappingSet([try #require(mapping)]).evaluate(event.event(now: Instant(seconds: 0)))
        #expect(plan.stops.allSatisfy { $0.reason == .noRecipient }, "\(plan.stops)")
    }
}
