import Functions
import JSON
import TestSupport
import Testing

/// Laws that hold whatever goes through a function: what is done twice, undone, or done in another order.
@Suite(.timeLimit(.minutes(1))) struct PipeLawTests {
    private static let pieces = [
        "a", "Z", " ", "\t", "\u{A0}", "é", "e\u{301}", "ß", "İ", "ǆ", "😀", "👨‍👩‍👧", "1", "٣", "０", "-", "+", "(", "&", "=",
        "%",
        "/", "\"", "\\", "\u{200B}", "日", "本", ".", ",", "\n", "\r\n", "{{", "$",
    ]

    private func text(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(Self.pieces, or: "") }.joined()
    }

    private func run(_ text: String, _ pipe: String) throws -> Outcome {
        try Pipes.run(.json(.string(text)), pipe)
    }

    /// Functions that have no more to do the second time.
    @Test(arguments: [
        #""trim""#, #""nonblank""#, #""digits""#, #""lowercase""#, #"{"truncate": {"length": 5}}"#,
        #"{"truncate": {"length": 5, "ellipsis": ""}}"#, #"{"replace": {"find": "a", "with": ""}}"#, #""string""#,
    ])
    func `Once is enough`(call: String) throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            let text = text(&random)
            #expect(try run(text, "[\(call), \(call)]") == run(text, call), "\(text.debugDescription)")
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 6))
    func `Texts keep what they are made of`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let text = text(&random)
            // Escapes hold unreserved characters and escapes only, and lead back.
            guard case .value(let escaped) = try run(text, #""urlencode""#) else {
                Issue.record("\(text.debugDescription) has a form for URLs")
                continue
            }
            let plain = try #require(try JSONDocument.parse(escaped).root.string)
            #expect(
                plain.unicodeScalars.allSatisfy {
                    $0.isASCII
                        && ($0 == "%" || "-._~".unicodeScalars.contains($0) || $0.properties.isAlphabetic
                            || ("0"..."9").contains($0))
                })
            #expect(plain.removingEscapes.map { Array($0.utf8) } == Array(text.utf8), "\(text.debugDescription)")
            // Hashes have their length and depend on every byte.
            #expect(try run(text, #"["sha256", "trim"]"#) == run(text, #""sha256""#))
            #expect(try run(text, #""md5""#) != run(text + "a", #""md5""#))
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 50, count: 6))
    func `Lists keep their elements and their order`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = [
            "1", "1.0", "\"1\"", "true", "\"a\"", "[1]", "{\"a\":1}", "2", "10.10", "\"\u{E9}\"", "\"e\u{301}\"",
        ]
        for _ in 0..<100 {
            let list = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(values, or: "1") }
            let json = "[\(list.joined(separator: ","))]"
            let count = Int.random(in: 0...9, using: &random)
            #expect(
                try Pipes.run(json, #"{"limit": \#(count)}"#)
                    == .value("[\(list.prefix(count).joined(separator: ","))]"))
            #expect(try Pipes.run(json, #""count""#) == .value("\(list.count)"))
            #expect(try Pipes.run(json, #"["unique", "unique"]"#) == Pipes.run(json, #""unique""#))
            #expect(try Pipes.run(json, #"[{"limit": 1}, "first"]"#) == Pipes.run(json, #""first""#))
            #expect(try Pipes.run(json, #""last""#) == (list.last.map(Outcome.value) ?? .missing))
            // What JSON writes, JSON reads.
            guard case .value(let written) = try Pipes.run(json, #""json""#) else { continue }
            let text = try #require(try JSONDocument.parse(written).root.string)
            #expect(try JSONDocument.parse(text).root.isEqual(to: JSONDocument.parse(json).root))
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 100, count: 6))
    func `Moments move there and back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let seconds = Int64.random(in: -2_000_000_000...4_000_000_000, using: &random)
            let duration = random.pick(["P1D", "PT90M", "P2W", "PT1S", "P365D", "P1DT12H30M5S"], or: "P1D")
            let moment = #"{"datetime": {"from": "unix"}}"#
            let there = #"[\#(moment), {"plus": "\#(duration)"}, {"plus": "-\#(duration)"}, "string"]"#
            #expect(try Pipes.run("\(seconds)", there) == Pipes.run("\(seconds)", #"[\#(moment), "string"]"#))
            // Counts since 1970 are the same in each unit.
            let fine = try Pipes.run("\(seconds)000", #"[{"datetime": {"from": "unix_ms"}}, "string"]"#)
            #expect(try fine == Pipes.run("\(seconds)", #"[\#(moment), "string"]"#))
            let finest = try Pipes.run("\(seconds)000000", #"[{"datetime": {"from": "unix_us"}}, "string"]"#)
            #expect(finest == fine)
            // What is written is read again.
            guard case .value(let text) = fine else { continue }
            #expect(try Pipes.run(text, #"["datetime", "string"]"#) == fine)
        }
    }
}

extension String {
    /// The text whose percent escapes are undone; nil where one is none.
    fileprivate var removingEscapes: String? {
        var bytes: [UInt8] = []
        var rest = utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next(), let low = rest.next(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
