import JSON
import TestSupport
import Testing

/// The writer call by call: commas, lines and escapes, in each layout.
@Suite("JSON writer, call by call", .timeLimit(.minutes(1)))
struct StreamWriterTests {
    private func written(_ indent: Int?, _ calls: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(indent: indent)
        calls(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func sample(_ writer: inout JSONWriter) {
        writer.beginArray()
        writer.integer(-1)
        writer.beginObject()
        writer.name("a")
        writer.bool(true)
        writer.name("")
        writer.beginArray()
        writer.endArray()
        writer.name("b")
        writer.beginObject()
        writer.endObject()
        writer.endObject()
        writer.string("x")
        writer.null()
        writer.raw(Array("1e5".utf8))
        writer.number(JSONNumber(UInt64.max))
        writer.endArray()
    }

    @Test("each layout")
    func layouts() {
        #expect(
            written(nil, Self.sample) == #"[-1,{"a":true,"":[],"b":{}},"x",null,1e5,18446744073709551615]"#)
        #expect(
            written(1, Self.sample) == """
                [
                 -1,
                 {
                  "a": true,
                  "": [],
                  "b": {}
                 },
                 "x",
                 null,
                 1e5,
                 18446744073709551615
                ]
                """)
        #expect(written(0, Self.sample).hasPrefix("[\n-1,\n{\n\"a\": true,\n\"\": [],\n\"b\": {}\n},\n\"x\""))
    }

    @Test("a container that is empty, first, last or alone never brings a comma of its own")
    func commas() {
        let text = written(nil) { writer in
            writer.beginObject()
            writer.name("x")
            writer.beginArray()
            for _ in 0..<3 {
                writer.beginObject()
                writer.endObject()
                writer.beginArray()
                writer.endArray()
            }
            writer.endArray()
            writer.name("y")
            writer.beginArray()
            writer.beginArray()
            writer.integer(1)
            writer.endArray()
            writer.endArray()
            writer.endObject()
        }
        #expect(text == #"{"x":[{},[],{},[],{},[]],"y":[[1]]}"#)
    }

    @Test(
        "only what must be is escaped",
        arguments: [
            ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\n\r\t", #""\n\r\t""#),
            ("\u{8}\u{C}", #""\u0008\u000c""#), ("\u{0}\u{1F}", #""\u0000\u001f""#), ("\u{7F}", "\"\u{7F}\""),
            ("\u{2028}", "\"\u{2028}\""), ("é😀", "\"é😀\""), ("é\n日", #""é\n日""#), ("", #""""#), ("<&>'", #""<&>'""#),
        ])
    func escapes(text: String, form: String) throws {
        #expect(written(nil) { $0.string(text) } == form)
        let named = written(nil) { writer in
            writer.beginObject()
            writer.name(text)
            writer.null()
            writer.endObject()
        }
        #expect(named == "{\(form):null}")
        #expect(try JSONDocument.parse(form).root.string == text)
    }

    @Test("every sign of ASCII comes back, alone and between others")
    func ascii() throws {
        for code in UInt8(0)..<128 {
            for text in [[code], Array("é".utf8) + [code, code] + Array("x".utf8)] {
                let text = String(decoding: text, as: UTF8.self)
                let form = written(nil) { $0.string(text) }
                #expect(try JSONDocument.parse(form).root.string == text, "\(code)")
                #expect(form.utf8.allSatisfy { $0 >= 0x20 }, "\(code)")
            }
        }
    }

    @Test("a value of a document is written with its own digits and escapes, in the layout of the writer")
    func nodes() throws {
        let root = try JSONDocument.parse(#" { "\u0061" : 1E+05 , "b" : [ "\/" , -0.0 ] , "c":{ } } "#).root
        #expect(written(nil) { $0.node(root) } == #"{"\u0061":1E+05,"b":["\/",-0.0],"c":{}}"#)
        #expect(
            written(2) { writer in
                writer.beginArray()
                writer.node(root)
                writer.endArray()
            } == """
                [
                  {
                    "\\u0061": 1E+05,
                    "b": [
                      "\\/",
                      -0.0
                    ],
                    "c": {}
                  }
                ]
                """)
    }

    /// The plainest way from an indented text to a compact one: white space outside texts goes.
    private func compact(_ text: String) -> String {
        var result = ""
        var isInside = false
        var isEscaped = false
        for sign in text.unicodeScalars {
            if !isInside, sign == " " || sign == "\n" { continue }
            result.unicodeScalars.append(sign)
            if isEscaped {
                isEscaped = false
            } else if isInside, sign == "\\" {
                isEscaped = true
            } else if sign == "\"" {
                isInside.toggle()
            }
        }
        return result
    }

    private func value(_ random: inout SeededGenerator, depth: Int = 0) -> JSONValue {
        let texts = ["", " ", "\n \"", "a: b, c", "{ }", "\\", "\\\"", "é 日"]
        switch Int.random(in: 0..<(depth > 4 ? 3 : 5), using: &random) {
        case 0: return .string(random.pick(texts, or: ""))
        case 1: return .number(JSONNumber(Int.random(in: -99...99, using: &random)))
        case 2: return random.pick([.null, .bool(true), .bool(false), .array([]), .object([])], or: .null)
        case 3: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            return .object(
                (0..<Int.random(in: 0...4, using: &random)).map { number in
                    ("\(number)" + random.pick(texts, or: ""), value(&random, depth: depth + 1))
                })
        }
    }

    @Test("layouts differ in white space alone", arguments: Fuzzing.seeds(from: 1, count: 20))
    func layoutsAgree(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let value = value(&random)
            let plain = written(nil) { $0.value(value) }
            for indent in 0...4 {
                let laidOut = written(indent) { $0.value(value) }
                #expect(compact(laidOut) == plain)
                let lines = laidOut.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.allSatisfy { $0.prefix { $0 == " " }.count.isMultiple(of: max(indent, 1)) })
            }
            let document = try JSONDocument.parse(plain)
            #expect(written(nil) { $0.node(document.root) } == plain)
        }
    }
}
