import Altcraft
import Foundation
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// `attach`: what is a file, what is none, and who may say what kind of file it is.
@Suite(.timeLimit(.minutes(1)))
struct AttachmentTests {
    /// The files of the only launch as `name type bytes`, or the reason and place of the stop.
    private func files(_ attach: String, _ body: String = "{}") throws -> [String] {
        let plan = try Sample.plan(Sample.mapping("\"attach\": \(attach)"), body: body)
        if let stop = plan.stops.first { return ["\(stop.reason.rawValue) \(stop.pointer)"] }
        return try #require(plan.launches.first).launch.attachments.map {
            "\($0.name) \($0.mediaType) \($0.byteCount)"
        }
    }

    @Test(arguments: [
        (#"[{"name": "a.csv", "type": "text/csv", "data": "QQ=="}]"#, ["a.csv text/csv 1"]),
        (#"[{"name": "a.csv", "data": "data:text/csv;base64,QUI="}]"#, ["a.csv text/csv 2"]),
        (#"[{"name": "a.csv", "type": "text/csv", "data": "data:text/csv;base64,QUJD"}]"#, ["a.csv text/csv 3"]),
        (#"[{"name": "a", "type": "text/plain; charset=utf-8", "data": ""}]"#, ["a text/plain; charset=utf-8 0"]),
        (#"[{"name": "$.name", "type": "application/pdf", "data": "$.data"}]"#, ["счёт № 5.pdf application/pdf 5"]),
        (
            #"[{"name": {"$template": "{{$.id}}.pdf"}, "type": "application/pdf", "data": {"$path": "$.data"}}]"#,
            ["7.pdf application/pdf 5"]
        ),
        (
            #"{"$each": "$.files[*]", "item": {"name": "@.n", "type": "text/csv", "data": "@.d"}}"#,
            ["x text/csv 1", "y text/csv 2"]
        ),
        (#"{"$each": "$.none[*]", "item": {"name": "@.n", "type": "text/csv", "data": "@.d"}}"#, []),
        (
            #"{"$if": {"id": [7]}, "then": [{"name": "a", "type": "text/csv", "data": ""}], "else": []}"#,
            ["a text/csv 0"]
        ),
        (#"{"$if": {"id": [8]}, "then": [{"name": "a", "type": "text/csv", "data": ""}]}"#, []),
        (
            #"[{"$if": {"id": [8]}, "then": {"name": "a", "type": "text/csv", "data": ""}}, {"name": "b", "type": "text/csv", "data": ""}]"#,
            ["b text/csv 0"]
        ),
        (#"[{"name": "a", "type": "text/csv", "data": "$.none"}]"#, ["missing /attach/0/data"]),
        (#"[{"name": "$.none", "type": "text/csv", "data": ""}]"#, ["missing /attach/0/name"]),
        (#"[{"name": "a", "type": "text/csv", "data": "$.id"}]"#, ["invalid /attach"]),
        (#"[{"name": "$.id", "type": "text/csv", "data": ""}]"#, ["invalid /attach"]),
    ])
    func whatIsAttached(attach: String, expected: [String]) throws {
        let body =
            #"{"id": 7, "name": "счёт № 5.pdf", "data": "SEVMTE8=", "files": [{"n": "x", "d": "QQ=="}, {"n": "y", "d": "QUI="}]}"#
        #expect(try files(attach, body) == expected)
    }

    @Test func ofSeveralFilesTheWrongOneIsNumbered() throws {
        func detail(_ attach: String) throws -> String {
            let plan = try Sample.plan(Sample.mapping("\"attach\": \(attach)"), body: #"{"id": "no base64"}"#)
            return try #require(plan.stops.first).detail
        }
        let good = #"{"name": "a", "type": "text/csv", "data": ""}"#
        let bad = #"{"name": "b", "type": "text/csv", "data": "$.id"}"#
        #expect(try detail("[\(good), \(bad), \(good)]").hasPrefix("file 2 of 3: an attachment's data"))
        #expect(try detail("[\(bad)]").hasPrefix("an attachment's data"))
    }

    @Test(arguments: [
        ("a", true), ("invoice 5.pdf", true), ("日本.csv", true), ("...", true), (".htaccess", true), ("a;b=c", true),
        (String(repeating: "n", count: 255), true), ("", false), (".", false), ("..", false), ("a/b", false),
        ("..\\b", false), ("/etc/passwd", false), ("a\nb", false), ("a\u{0}", false), ("a\u{85}b", false),
        (String(repeating: "n", count: 256), false), (String(repeating: "é", count: 128), false),
    ])
    func namesOfFiles(name: String, isTaken: Bool) throws {
        let body = JSONValue.object([("name", .string(name))]).text()
        let found = try files(#"[{"name": "$.name", "type": "text/csv", "data": "QQ=="}]"#, body)
        #expect(found == (isTaken ? ["\(name) text/csv 1"] : ["invalid /attach"]))
    }

    @Test(arguments: [
        ("", true), ("QQ==", true), ("QUI=", true), ("QUJD", true), ("+/+/", true), ("Q", false), ("QQ", false),
        ("QQ=", false),
        ("QQ===", false), ("Q===", false), ("====", false), ("QQ==QQ==", false), ("QU JD", false), ("QUJD\n", false),
        ("QU-_", false),
        ("QUJ\u{E9}", false), ("=QQ=", false), (" ", false),
    ])
    func dataIsBase64AsFoundationReadsIt(data: String, isTaken: Bool) throws {
        let body = JSONValue.object([("data", .string(data))]).text()
        let found = try files(#"[{"name": "a", "type": "text/csv", "data": "$.data"}]"#, body)
        #expect((found != ["invalid /attach"]) == isTaken)
        // Foundation reads a text whose padding is followed by more; here that is none.
        if isTaken { #expect(found == ["a text/csv \(Data(base64Encoded: data)?.count ?? -1)"]) }
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 10))
    func bytesAreCounted(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let content = Data(
                (0..<Int.random(in: 0...50, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
            let body = "{\"data\": \"\(content.base64EncodedString())\"}"
            #expect(
                try files(#"[{"name": "a", "type": "text/csv", "data": "$.data"}]"#, body) == [
                    "a text/csv \(content.count)"
                ])
        }
    }

    @Test(arguments: [(0, true), (1, true), (10, true), (11, false), (100, false)])
    func filesAreCounted(count: Int, isTaken: Bool) throws {
        let list = (0..<count).map { "{\"n\": \"f\($0)\", \"d\": \"QQ==\"}" }.joined(separator: ", ")
        let found = try files(
            #"{"$each": "$.l[*]", "item": {"name": "@.n", "type": "text/csv", "data": "@.d"}}"#, "{\"l\": [\(list)]}")
        #expect(found == (isTaken ? (0..<count).map { "f\($0) text/csv 1" } : ["invalid /attach"]))
    }

    @Test(arguments: [
        // An event must not choose what a file is taken for.
        #"[{"name": "a", "data": "$.f"}]"#, #"[{"name": "a", "type": "$.t", "data": "$.f"}]"#, #""$.files""#,
        #"["$.file"]"#,
        #"{"$each": "$.l[*]", "item": "@"}"#, #"[{"name": "a", "data": {"$template": "{{$.f}}"}}]"#,
        #"[{"name": "a", "data": {"$template": "data:{{$.t}};base64,{{$.f}}"}}]"#,
        #"[{"name": "a", "type": {"$path": "$.t", "default": "text/csv"}, "data": "$.f"}]"#, #"{"$path": "$.files"}"#,
        #"{"$if": {"a": [1]}, "then": "$.files"}"#, #"{"$merge": [{"name": "a"}, "$.f"]}"#,
    ])
    func theKindOfAFileIsTheMappingsToSay(attach: String) {
        let diagnostics = Sample.compile(Sample.mapping("\"attach\": \(attach)")).diagnostics
        let errors = diagnostics.filter { $0.severity == .error }
        #expect(!errors.isEmpty && errors.allSatisfy { $0.pointer.tokens.first == "attach" }, "\(errors)")
    }

    @Test func aDataURIThatSaysOtherwiseIsRefused() throws {
        let attach = #"[{"name": "a", "type": "text/csv", "data": "$.d"}]"#
        #expect(try files(attach, #"{"d": "data:text/csv;base64,QQ=="}"#) == ["a text/csv 1"])
        #expect(try files(attach, #"{"d": "data:text/html;base64,QQ=="}"#) == ["invalid /attach"])
        #expect(try files(attach, #"{"d": "data:text/csv,plain"}"#) == ["invalid /attach"])
    }
}
