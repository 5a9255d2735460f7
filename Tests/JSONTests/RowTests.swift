import JSON
import Testing

/// Look-ups by row and walks over containers.
@Suite("JSON rows", .timeLimit(.minutes(1)))
struct RowTests {
    @Test("members by name, escapes undone, the first where names repeat")
    func members() throws {
        let text = #"{"a": 1, "\u0062": [2], "c\"": 3, "a": 4, "aa": {"a": 5}, "": 6}"#
        let document = try JSONDocument.parse(text, limits: JSONLimits(refusesDuplicates: false))
        for (name, value) in [("a", "1"), ("b", "[2]"), ("c\"", "3"), ("aa", #"{"a":5}"#), ("", "6")] {
            let row = try #require(document.row(of: JSONName(name), in: 0))
            #expect(document.node(at: row).text() == value)
            #expect(document.root.member(JSONName(name)) == document.node(at: row))
        }
        for name in ["A", "ab", "c", "\\u0062", "a\u{0}"] { #expect(document.row(of: JSONName(name), in: 0) == nil) }
    }

    @Test("elements by place; leaves and objects have none")
    func elements() throws {
        let document = try JSONDocument.parse(#"[[], {"a": 1}, 2, [3, [4]]]"#)
        #expect((0..<5).map { document.row(ofElement: $0, in: 0) != nil } == [true, true, true, true, false])
        #expect(document.row(ofElement: -1, in: 0) == nil)
        let last = try #require(document.row(ofElement: 3, in: 0))
        #expect(document.row(ofElement: 1, in: last).map { document.node(at: $0).text() } == "[4]")
        let object = try #require(document.row(ofElement: 1, in: 0))
        #expect(document.row(ofElement: 0, in: object) == nil)
        #expect(document.row(of: JSONName("a"), in: 0) == nil)
        #expect(document.container(in: object) == (.object, 1))
        #expect(document.container(in: last) == (.array, 2))
    }

    @Test("containers come in the order of the text, each before what is in it, and no further than the value")
    func containers() throws {
        let root = try JSONDocument.parse(#"[{"[": ["x"]}, "{", [[]], {}]"#).root
        #expect(root.containers.map { $0.text() } == [root.text(), #"{"[":["x"]}"#, #"["x"]"#, "[[]]", "[]", "{}"])
        #expect(root.element(2)?.containers.map { $0.text() } == ["[[]]", "[]"])
        #expect(root.element(1)?.containers.map { $0.text() } == [])
    }
}
