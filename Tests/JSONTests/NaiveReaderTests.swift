import Foundation
import JSON
import TestSupport
import Testing

/// The parser beside a naive reader of the grammar, and beside Foundation's.
@Suite("JSON beside other readers", .timeLimit(.minutes(1)))
struct NaiveReaderTests {
    private static let names = ["a", "b", "\\u0061", "é", "e\u{301}", "\\u00e9", "\\ud83d\\ude00", "😀", "", "a\\/b"]
    private static let texts = [
        "x", "\\n\\t\\r\\b\\f\\/\\\\\\\"", "\\ud83d\\ude00", "\\uD83D", "\\ude00", "\\ud83d\\ud83d\\ude00",
        "\\ud83dx\\ude00", "\\u0000", "é", "日本", "\\uFFFF", "\\ud800\\u0041", "\u{10FFFF}", "",
    ]
    private static let numbers = ["0", "-0", "10.10", "1e5", "-2.5E-3", "12345678901234567890", "1E+2", "0.0"]

    /// A text of the grammar; members may repeat.
    private func text(_ random: inout SeededGenerator, depth: Int = 0) -> String {
        let space = random.pick(["", "", " ", "\n", "\t\r "], or: "")
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: return space + random.pick(["true", "false", "null"], or: "")
        case 1: return space + random.pick(Self.numbers, or: "")
        case 2, 3: return space + "\"\(random.pick(Self.texts, or: ""))\""
        case 4:
            let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in text(&random, depth: depth + 1) }
            return space + "[" + elements.joined(separator: "\(space),") + "]" + space
        default:
            let members = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                "\"\(random.pick(Self.names, or: ""))\"\(space):" + text(&random, depth: depth + 1)
            }
            return "{" + space + members.joined(separator: ",") + space + "}"
        }
    }

    /// The text with a few scalars changed, taken out or put in.
    private func mutated(_ text: String, _ random: inout SeededGenerator) -> String {
        var scalars = Array(text.unicodeScalars)
        let marks: [Unicode.Scalar] = [
            "{", "}", "[", "]", "\"", ",", ":", "\\", "u", "0", "1", "e", "E", ".", "-", "+", " ", "t", "\n", "\u{1}",
            "é",
            "/", "\u{A0}", "d",
        ]
        for _ in 0..<Int.random(in: 1...2, using: &random) where !scalars.isEmpty {
            let place = Int.random(in: 0..<scalars.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: scalars[place] = random.pick(marks, or: " ")
            case 1: scalars.remove(at: place)
            default: scalars.insert(random.pick(marks, or: " "), at: place)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    @Test("both readers take the same texts, and read the same", arguments: Fuzzing.seeds(from: 1, count: 20))
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var counts = [true: 0, false: 0]
        for round in 0..<200 {
            let whole = text(&random)
            let text = round % 3 == 0 ? whole : mutated(whole, &random)
            let expected = NaiveReader.read(text)
            let found = (try? JSONDocument.parse(text)).map { JSONValue.node($0.root) }
            #expect(found == expected, "\(text.debugDescription)")
            counts[found != nil, default: 0] += 1
        }
        #expect(counts[true, default: 0] > 30 && counts[false, default: 0] > 30, "\(counts)")
    }

    @Test("what is written without repeats, Foundation reads as the same", arguments: Fuzzing.seeds(from: 1, count: 20))
    func foundation(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let whole = text(&random)
            // Foundation refuses lone surrogates, and keeps one of two equal names.
            guard !["\\uD83D", "\\ude00", "\\ud8"].contains(where: whole.contains),
                let document = try? JSONDocument.parse(whole)
            else { continue }
            for pretty in [false, true] {
                let written = Data(document.root.text(pretty: pretty).utf8)
                let read = try JSONSerialization.jsonObject(with: written, options: .fragmentsAllowed)
                #expect(same(document.root, read), "\(whole)")
            }
        }
    }

    /// Whether Foundation's value is this one; its numbers are doubles here, its strings are compared by code points.
    private func same(_ node: JSONNode, _ other: Any) -> Bool {
        switch node.kind {
        case .null: return other is NSNull
        case .bool: return (other as? Bool) == node.bool
        case .number: return (other as? NSNumber)?.doubleValue == node.number.flatMap { Double($0.text) }
        case .string: return (other as? String).map { Array($0.utf8) } == Array(node.utf8)
        case .array:
            guard let elements = other as? [Any], elements.count == node.count else { return false }
            return zip(node.elements, elements).allSatisfy { same($0, $1) }
        case .object:
            guard let members = other as? [String: Any] else { return false }
            // A dictionary takes letters that look alike for one name.
            let names = Set(node.members.map(\.name))
            guard names.count == node.count else { return true }
            return members.count == node.count
                && node.members.allSatisfy { member in members[member.name].map { same(member.value, $0) } ?? false }
        case .opaque: return false
        }
    }

    @Test(
        "what Foundation writes is read as the same",
        arguments: [
            "", "a\"b\\c/d", "\u{0}\u{1F}\u{7F}", "日本 😀", "\u{2028}\u{2029}", "e\u{301}", "\u{10FFFF}",
            "\r\n\t\u{8}\u{C}",
        ])
    func foundationWrites(text: String) throws {
        let data = try JSONSerialization.data(withJSONObject: [text: [text, 1.5, true, NSNull()] as [Any]])
        let root = try JSONDocument.parse(Array(data)).root
        let list = try #require(root[text])
        #expect(list.element(0).map { Array($0.utf8) } == Array(text.utf8))
        #expect(list.element(1)?.number == JSONNumber("1.5"))
        #expect(list.element(2)?.bool == true && list.element(3)?.isNull == true)
    }

    @Test(
        "surrogates, in pairs and alone",
        arguments: [
            ("\\ud83d\\ude00", "😀"), ("\\uD83D\\uDE00", "😀"), ("\\ud83d", "\u{FFFD}"), ("\\ude00", "\u{FFFD}"),
            ("\\ude00\\ud83d", "\u{FFFD}\u{FFFD}"), ("\\ud83d\\ud83d\\ude00", "\u{FFFD}😀"),
            ("\\ud83d\\n", "\u{FFFD}\n"), ("\\ud83dude00", "\u{FFFD}ude00"), ("\\ud83d\\\\ude00", "\u{FFFD}\\ude00"),
            ("\\udbff\\udfff", "\u{10FFFF}"), ("\\ud800\\udc00", "\u{10000}"), ("\\ud7ff\\ue000", "\u{D7FF}\u{E000}"),
            ("\\ud83d\\u0041", "\u{FFFD}A"), ("\\ud83d😀", "\u{FFFD}😀"),
        ])
    func surrogates(raw: String, text: String) throws {
        let root = try JSONDocument.parse("\"\(raw)\"").root
        #expect(root.string.map { Array($0.utf8) } == Array(text.utf8))
        #expect(root.stringHash == JSONName(text).hash && root.equals(JSONName(text)))
        #expect(root.text() == "\"\(raw)\"", "what came is sent on as it came")
        #expect(try JSONDocument.parse("{\"\(raw)\": 1}").root[text]?.number == JSONNumber(1))
    }
}
