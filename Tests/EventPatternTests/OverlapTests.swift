import JSON
import TestSupport
import Testing

@testable import EventPattern

/// Whether two conditions can be met by one event (section 5), and the event that proves it.
@Suite(.timeLimit(.minutes(1)))
struct OverlapTests {
    enum Expected: Sendable { case none, witness, open }

    struct Case: Sendable, CustomTestStringConvertible {
        let left: String
        let right: String
        let expected: Expected
        var testDescription: String { "\(left) and \(right)" }

        init(_ left: String, _ right: String, _ expected: Expected) {
            (self.left, self.right, self.expected) = (left, right, expected)
        }
    }

    /// Lists at one path.
    static let lists: [Case] = [
        Case(#"["a", "b"]"#, #"["b", "c"]"#, .witness),
        Case(#"["a"]"#, #"["b"]"#, .none),
        Case("[1]", #"["1"]"#, .none),
        Case("[1.0]", "[1]", .witness),
        Case("[true]", "[false]", .none),
        Case(#"["order"]"#, #"[{"prefix": "ord"}]"#, .witness),
        Case(#"["order"]"#, #"[{"prefix": "x"}]"#, .none),
        Case(#"[{"prefix": "ab"}]"#, #"[{"prefix": "abc"}]"#, .witness),
        Case(#"[{"prefix": "ab"}]"#, #"[{"prefix": "ac"}]"#, .none),
        Case(#"[{"prefix": "ab"}]"#, #"[{"suffix": "bc"}]"#, .witness),
        Case(#"[{"suffix": "ab"}]"#, #"[{"suffix": "cb"}]"#, .none),
        Case(#"[{"wildcard": "a*b*"}]"#, #"[{"wildcard": "*c*d"}]"#, .witness),
        Case(#"[{"wildcard": "a*b"}]"#, #"[{"wildcard": "a*c"}]"#, .none),
        Case(#"[{"equals-ignore-case": "AbC"}]"#, #"[{"prefix": "aB"}]"#, .witness),
        Case(#"[{"equals-ignore-case": "abc"}]"#, #"[{"equals-ignore-case": "ABC"}]"#, .witness),
        Case(#"[{"equals-ignore-case": "abc"}]"#, #"[{"suffix": {"equals-ignore-case": "BD"}}]"#, .none),
        Case(#"[{"numeric": [">", 5]}]"#, #"[{"numeric": ["<", 6]}]"#, .witness),
        Case(#"[{"numeric": [">", 5]}]"#, #"[{"numeric": ["<=", 5]}]"#, .none),
        Case(#"[{"numeric": [">=", 5]}]"#, #"[{"numeric": ["<=", 5]}]"#, .witness),
        Case(#"[{"numeric": [">", 5, "<", 5.0001]}]"#, #"[{"numeric": [">", 0]}]"#, .witness),
        Case(#"[{"numeric": [">", 5]}]"#, #"["6"]"#, .none),
        Case(#"[{"numeric": [">", 5], "text": true}]"#, #"["6"]"#, .witness),
        Case(#"[{"numeric": [">", 5], "text": true}]"#, #"[{"prefix": "x"}]"#, .open),
        Case(#"[{"numeric": [">", 5], "text": true}]"#, #"[{"prefix": "6"}]"#, .witness),
        Case(#"[{"cidr": "10.0.0.0/8"}]"#, #"[{"cidr": "10.5.0.0/16"}]"#, .witness),
        Case(#"[{"cidr": "10.0.0.0/8"}]"#, #"[{"cidr": "11.0.0.0/8"}]"#, .none),
        Case(#"[{"cidr": "10.0.0.0/8"}]"#, #"[{"prefix": "10."}]"#, .witness),
        Case(#"[{"cidr": "10.0.0.0/8"}]"#, #"[{"numeric": [">", 0], "text": true}]"#, .none),
        Case(#"[{"anything-but": "a"}]"#, #"["a"]"#, .none),
        Case(#"[{"anything-but": "a"}]"#, #"["b"]"#, .witness),
        Case(#"[{"anything-but": "a"}]"#, #"[{"anything-but": ["b", "c"]}]"#, .witness),
        Case(#"[{"anything-but": ["ab", "abx0", "abx1"]}]"#, #"[{"prefix": "ab"}]"#, .witness),
        Case(#"[{"anything-but": {"prefix": "a"}}]"#, #"[{"prefix": "ab"}]"#, .none),
        Case(#"[{"anything-but": {"prefix": "ab"}}]"#, #"[{"prefix": "a"}]"#, .witness),
        Case(#"[{"anything-but": {"wildcard": "*x*"}}]"#, #"[{"wildcard": "a*x*b"}]"#, .none),
        Case(#"[{"anything-but": [5, 6]}]"#, #"[{"numeric": [">=", 5, "<=", 6]}]"#, .witness),
        Case(#"[{"anything-but": 5}]"#, #"[{"numeric": ["=", 5]}]"#, .none),
        Case(#"[{"exists": true}]"#, #"[{"suffix": "x"}]"#, .witness),
        Case(#"[{"exists": true}]"#, #"[{"exists": false}]"#, .none),
        Case(#"[{"exists": false}, "a"]"#, #"[{"exists": false}, "b"]"#, .witness),
        Case(#"[{"exists": false}]"#, #"[null]"#, .none),
    ]

    private func check(
        _ left: EventCondition, _ right: EventCondition, _ expected: Expected, arrays: Set<[String]> = []
    ) throws {
        for (one, other) in [(left, right), (right, left)] {
            switch EventOverlap.between(one, other, arrays: arrays) {
            case .none: #expect(expected == .none)
            case .may(nil): #expect(expected == .open)
            case .may(let witness?):
                #expect(expected == .witness, "\(witness.json.text())")
                let view = try #require(witness.view)
                #expect(one.matches(view) && other.matches(view))
            }
        }
        let pairs = EventOverlap.pairs(in: [left, right], arrays: [1: arrays])
        #expect(pairs.isEmpty == (expected == .none))
    }

    @Test(arguments: lists)
    func atOnePath(item: Case) throws {
        func condition(_ list: String) throws -> EventCondition {
            let pattern: EventPattern = try #require(EventPattern.compile(try json("{\"f\": \(list)}")).pattern)
            return EventCondition(body: pattern)
        }
        try check(try condition(item.left), try condition(item.right), item.expected)
    }

    @Test(arguments: [
        Case("{}", "{}", .witness),
        Case(#"{"exchange": ["a", "b"]}"#, #"{"exchange": ["b"]}"#, .witness),
        Case(#"{"exchange": ["a"]}"#, #"{"exchange": ["b"]}"#, .none),
        Case(#"{"routing_key": ["order.*.paid"]}"#, #"{"routing_key": ["order.web.#"]}"#, .witness),
        Case(#"{"routing_key": ["order.*.paid"]}"#, #"{"routing_key": ["order.*"]}"#, .none),
        Case(#"{"routing_key": ["a", "b.c"]}"#, #"{"routing_key": ["x", "b.*"]}"#, .witness),
        Case(#"{"headers": {"h": ["a"]}}"#, #"{"headers": {"h": ["b"]}}"#, .none),
        Case(#"{"headers": {"h": ["a"]}}"#, #"{"properties": {"type": ["b"]}, "body": {"x": [1]}}"#, .witness),
        Case(#"{"headers": {"x-test": [false, {"exists": false}]}}"#, #"{"headers": {"x-test": [true]}}"#, .none),
        Case(#"{"body": {"a": {"b": [1]}}}"#, #"{"body": {"a": {"c": [1]}, "d": [1]}}"#, .witness),
        Case(#"{"body": {"a": {"b": [1]}}}"#, #"{"body": {"a": [1]}}"#, .witness),
        Case(#"{"body": {"$or": [{"a": [1]}, {"b": [1]}]}}"#, #"{"body": {"a": [2], "b": [2]}}"#, .none),
        Case(#"{"body": {"$or": [{"a": [1]}, {"b": [1]}]}}"#, #"{"body": {"a": [2]}}"#, .witness),
        Case(#"{"body": {"é": [1]}}"#, "{\"body\": {\"e\u{301}\": [2]}}", .witness),
    ])
    func acrossParts(item: Case) throws {
        let left = try #require(EventCondition.compile(when: try json(item.left)).condition)
        let right = try #require(EventCondition.compile(when: try json(item.right)).condition)
        try check(left, right, item.expected)
    }

    @Test func elementsOfKnownListsMayMeetOneConditionEach() throws {
        let left = try #require(
            EventCondition.compile(when: try json(#"{"body": {"items": {"sku": ["A"]}, "tags": ["x"]}}"#)).condition)
        let right = try #require(
            EventCondition.compile(when: try json(#"{"body": {"items": {"sku": ["B"]}, "tags": ["y"]}}"#)).condition)
        try check(left, right, .none)
        try check(left, right, .none, arrays: [["items"]])
        try check(left, right, .witness, arrays: [["items"], ["tags"]])
    }

    @Test func aWitnessIsAnEventFile() throws {
        let text =
            #"{"exchange": ["shop"], "routing_key": ["order.*.paid"], "headers": {"h": [1]}, "body": {"a": {"b": ["x"]}}}"#
        let condition = try #require(EventCondition.compile(when: try json(text)).condition)
        let witness = try #require(EventOverlap.witness(for: condition))
        #expect(
            witness.json.text()
                == #"{"amqp":{"exchange":"shop","routing_key":"order.any.paid","headers":{"h":1}},"body":{"a":{"b":"x"}}}"#
        )
    }

    @Test func pairsOfManyAgreeWithEachPair() throws {
        var world = RandomPatterns(seed: 31)
        var conditions: [EventCondition] = []
        while conditions.count < 60 {
            if let pattern = EventPattern.compile(try json(world.pattern(depth: 2))).pattern {
                conditions.append(EventCondition(body: pattern))
            }
        }
        var expected: [[Int]] = []
        for second in conditions.indices {
            for first in 0..<second {
                if case .may = EventOverlap.between(conditions[first], conditions[second]) {
                    expected.append([first, second])
                }
            }
        }
        let pairs = EventOverlap.pairs(in: conditions, limit: 10_000)
        #expect(pairs.map { [$0.first, $0.second] } == expected)
        #expect(EventOverlap.pairs(in: conditions, limit: 3).count == 3)
    }

    /// Forms as texts over a small alphabet: what the tables of places say agrees with trying every short text.
    @Test func formsAgreeWithEnumeration() throws {
        var random = Seeded(12)
        var texts = [""]
        var layer = [""]
        for _ in 0..<5 {
            layer = layer.flatMap { text in ["a", "B", "b"].map { text + $0 } }
            texts += layer
        }
        for _ in 0..<400 {
            let (left, right) = (try Self.randomForm(&random), try Self.randomForm(&random))
            let mine = Set(texts.filter { left.accepts(Array($0.utf8)[...]) })
            let theirs = Set(texts.filter { right.accepts(Array($0.utf8)[...]) })
            switch Glob(left).meeting(Glob(right)) {
            case .none: #expect(mine.isDisjoint(with: theirs), "\(left) \(right)")
            case .tooLarge: Issue.record("too large")
            case .glob(let glob):
                let sample = Array(glob.sample(filler: "ab").utf8)[...]
                #expect(left.accepts(sample) && right.accepts(sample), "\(left) \(right)")
            }
            if Glob(left).covers(Glob(right)) { #expect(theirs.isSubset(of: mine), "\(left) \(right)") }
        }
    }

    private static func randomForm(_ random: inout Seeded) throws -> TextTest {
        func word() -> String { (0...random.below(2)).map { _ in random.pick(["a", "b", "B"]) }.joined() }
        switch random.below(6) {
        case 0: return .prefix(Array(word().utf8))
        case 1: return .suffix(Array(word().utf8))
        case 2: return .foldedEqual(FoldedText(word()))
        case 3: return .foldedPrefix(FoldedText(word()))
        case 4: return .foldedSuffix(FoldedText(word()))
        default: return .wildcard(try Wildcard([word(), word(), random.pick(["", word()])].joined(separator: "*")))
        }
    }
}
