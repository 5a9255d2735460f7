import JSON
import Testing

@testable import Sandbox

@Suite("Messages", .timeLimit(.minutes(1)))
struct MessageTemplateTests {
    private func filled(_ text: String, _ content: String? = nil) throws -> String {
        let content = try content.map(parsed)
        return MessageTemplate(subject: nil, text: text).filled(content: content) { name in
            ["_fname": .string("Анна"), "age": .number(JSONNumber(30)), "email": .string("a@x")][name]
        }.text
    }

    static let cases: [(text: String, content: String?, filled: String)] = [
        ("", nil, ""),
        ("plain", nil, "plain"),
        ("Dear {_fname}, {age}", nil, "Dear Анна, 30"),
        ("{email}", nil, "a@x"),
        ("{unknown}", nil, "{unknown}"),
        ("{apicontent.a}", #"{"a": "x"}"#, "x"),
        ("{apicontent.a}", #"{"a": 1.50}"#, "1.50"),
        ("{apicontent.a}", #"{"a": ["x"]}"#, #"["x"]"#),
        ("{apicontent.a.b}", #"{"a": {"b": true}}"#, "true"),
        ("{apicontent.a.0.b}", #"{"a": [{"b": "first"}]}"#, "first"),
        ("{apicontent.a.1}", #"{"a": ["x"]}"#, "{apicontent.a.1}"),
        ("{apicontent.a.x}", #"{"a": ["x"]}"#, "{apicontent.a.x}"),
        ("{apicontent.a}", nil, "{apicontent.a}"),
        ("{apicontent.missing}", "{}", "{apicontent.missing}"),
        ("open { and on", nil, "open { and on"),
        ("close } alone", nil, "close } alone"),
        ("{{_fname}}", nil, "{{_fname}}"),
        ("{}", nil, "{}"),
        ("{apicontent.a}", #"{"a": "{_fname}"}"#, "{_fname}"),
    ]

    @Test("Variables are filled once, and what cannot be filled stays to be seen", arguments: cases)
    func fills(text: String, content: String?, wanted: String) throws {
        #expect(try filled(text, content) == wanted)
    }

    @Test("A message is bounded in length")
    func bounded() throws {
        let long = String(repeating: "x", count: 5_000)
        let text = String(repeating: "{apicontent.a}", count: 100)
        #expect(try filled(text, #"{"a": "\#(long)"}"#).count <= MessageTemplate.longest)
        #expect(try filled(String(repeating: "y", count: 100_000)).count == MessageTemplate.longest)
    }
}
