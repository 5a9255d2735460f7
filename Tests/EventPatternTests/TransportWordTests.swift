import JSON
import Testing

@testable import EventPattern

/// What is said of `exchange` and `routing_key`, to the letter: code, place, sentence and advice.
@Suite(.timeLimit(.minutes(1)))
struct TransportWordTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        /// The condition, with `⟨` before the place that is pointed to.
        let marked: String
        let code: String
        let message: String
        var hint: String?
        var testDescription: String { marked }
    }

    private static let glued = "a wildcard is a whole word between dots, as in \"order.*.paid\" or \"order.#\""
    private static func isGlued(_ word: String) -> String {
        "\"*\" or \"#\" glued to other characters is no wildcard: \"\(word)\""
    }

    private static let signs =
        "exchanges are compared by their exact names, so \"*\" and \"#\" are signs"
    private static let names = "list the names, or leave \"exchange\" out and use \"routing_key\""

    static let faults = [
        Fault(marked: #"{"exchange": [⟨"shop.*"]}"#, code: "W193", message: signs, hint: names),
        Fault(marked: ##"{"exchange": ["a", ⟨"#"]}"##, code: "W193", message: signs, hint: names),
        Fault(
            marked: #"{"exchange": ["a", "b", ⟨"a"]}"#, code: "W191", message: #"the exchange "a" is listed twice"#,
            hint: "take one out"),
        Fault(
            marked: #"{"routing_key": ["a.*", ⟨"a.*"]}"#, code: "W191",
            message: #"the routing key "a.*" is listed twice"#, hint: "take one out"),
        Fault(
            marked: ##"{"routing_key": ["a.#", ⟨"a.#.#"]}"##, code: "W191",
            message: ##"the routing key "a.#.#" is listed twice"##, hint: "take one out"),
        Fault(
            marked: ##"{"routing_key": [⟨"a.b", "a.#"]}"##, code: "W192",
            message: ##"every key of "a.b" is one of "a.#" too"##, hint: "leave one of the two out"),
        Fault(
            marked: #"{"routing_key": [⟨"order*"]}"#, code: "E190",
            message: isGlued("order*"), hint: glued),
        Fault(
            marked: ##"{"routing_key": [⟨"order.##"]}"##, code: "E190",
            message: isGlued("##"), hint: glued),
    ]

    @Test(arguments: faults)
    func fault(_ fault: Fault) throws {
        let text = fault.marked.replacing("⟨", with: "")
        let diagnostics = EventCondition.compile(when: try json(text)).diagnostics
        #expect(diagnostics.map(\.code.rawValue) == [fault.code])
        #expect(diagnostics.first?.message == fault.message)
        #expect(diagnostics.first?.hint == fault.hint)
        #expect(diagnostics.first?.offset == fault.marked.prefix { $0 != "⟨" }.utf8.count)
    }

    @Test(
        "255 bytes are what the protocol carries, in bytes and not in letters", arguments: ["exchange", "routing_key"])
    func lengths(part: String) throws {
        for (letter, count, isTaken) in [("a", 255, true), ("a", 256, false), ("é", 127, true), ("é", 128, false)] {
            let text = "{\"\(part)\": [\"\(String(repeating: letter, count: count))\"]}"
            let (condition, diagnostics) = EventCondition.compile(when: try json(text))
            #expect((condition != nil) == isTaken, "\(count) \(letter)")
            #expect(diagnostics.map(\.code.rawValue) == (isTaken ? [] : ["E190"]))
            let message =
                part == "exchange"
                ? "the name of an exchange has at most 255 bytes"
                : "the routing key has 256 bytes; the protocol carries 255"
            if !isTaken { #expect(diagnostics.first?.message == message) }
        }
    }

    /// What adds nothing is remarked upon wherever the wider one stands, and what adds something is not.
    @Test(arguments: [
        (["a.b", "a.*"], [0]), (["a.*", "a.b"], [1]), (["a.b", "a.c"], []), (["a.*", "*.b"], []),
        (["#", "a", "b.c"], [1, 2]), (["a.#", "a"], [1]), (["a.*.#", "a.#"], [0]), (["*.#", "#.*"], [1]),
        (["a.*.c", "a.b.*"], []), (["", "#"], [0]), (["", "*"], []),
    ])
    func subsumed(keys: [String], places: [Int]) throws {
        let list = keys.map { "\"\($0)\"" }.joined(separator: ", ")
        let text = "{\"routing_key\": [\(list)]}"
        let diagnostics = EventCondition.compile(when: try json(text)).diagnostics
        #expect(diagnostics.allSatisfy { $0.code.rawValue == "W192" })
        #expect(diagnostics.map(\.pointer.description) == places.map { "/routing_key/\($0)" })
    }
}
