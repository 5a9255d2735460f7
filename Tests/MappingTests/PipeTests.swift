import JSON
import Mapping
import Testing

/// Pipes inside a mapping: arguments from the file and from the event, and what a missing one means.
@Suite(.timeLimit(.minutes(1)))
struct PipeTests {
    @Test(arguments: [
        (#"{"$path": "$.l", "pipe": [{"join": "-"}]}"#, #"{"x":"a-b"}"#),
        (#"{"$path": "$.l", "pipe": [{"join": {"separator": "-"}}]}"#, #"{"x":"a-b"}"#),
        (#"{"$path": "$.l", "pipe": [{"join": "$.s"}]}"#, #"{"x":"a+b"}"#),
        (#"{"$path": "$.l", "pipe": [{"join": {"$path": "$.s"}}]}"#, #"{"x":"a+b"}"#),
        (#"{"$path": "$.l", "pipe": [{"join": {"separator": {"$path": "$.none", "default": "/"}}}]}"#, #"{"x":"a/b"}"#),
        (#"{"$path": "$.l", "pipe": [{"join": {"$var": "v"}}]}"#, #"{"x":"a*b"}"#),
        (#"{"$path": "$.l", "pipe": [{"limit": 1}, "first", "uppercase"]}"#, #"{"x":"A"}"#),
        (#"{"$path": "$.l", "pipe": [{"limit": "$.n"}]}"#, #"{"x":["a"]}"#),
        // An argument that is missing makes the value missing, where the value is.
        (#"{"$path": "$.l", "pipe": [{"join": "$.none"}]}"#, "missing /content/x"),
        (#"{"$path": "$.l", "pipe": [{"join": "$.none"}], "default": "d"}"#, #"{"x":"d"}"#),
        (#"{"$path": "$.l", "pipe": [{"join": "$.none"}], "optional": true}"#, "{}"),
        // The default does not go through the pipe.
        (#"{"$path": "$.none", "pipe": ["uppercase"], "default": "d"}"#, #"{"x":"d"}"#),
        (#"{"$template": " {{$.s}} ", "pipe": ["trim"]}"#, #"{"x":"+"}"#),
        (#"{"$coalesce": ["$.none", "$.s"], "pipe": ["string"]}"#, #"{"x":"+"}"#),
        (#"{"$var": "v", "pipe": ["json"]}"#, #"{"x":"\"*\""}"#),
        (#"{"$meta": "/routing_key", "pipe": ["nonblank"], "default": "none"}"#, #"{"x":"none"}"#),
        // Something that a function does not work on.
        (#"{"$path": "$.n", "pipe": ["trim"]}"#, "invalid /content/x"),
        (#"{"$path": "$.n", "pipe": [{"join": ","}]}"#, "invalid /content/x"),
        (#"{"$path": "$.l", "pipe": [{"limit": "$.s"}]}"#, "invalid /content/x"),
    ])
    func pipes(template: String, expected: String) throws {
        let keys = #""let": {"v": {"$literal": "*"}, "unused": {"$var": "v"}}"#
        let content = try Sample.content(template, body: #"{"l": ["a", "b"], "s": "+", "n": 1}"#, keys: keys)
        #expect(content == expected)
    }

    @Test(arguments: [
        (#"["trim", "uppercase", "string"]"#, [] as [String]), (#"["count", "decimal"]"#, []),
        (#"["unique", {"limit": 2}, {"join": ","}, "trim"]"#, []),
        (#"["money"]"#, ["E171", "E171", "E172"]), (#"["decimal", {"join": ","}]"#, ["E172"]),
        (#"["count", {"join": ","}, "nope"]"#, ["E170", "E172"]),
        (#"[{"limit": -1}]"#, ["E171"]), (#"[{"join": null}]"#, ["E171"]), (#"[{"trim": {}}]"#, []),
        (#"[{"trim": 1}]"#, ["E171"]),
        (#"[5]"#, ["E105"]), (#"[{}]"#, ["E105"]), (#"[{"join": ",", "limit": 1}]"#, ["E105"]),
        (#"[{"$var": "a"}]"#, ["E105"]),
    ])
    func chains(pipe: String, expected: [String]) {
        let keys = #""content": {"x": {"$path": "$.a", "pipe": \#(pipe)}}"#
        let codes = Sample.compile(Sample.mapping(keys)).diagnostics.map(\.code.rawValue)
        #expect(codes.sorted() == expected, "\(Sample.compile(Sample.mapping(keys)).diagnostics)")
    }

    @Test func whatComesBeforeDecidesWhatMayFollow() {
        for (source, pipe, isRight) in [
            (#""$template": "{{$.a}}""#, "trim", true), (#""$template": "{{$.a}}""#, "first", false),
            (#""$path": "$.a""#, "first", true),
            (#""$path": "$.a[*]", "take": "all""#, "trim", false), (#""$each": "$.a[*]", "item": "@""#, "trim", false),
            (#""$meta": "/now""#, "trim", false), (#""$meta": "/exchange""#, "trim", true),
        ] {
            let keys = "\"content\": {\"x\": {\(source), \"pipe\": [\"\(pipe)\"]}}"
            let codes = Sample.compile(Sample.mapping(keys)).diagnostics.map(\.code)
            let isEach = source.contains("$each")
            #expect(codes == (isRight ? [] : isEach ? [.foreignCompanion] : [.typesDoNotChain]), "\(source) \(pipe)")
        }
    }
}
