import AMQP
import JSON
import Mapping
import Outcome
import Testing

@testable import Bridge

/// Bodies that are no events, and what is said of each: reason and sentence, to the letter.
@Suite("The words for bodies", .timeLimit(.minutes(1)))
struct BodyWordTests {
    /// `{"a":1}`, compressed in the two ways that RFC 9110 calls gzip and deflate, and as what many call deflate.
    static let gzip: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 84, 178, 50, 172, 5, 0, 175, 172, 27, 86, 7, 0, 0, 0,
    ]
    static let zlib: [UInt8] = [120, 156, 171, 86, 74, 84, 178, 50, 172, 5, 0, 8, 42, 2, 9]
    static let raw: [UInt8] = [171, 86, 74, 84, 178, 50, 172, 5, 0]

    private static func decode(
        _ body: [UInt8], _ encoding: AMQPText? = nil, limits: JSONLimits = JSONLimits(bytes: 100, depth: 3)
    ) -> EventDecoder.Result {
        BodyDecoder.decode(body, encoding: encoding, limits: limits)
    }

    private static func text(_ result: EventDecoder.Result) -> String {
        switch result {
        case .document(let document): document.root.text()
        case .undecodable(let reason, let detail): "\(reason.rawValue): \(detail)"
        }
    }

    @Test(
        "Plain ones",
        arguments: [
            (#"{"a":1}"#, #"{"a":1}"#), ("7", "7"), (" null\n", "null"),
            (#"{"a":1,"a":2}"#, #"duplicate_member: 1:8: the member "a" appears twice in one object"#),
            (#"{"a":1,"\u0061":2}"#, #"duplicate_member: 1:8: the member "a" appears twice in one object"#),
            ("[[[1]]]", "[[[1]]]"),
        ])
    func plain(body: String, words: String) {
        #expect(Self.text(Self.decode(Array(body.utf8))) == words)
    }

    @Test(
        "What is not JSON, too deep or too big has its reason",
        arguments: [
            ("", Reason.notJSON), ("{", .notJSON), ("{} {}", .notJSON), ("{'a':1}", .notJSON), ("{\"a\":01}", .notJSON),
            ("{\"a\":1,}", .notJSON), ("\u{FEFF}{}", .notJSON), ("NaN", .notJSON), ("{\"a\":\"\n\"}", .notJSON),
            ("[[[[1]]]]", .tooDeep), (String(repeating: " ", count: 101), .tooBig), ("<xml/>", .notJSON),
        ])
    func reasons(body: String, reason: Reason) {
        guard case .undecodable(let found, let detail) = Self.decode(Array(body.utf8)) else {
            Issue.record("\(body) was taken")
            return
        }
        #expect(found == reason)
        #expect(!detail.isEmpty && !detail.contains("\n") && !detail.hasSuffix("."))
    }

    @Test(
        "Each encoding is read under each of its names",
        arguments: [
            (nil, Array(#"{"a":1}"#.utf8)), ("", Array(#"{"a":1}"#.utf8)), ("identity", Array(#"{"a":1}"#.utf8)),
            ("UTF-8", Array(#"{"a":1}"#.utf8)), ("utf8", Array(#"{"a":1}"#.utf8)), ("gzip", gzip), ("x-gzip", gzip),
            ("GZIP", gzip), ("deflate", zlib), ("Deflate", raw),
        ] as [(AMQPText?, [UInt8])])
    func encodings(name: AMQPText?, body: [UInt8]) {
        #expect(Self.text(Self.decode(body, name)) == #"{"a":1}"#)
    }

    @Test(
        "What cannot be inflated",
        arguments: [
            (gzip, "br", #"encoding: the body is encoded as "br"; gzip and deflate are understood"#),
            (gzip, "gzip, gzip", #"encoding: the body is encoded as "gzip, gzip"; gzip and deflate are understood"#),
            (
                gzip, AMQPText(bytes: [0x67, 0xFF]),
                #"encoding: the body is encoded as "g\xff"; gzip and deflate are understood"#
            ),
            (gzip + [7], "gzip", "encoding: the body has 1 bytes after the end of the compressed data"),
            ([], "gzip", "encoding: the body ends in the middle of the compressed data"),
            ([], "deflate", "encoding: the body ends in the middle of the compressed data"),
            (zlib, "gzip", "encoding: the body is not valid compressed data: incorrect header check"),
        ] as [([UInt8], AMQPText, String)])
    func broken(body: [UInt8], encoding: AMQPText, words: String) {
        #expect(Self.text(Self.decode(body, encoding)) == words)
    }

    @Test("A compressed body that is cut anywhere ends in the middle, whatever it is compressed with")
    func cut() {
        for (body, name) in [(Self.gzip, "gzip"), (Self.zlib, "deflate"), (Self.raw, "deflate")] {
            for count in 0..<body.count {
                let words = Self.text(Self.decode(Array(body.prefix(count)), AMQPText(name)))
                #expect(words.hasPrefix("encoding: the body "), "\(count) bytes of \(name): \(words)")
            }
        }
    }

    @Test("A compressed body with any one bit changed is the same event or none, and never another")
    func changed() {
        for (body, name) in [(Self.gzip, "gzip"), (Self.zlib, "deflate")] {
            for place in body.indices {
                for bit in 0..<8 {
                    var other = body
                    other[place] ^= 1 << UInt8(bit)
                    let words = Self.text(Self.decode(other, AMQPText(name)))
                    #expect(words == #"{"a":1}"# || words.hasPrefix("encoding: the body "), "\(place) \(bit): \(words)")
                }
            }
        }
    }

    @Test("The limit is of the inflated body, to the byte")
    func limits() {
        #expect(Self.text(Self.decode(Self.gzip, "gzip", limits: JSONLimits(bytes: 7))) == #"{"a":1}"#)
        #expect(
            Self.text(Self.decode(Self.gzip, "gzip", limits: JSONLimits(bytes: 6)))
                == "too_big: the body inflates to more than the 6 bytes that are allowed")
    }
}
