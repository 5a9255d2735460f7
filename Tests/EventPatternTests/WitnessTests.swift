import JSON
import Testing

@testable import EventPattern

/// Sample values and the events that are made of them.
@Suite(.timeLimit(.minutes(1)))
struct WitnessTests {
    private func list(_ text: String) throws -> ValueList {
        try #require(EventPattern.compile(try json("{\"f\": \(text)}")).pattern).lists[0]
    }

    @Test(arguments: [
        #"["x"]"#, "[1]", "[1e400]", "[0.000001]", "[-12.50]", "[123456789012345678901234567890]", "[true]", "[null]",
        #"[{"exists": true}]"#, #"[{"prefix": "a"}]"#, #"[{"suffix": "é"}]"#, #"[{"equals-ignore-case": "ЖßΣ"}]"#,
        #"[{"prefix": {"equals-ignore-case": "İx"}}]"#, #"[{"suffix": {"equals-ignore-case": "ǅ"}}]"#,
        #"[{"wildcard": "*a*\\*b\\\\"}]"#, #"[{"wildcard": "*"}]"#, #"[{"anything-but": "value 0"}]"#,
        #"[{"anything-but": [1, 2]}]"#,
        #"[{"anything-but": {"wildcard": "*"}}]"#, #"[{"anything-but": {"prefix": "v"}}]"#,
        #"[{"cidr": "10.1.2.3/8"}]"#,
        #"[{"cidr": "2001:db8::1/64"}]"#, #"[{"numeric": [">", 5]}]"#, #"[{"numeric": ["<", -0.001]}]"#,
        #"[{"numeric": [">", 0.1, "<", 0.1001]}]"#, #"[{"numeric": [">=", 7, "<=", 7]}]"#,
        #"[{"numeric": ["=", 1e30]}]"#,
        #"[{"numeric": [">", 999999999999, "<", 1000000000000]}]"#,
    ])
    func aSingleListHasASampleThatItAccepts(text: String) throws {
        let list = try list(text)
        guard case .leaf(let value) = LeafMeeting(list) else {
            Issue.record("no sample for \(text)")
            return
        }
        #expect(list.accepts(value), "\(text): \(value.text())")
    }

    @Test func absenceIsTheSampleOfNothing() throws {
        guard case .absent = LeafMeeting(try list(#"[{"exists": false}]"#)) else {
            Issue.record("absence is accepted")
            return
        }
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("1", "1"), ("-1", "-1"), ("10", "10"), ("1e6", "1000000"), ("1e7", "1e7"),
        ("0.5", "0.5"),
        ("-0.05", "-0.05"), ("12.50", "12.5"), ("1e-12", "0.000000000001"), ("1e-13", "1e-13"), ("123e400", "123e400"),
    ])
    func numbersAreWrittenPlainlyWhereShort(text: String, expected: String) {
        let number = ExactNumber(Array(text.utf8)[...])
        #expect(LeafSamples.value(number).text() == expected)
    }

    @Test(arguments: [
        ("a", "a*", "a"), ("a*", "*b", "ab"), ("*a", "a*", "a"), ("a*c", "ab*", "abc"), ("*", "*", ""),
        ("a*b*c", "*x*", "axbc"),
        ("*aba", "ab*", "aba"), ("ab*", "*bab", "abab"),
    ])
    func formsMeetInTheirShortestText(left: String, right: String, expected: String) throws {
        let (mine, theirs) = (Glob(.wildcard(try Wildcard(left))), Glob(.wildcard(try Wildcard(right))))
        for meeting in [mine.meeting(theirs), theirs.meeting(mine)] {
            guard case .glob(let glob) = meeting else {
                Issue.record("\(left) and \(right) meet")
                continue
            }
            let sample = glob.sample()
            #expect(sample.count == expected.count, "\(left), \(right): \(sample)")
            #expect(mine.accepts(Array(sample.utf8)[...]) && theirs.accepts(Array(sample.utf8)[...]))
        }
    }

    @Test func vastFormsAreLeftOpen() {
        let form = TextTest.prefix(Array(String(repeating: "x", count: 1_000).utf8))
        #expect(Glob(form).meeting(Glob(form)) == .tooLarge)
    }

    @Test(arguments: [
        #"{"exchange": ["shop"], "routing_key": ["order.*.paid"], "body": {"financial_status": ["paid"]}}"#,
        ##"{"routing_key": ["#"], "headers": {"x-test": [false, {"exists": false}]}}"##,
        #"{"properties": {"type": ["order"], "content_type": [{"prefix": "application/"}]}}"#,
        #"{"body": {"$or": [{"a": [{"numeric": [">", 5, "<", 6]}]}, {"b": [1]}], "c": {"d": {"e": [{"suffix": "x"}]}}}}"#,
        #"{"body": {"x": [{"exists": false}], "y": {"z": [{"exists": false}]}}}"#,
        #"{"body": {"x": ["a"], "$or": [{"x": {"y": [1]}}, {"z": [1]}]}}"#,
        #"{"body": {"ip": [{"cidr": "10.0.0.0/8"}], "n": [{"anything-but": ["value 0", "value"]}]}}"#,
        #"{"routing_key": ["", "a"]}"#, "{}",
    ])
    func everyConditionHasAnEvent(when: String) throws {
        let condition = try #require(EventCondition.compile(when: try json(when)).condition)
        let witness = try #require(EventOverlap.witness(for: condition), "\(when)")
        let view = try #require(witness.view)
        #expect(condition.matches(view))
        #expect(EventIndex([(1, condition)]).match(view) == [1])
        let written = try json(witness.json.text())
        #expect(written["amqp"]?["routing_key"]?.string == witness.routingKey)
        #expect(written["body"]?.kind == .object)
    }

    @Test(arguments: 0..<4)
    func mostPatternsHaveAWitness(seed: Int) throws {
        var world = RandomPatterns(seed: UInt64(9_000 + seed))
        var made = 0
        var open = 0
        for _ in 0..<120 {
            guard let pattern = EventPattern.compile(try json(world.pattern())).pattern else { continue }
            switch EventOverlap.between(EventCondition(body: pattern), EventCondition(body: pattern)) {
            case .none: Issue.record("every pattern can be met: \(pattern.node.text())")
            case .may(nil): open += 1
            case .may: made += 1
            }
        }
        #expect(made > 80 && open < 5, "\(made) made, \(open) open")
    }
}
