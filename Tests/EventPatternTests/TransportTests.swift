import JSON
import TestSupport
import Testing

@testable import EventPattern

/// Section 4.4 and the transport checks of section 5.
@Suite(.timeLimit(.minutes(1)))
struct TransportTests {
    @Test(
        "4.4 words, * and #",
        arguments: [
            ("#", "", true), ("#.#", "", true), ("*", "", false), ("*.#", "", false), ("", "", true), ("", "a", false),
            ("*", "a", true), ("*", "a.b", false), ("a.*.b", "a..b", true), ("a..b", "a..b", true), ("a.*", "a.", true),
            ("a.#", "a", true), ("a.#", "a.", true), ("a.#", "a.b.c", true), ("#.c", "a.b.c", true), ("#.c", "c", true),
            ("#.c", "c.d", false), ("a.#.c", "a.c", true), ("a.#.c", "a.b.b.c", true), ("a.#.b.#.c", "a.b.x.b.c", true),
            ("a.#.b.*.c", "a.b.b.c", true), ("a.#.b.*.c", "a.b.c", false), ("order.*.paid", "order.web.paid", true),
            ("order.*.paid", "order.web.eu.paid", false), ("Order", "order", false), ("*.*", ".", true),
            ("#.*", "", false),
        ])
    func matching(pattern: String, key: String, expected: Bool) throws {
        #expect(try RoutingKeyPattern(pattern).matches(key) == expected)
    }

    @Test("4.4 limit and glued wildcards")
    func refused() throws {
        #expect(throws: RoutingKeyPattern.Fault.tooLong(bytes: 256)) {
            try RoutingKeyPattern(String(repeating: "a", count: 256))
        }
        #expect(try RoutingKeyPattern(String(repeating: "é", count: 127)).isLiteral)
        for text in ["order*", "*order", "a.b#.c", "**", "##", "a.*#"] {
            #expect(throws: RoutingKeyPattern.Fault.self, "\(text)") { try RoutingKeyPattern(text) }
        }
    }

    /// All keys of up to four words over two words that the patterns name and one they do not.
    private static let keys: [String] = {
        var keys = [""]
        var layer: [[String]] = [[]]
        for _ in 0..<4 {
            layer = layer.flatMap { words in ["a", "b", "z"].map { words + [$0] } }
            keys += layer.map { $0.joined(separator: ".") }
        }
        return keys
    }()

    private static func randomPattern(_ random: inout Seeded) -> String {
        (0..<random.below(5)).map { _ in random.pick(["a", "b", "*", "#"]) }.joined(separator: ".")
    }

    @Test func comparisonsAgreeWithEnumeration() throws {
        var random = Seeded(44)
        for _ in 0..<600 {
            let left = try RoutingKeyPattern(Self.randomPattern(&random))
            let right = try RoutingKeyPattern(Self.randomPattern(&random))
            let (mine, theirs) = (Self.keys.filter(left.matches), Self.keys.filter(right.matches))
            // Four words are enough to tell patterns of four words apart, but not to show that one covers the other.
            if left.covers(right) { #expect(Set(theirs).isSubset(of: mine), "\(left) covers \(right)") }
            if let key = left.sharedKey(with: right) {
                #expect(left.matches(key) && right.matches(key), "\(left), \(right): \(key)")
            } else {
                #expect(Set(mine).isDisjoint(with: theirs), "\(left), \(right)")
            }
        }
    }

    @Test(arguments: [
        ("#", "a.*", true), ("a.#", "a.*.b", true), ("a.*", "a.b", true), ("*.#", "#.*", true), ("#.*", "*.#", true),
        ("a.#.b", "a.b", true), ("a.*", "a.#", false), ("*", "#", false), ("a.#.b", "a.#", false),
        ("#.a.#", "#.a.b", true),
        ("*.*", "#", false), ("#", "#.#", true), ("#.b", "a.#.b", true), ("a", "b", false), ("", "#", false),
    ])
    func covering(wider: String, narrower: String, expected: Bool) throws {
        #expect(try RoutingKeyPattern(wider).covers(RoutingKeyPattern(narrower)) == expected)
    }

    @Test func hardCoverIsGivenUpRatherThanSlow() throws {
        let stars = Array(repeating: "*", count: 100).joined(separator: ".")
        let wide = try RoutingKeyPattern("#.x." + stars)
        #expect(try !wide.covers(RoutingKeyPattern("#.x.#.x.#")))
    }

    @Test func aKeyThatWouldBeTooLongIsNone() throws {
        let left = try RoutingKeyPattern("#." + String(repeating: "a", count: 200))
        let right = try RoutingKeyPattern(String(repeating: "b", count: 200) + ".#")
        #expect(left.sharedKey(with: right) == nil)
    }

    struct Fault: Sendable {
        let marked: String
        let codes: [String]
    }

    @Test(arguments: [
        Fault(marked: #"{"exchange": ⟨"shop"}"#, codes: ["E130"]),
        Fault(marked: #"{"exchange": ⟨[]}"#, codes: ["E130"]),
        Fault(marked: #"{"exchange": [⟨1]}"#, codes: ["E130"]),
        Fault(marked: #"{"exchange": ["a", ⟨"a"]}"#, codes: ["W191"]),
        Fault(marked: #"{"routing_key": ⟨"a.b"}"#, codes: ["E130"]),
        Fault(marked: #"{"routing_key": ["a.b", ⟨"order*"]}"#, codes: ["E190"]),
        Fault(marked: #"{"routing_key": ["a.#", ⟨"a.#.#"]}"#, codes: ["W191"]),
        Fault(marked: #"{"routing_key": [⟨"a.b", "a.*"]}"#, codes: ["W192"]),
        Fault(marked: ##"{"routing_key": ["*.#", ⟨"#.*"]}"##, codes: ["W192"]),
        Fault(marked: #"{"routing_key": ["a.b"], "body": {"x": ⟨1}}"#, codes: ["E130"]),
        Fault(marked: #"{"headers": {"x": [{⟨"exist": true}]}}"#, codes: ["E131"]),
        Fault(marked: "⟨[]", codes: ["E130"]),
    ])
    func diagnostics(fault: Fault) throws {
        let text = fault.marked.replacing("⟨", with: "")
        let (condition, diagnostics) = EventCondition.compile(when: try json(text))
        #expect(diagnostics.map(\.code.rawValue) == fault.codes)
        #expect(diagnostics.first?.offset == fault.marked.prefix { $0 != "⟨" }.utf8.count)
        #expect((condition == nil) == fault.codes.contains { $0.hasPrefix("E") })
    }

    @Test func allPartsMustHoldAndHeadersAreBuiltOnlyWhenAsked() throws {
        final class Counting: EventTables {
            var built = 0
            let node: JSONNode?
            init(_ node: JSONNode?) { self.node = node }
            var headers: JSONNode? {
                built += 1
                return node
            }
            var properties: JSONNode? { headers }
        }
        let text =
            #"{"exchange": ["shop"], "routing_key": ["order.*.paid"], "headers": {"x-test": [false, {"exists": false}]},"#
            + #" "body": {"status": ["paid"]}}"#
        let condition = try #require(EventCondition.compile(when: try json(text)).condition)
        let index = EventIndex([(1, condition)])
        func ask(_ exchange: String, _ key: String, _ body: String, _ headers: String?) throws -> (Bool, Int) {
            let tables = Counting(try headers.map(json))
            let view = EventView(
                exchange: Array(exchange.utf8), routingKey: Array(key.utf8), body: try json(body), tables: tables)
            #expect(index.match(view) == index.matchWithoutIndex(view))
            tables.built = 0
            return (condition.matches(view), tables.built)
        }
        let paid = #"{"status": "paid"}"#
        #expect(try ask("shop", "order.web.paid", paid, nil) == (true, 1))
        #expect(try ask("shop", "order.web.paid", paid, #"{"x-test": false}"#) == (true, 1))
        #expect(try ask("shop", "order.web.paid", paid, #"{"x-test": true}"#) == (false, 1))
        #expect(try ask("crm", "order.web.paid", paid, nil) == (false, 0))
        #expect(try ask("shop", "order.paid", paid, nil) == (false, 0))
        #expect(try ask("shop", "order.web.paid", #"{"status": "new"}"#, nil) == (false, 0))
    }

    @Test func bytesThatAreNoTextEqualNothing() throws {
        let condition = try #require(EventCondition.compile(when: try json(#"{"exchange": ["\uFFFD"]}"#)).condition)
        #expect(!condition.matchesTransport(exchange: [0xFF], routingKey: []))
        #expect(try RoutingKeyPattern("a.*").matches([0x61, 0x2E, 0xFF]))
        #expect(try !RoutingKeyPattern("a.\u{FFFD}").matches([0x61, 0x2E, 0xFF]))
    }
}
