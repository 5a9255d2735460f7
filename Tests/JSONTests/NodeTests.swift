import JSON
import Testing

/// Reading values in place: kinds, children, places, texts.
@Suite("JSON nodes")
struct NodeTests {
    let document = try? JSONDocument.parse(
        #"{"id": 9007199254740993, "total": 10.10, "name": "Anna \"A\" \ud83d\ude00", "tags": ["x", null, true, {}], "~/": {"k": 1e2}}"#
    )

    @Test("keeps digits, order and escapes")
    func lossless() throws {
        let root = try #require(document?.root)
        #expect(root["id"]?.number?.text == "9007199254740993")
        #expect(root["total"]?.number?.text == "10.10")
        #expect(root["name"]?.string == "Anna \"A\" 😀")
        #expect(root.members.map(\.name) == ["id", "total", "name", "tags", "~/"])
        #expect(root.text().contains(#""Anna \"A\" \ud83d\ude00""#))
    }

    @Test("answers nil for what a value is not")
    func wrongKinds() throws {
        let root = try #require(document?.root)
        #expect(root.string == nil && root.number == nil && root.bool == nil)
        #expect(root["tags"]?["x"] == nil)
        #expect(root["id"]?.element(0) == nil && Array(root["id"]?.elements ?? root.elements).isEmpty)
        #expect(root["tags"]?.element(4) == nil && root["tags"]?.element(-1) == nil)
        #expect(root["tags"]?.element(2)?.bool == true)
        #expect(root["missing"] == nil)
    }

    @Test("knows where each value stands")
    func places() throws {
        let root = try #require(document?.root)
        let node = try #require(root["tags"]?.element(3))
        #expect(node.location == [.name("tags"), .index(3)])
        #expect(JSONPointer(node.location).description == "/tags/3")
        #expect(JSONPointer(root["~/"]?["k"]?.location ?? []).description == "/~0~1/k")
        #expect(root.location.isEmpty)
        #expect(root["total"]?.position == JSONPosition(offset: 34, line: 1, column: 35))
    }

    @Test("columns count Unicode scalars and lines count from one")
    func positions() throws {
        let text = "{\n  \"é😀\": 1, \"b\": 2\n}"
        let root = try JSONDocument.parse(text).root
        let position = try #require(root["b"]).position
        #expect(position.line == 2)
        #expect(position.column == 17)
        #expect("\(position)" == "2:17")
        #expect(JSONPosition(offset: 10_000, in: Array(text.utf8)).line == 3)
    }

    @Test(
        "pointers resolve as RFC 6901 section 5 shows",
        arguments: [
            ("", "{"), ("/foo", "["), ("/foo/0", "\"bar\""), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/ ", "7"),
            ("/m~0n", "8"),
        ])
    func pointers(text: String, beginning: String) throws {
        let root = try JSONDocument.parse(
            #"{"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, " ": 7, "m~n": 8}"#
        ).root
        let pointer = try #require(JSONPointer(parsing: text))
        #expect(pointer.description == text)
        #expect(pointer.resolve(in: root)?.text().hasPrefix(beginning) == true)
    }

    @Test("refuses what is no pointer, and finds nothing where nothing is", arguments: ["a", "/~", "/~2", "#/a"])
    func badPointers(text: String) {
        #expect(JSONPointer(parsing: text) == nil)
    }

    @Test(
        "array tokens are plain indices", arguments: ["/00", "/-", "/1e0", "/+1", "/2", "/٣", "/99999999999999999999"])
    func badIndices(text: String) throws {
        let root = try JSONDocument.parse("[1, 2]").root
        #expect(try #require(JSONPointer(parsing: text)).resolve(in: root) == nil)
    }

    @Test("an opaque leaf is present and equal to nothing")
    func opaque() throws {
        var builder = JSONBuilder()
        builder.beginObject()
        builder.name("raw")
        builder.opaque()
        builder.name("null")
        builder.value(.null)
        builder.endObject()
        let root = try builder.finish().root
        let raw = try #require(root["raw"])
        #expect(raw.kind == .opaque)
        #expect(root["null"]?.kind == .null)
        #expect(!raw.isEqual(to: raw))
        #expect(root.text() == #"{"raw":null,"null":null}"#)
    }

    @Test("a builder that was used wrongly makes no document")
    func badBuilder() {
        var builder = JSONBuilder()
        builder.beginObject()
        builder.value(.null)
        builder.endObject()
        #expect(throws: JSONError.self) { _ = try builder.finish() }
    }
}
