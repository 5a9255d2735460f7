import Foundation
import Functions
import JSON
import TestSupport
import Testing

/// Functions on texts beside Foundation, or beside a reading of their one sentence, on texts of every script.
@Suite(.timeLimit(.minutes(1))) struct TextOracleTests {
    /// Pieces that join: marks, emoji of several code points, flags, ligatures, directions, spaces of every width.
    private static let pieces = [
        "a", "Z", "0", "9", " ", "\u{A0}", "\u{2003}", "\t", "\r\n", "\n", "é", "e\u{301}", "\u{301}", "ß", "ﬁ", "İ",
        "ı",
        "Σ", "ς", "Ж", "日", "한", "\u{1112}\u{1161}\u{11AB}", "٣", "५", "𝟘", "½", "😀", "👍🏽", "👨‍👩‍👧‍👦", "🇷🇺", "🇰🇿", "\u{200B}",
        "\u{200D}", "\u{202E}", "\u{FEFF}", "\u{FFFD}", "%", "+", "/", "~", "-", "_", ".", "\"", "\\", "\u{0}",
        "\u{1F}",
        "\u{85}", "\u{2028}", "\u{10FFFF}",
    ]

    private func text(_ random: inout SeededGenerator, most: Int = 12) -> String {
        (0..<Int.random(in: 0...most, using: &random)).map { _ in random.pick(Self.pieces, or: "") }.joined()
    }

    /// What a pipe makes of a text; nil where it is missing or invalid.
    private func run(_ text: String, _ call: String) throws -> String? {
        guard case .value(let value) = try Pipes.result(.json(.string(text)), call) else { return nil }
        return value.text
    }

    private func same(_ left: String?, _ right: String?) -> Bool {
        left.map { Array($0.utf8) } == right.map { Array($0.utf8) }
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 20))
    func `Escapes are Foundation's, and lead back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var unreserved = CharacterSet(charactersIn: "-._~0123456789")
        unreserved.insert(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        for _ in 0..<50 {
            let text = text(&random)
            let found = try run(text, #""urlencode""#)
            #expect(
                same(found, text.addingPercentEncoding(withAllowedCharacters: unreserved)), "\(text.debugDescription)")
            // Foundation drops a mark that begins a text.
            guard !text.unicodeScalars.contains("\u{FEFF}") else { continue }
            #expect(same(found?.removingPercentEncoding, text), "\(text.debugDescription)")
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 100, count: 20))
    func `Trimming takes white space and nothing else`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let spaces = Set("\t\n\u{B}\u{C}\r \u{85}\u{A0}\u{1680}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}".unicodeScalars)
            .union((0x2000...0x200A).compactMap { Unicode.Scalar(UInt32($0)) })
        for _ in 0..<50 {
            let text = text(&random)
            var scalars = Array(text.unicodeScalars)[...]
            while let first = scalars.first, spaces.contains(first) { scalars.removeFirst() }
            while let last = scalars.last, spaces.contains(last) { scalars.removeLast() }
            let expected = String(String.UnicodeScalarView(scalars))
            #expect(same(try run(text, #""trim""#), expected), "\(text.debugDescription)")
            #expect(same(try run(expected, #""trim""#), expected), "what is trimmed stays")
            let isBlank = expected.isEmpty
            #expect(same(try run(text, #""nonblank""#), isBlank ? nil : text), "\(text.debugDescription)")
            #expect(same(try run(text, #"["trim", "nonblank"]"#), isBlank ? nil : expected))
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 200, count: 20))
    func `A text is replaced as Foundation replaces it literally`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let find = random.pick(
                ["a", "aa", "é", "e\u{301}", "\u{301}", "😀", "\r\n", "\n", " ", "👍", "0", "日"], or: "a")
            let with = random.pick(["", "b", "aa", "é", "\u{301}", "👍🏽", "$0", "\\1"], or: "")
            let text = text(&random) + random.pick([find, find + find, "", "aaa"], or: "")
            let call = #"{"replace":{"find":\#(Pipes.quoted(find)),"with":\#(Pipes.quoted(with))}}"#
            // By code units, from left to right, each found text once.
            let expected = String(
                decoding: [UInt16](text.utf16).split(find: [UInt16](find.utf16), with: [UInt16](with.utf16)),
                as: UTF16.self)
            #expect(same(try run(text, call), expected), "\(text.debugDescription) \(call)")
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 300, count: 20))
    func `A text is cut between characters, and only where it is longer`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let text = text(&random, most: 20)
            let ellipsis = random.pick(["", "…", "...", "👨‍👩‍👧‍👦", " >"], or: "")
            let length = Int.random(in: ellipsis.count...25, using: &random)
            let call = #"{"truncate":{"length":\#(length),"ellipsis":\#(Pipes.quoted(ellipsis))}}"#
            let found = try #require(try run(text, call))
            guard text.count > length else {
                #expect(same(found, text), "\(text.debugDescription) \(call)")
                continue
            }
            #expect(found.count <= length && found.hasSuffix(ellipsis), "\(text.debugDescription) \(call)")
            let kept = Array(found.utf8.dropLast(ellipsis.utf8.count))
            #expect(text.utf8.starts(with: kept), "what stays is the beginning")
            let whole = String(text.prefix(length - ellipsis.count))
            let rest = String(decoding: whole.utf8.dropFirst(kept.count), as: UTF8.self)
            #expect(rest.allSatisfy { $0.isWhitespace }, "nothing but white space goes before the ellipsis")
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 400, count: 10))
    func `Letters change case as in Swift, and digits are those of Unicode`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let text = text(&random)
            #expect(same(try run(text, #""lowercase""#), text.lowercased()))
            #expect(same(try run(text, #""uppercase""#), text.uppercased()))
            let digits = text.unicodeScalars.compactMap { scalar -> String? in
                guard CharacterSet.decimalDigits.contains(scalar) else { return nil }
                return scalar.properties.numericValue.map { String(Int($0)) }
            }
            #expect(try run(text, #""digits""#) == digits.joined(), "\(text.debugDescription)")
        }
    }

    @Test(arguments: [
        #""trim""#, #""lowercase""#, #""uppercase""#, #""digits""#, #""urlencode""#, #""sha256""#, #""md5""#,
        #"{"truncate":{"length":0,"ellipsis":""}}"#, #"{"replace":{"find":"x","with":"y"}}"#, #""json""#, #""string""#,
    ])
    func `An empty text and a very long one are texts`(call: String) throws {
        #expect(try run("", call) != nil)
        let long = String(repeating: "é ", count: 50_000)
        let found = try #require(try run(long, call))
        switch call {
        case #""digits""#, #"{"truncate":{"length":0,"ellipsis":""}}"#: #expect(found.isEmpty)
        case #""sha256""#: #expect(found.count == 64)
        case #""md5""#: #expect(found.count == 32)
        case #""urlencode""#: #expect(found.utf8.count == 50_000 * 9)
        case #""json""#: #expect(found.utf8.count == long.utf8.count + 2)
        case #""trim""#: #expect(found.utf8.count == long.utf8.count - 1)
        default: #expect(found.utf8.count == long.utf8.count)
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 500, count: 10))
    func `What json writes is read as the same value`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let value = JSONValue.object([(text(&random), .array([.string(text(&random)), .null, .bool(true)]))])
            guard case .value(let written) = try Pipes.result(.json(value), #""json""#) else {
                Issue.record("json wrote nothing")
                continue
            }
            let read = try JSONDocument.parse(try #require(written.text)).root
            #expect(JSONValue.node(read) == value)
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 600, count: 10))
    func `Lists are joined, limited and made unique as a plain loop does`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let elements = ["\"a\"", "\"e\\u0301\"", "\"é\"", "\"\"", "1", "1.0", "10e-1", "2", "true", "false"]
        for _ in 0..<50 {
            let chosen = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(elements, or: "1") }
            let list = "[\(chosen.joined(separator: ","))]"
            let texts = chosen.map { $0.replacing("\"", with: "").replacing("\\u0301", with: "\u{301}") }
            let joined = try Pipes.result(.json(.node(try JSONDocument.parse(list).root)), #"{"join":"|"}"#)
            guard case .value(let text) = joined else {
                Issue.record("\(list) was not joined")
                continue
            }
            #expect(same(text.text, texts.joined(separator: "|")), "\(list)")
            let count = Int.random(in: 0...9, using: &random)
            let kept = chosen.prefix(count).joined(separator: ",")
            #expect(try Pipes.run(list, "{\"limit\":\(count)}") == .value("[\(kept)]"))
            #expect(try Pipes.run(list, #""count""#) == .value("\(chosen.count)"))
            let first = try Pipes.run(list, #""first""#)
            let last = try Pipes.run("[\(chosen.reversed().joined(separator: ","))]", #""last""#)
            #expect(first == last && first == (chosen.first.map { .value($0) } ?? .missing))
            var seen: [String] = []
            let unique = chosen.filter { element in
                let key = ["1.0", "10e-1"].contains(element) ? "1" : element
                defer { seen.append(key) }
                return !seen.contains { $0.utf8.elementsEqual(key.utf8) }
            }
            #expect(try Pipes.run(list, #""unique""#) == .value("[\(unique.joined(separator: ","))]"), "\(list)")
        }
    }
}

extension [UInt16] {
    /// The units with every occurrence of some of them replaced, by comparing at each place.
    fileprivate func split(find: [UInt16], with: [UInt16]) -> [UInt16] {
        var (result, place) = ([UInt16](), 0)
        while place < count {
            if place + find.count <= count, Array(self[place..<(place + find.count)]) == find {
                result += with
                place += find.count
            } else {
                result.append(self[place])
                place += 1
            }
        }
        return result
    }
}
