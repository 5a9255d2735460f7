import JSON
import TestSupport
import Testing

/// Pointers of RFC 6901 held against its grammar, read scalar by scalar.
@Suite("JSON pointers", .timeLimit(.minutes(1)))
struct PointerTests {
    /// Section 3 and 4 of RFC 6901, word for word: code points, and no notion of letters.
    private static func naive(_ text: String) -> [String]? {
        var tokens: [String.UnicodeScalarView] = []
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            if scalar == "/" {
                tokens.append(String.UnicodeScalarView())
                continue
            }
            guard !tokens.isEmpty else { return nil }
            guard scalar == "~" else {
                tokens[tokens.count - 1].append(scalar)
                continue
            }
            switch scalars.popFirst() {
            case "0": tokens[tokens.count - 1].append("~")
            case "1": tokens[tokens.count - 1].append("/")
            default: return nil
            }
        }
        return tokens.map(String.init)
    }

    /// What a token is made of, so that letters that look alike are told apart.
    private static func scalars(_ tokens: [String]) -> [[UInt32]] {
        tokens.map { $0.unicodeScalars.map(\.value) }
    }

    @Test(
        "tokens",
        arguments: [
            ("", []), ("/", [""]), ("//", ["", ""]), ("/a/b", ["a", "b"]), ("/a/", ["a", ""]), ("/~0", ["~"]),
            ("/~1", ["/"]), ("/~01", ["~1"]), ("/~10", ["/0"]), ("/~00~11", ["~0/1"]),
            ("/a~1b~0c", ["a/b~c"]), ("/\"\\", ["\"\\"]), ("/0/-/01", ["0", "-", "01"]), ("/ключ/😀", ["ключ", "😀"]),
            ("/ ", [" "]), ("/%25", ["%25"]),
        ] as [(String, [String])])
    func tokens(text: String, tokens: [String]) throws {
        let pointer = try #require(JSONPointer(parsing: text))
        #expect(pointer.tokens == tokens)
        #expect(pointer.description == text)
        #expect(pointer == tokens.reduce(JSONPointer()) { $0.appending($1) })
    }

    @Test(
        "a mark that joins the sign before it is a part of a name all the same",
        arguments: [
            ("/\u{301}a", ["\u{301}a"]), ("/a/\u{20E3}", ["a", "\u{20E3}"]), ("/~0\u{301}", ["~\u{301}"]),
            ("/~1\u{308}x", ["/\u{308}x"]), ("/1\u{301}", ["1\u{301}"]),
            ("/\u{200D}/\u{FE0F}", ["\u{200D}", "\u{FE0F}"]),
        ])
    func marks(text: String, tokens: [String]) throws {
        let pointer = try #require(JSONPointer(parsing: text))
        #expect(Self.scalars(pointer.tokens) == Self.scalars(tokens))
        #expect(Array(pointer.description.utf8) == Array(text.utf8))
        let document = try JSONDocument.parse(JSONValue.object([(tokens[0], .string("here"))]).text())
        #expect(JSONPointer([tokens[0]]).resolve(in: document.root)?.string == "here")
    }

    @Test("random texts are read as the grammar says, and written back", arguments: Fuzzing.seeds(from: 60, count: 10))
    func agreesWithTheGrammar(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet: [Unicode.Scalar] = [
            "/", "/", "~", "0", "1", "2", "a", "-", "é", "\u{301}", "😀", "\u{200D}", "\"",
        ]
        var refused = 0
        for _ in 0..<500 {
            let length = Int.random(in: 0...8, using: &random)
            let body = (0..<length).map { _ in random.pick(alphabet, or: "x") }
            let text = String(String.UnicodeScalarView((random.chance(85) ? ["/"] : []) + body))
            let expected = Self.naive(text)
            let found = JSONPointer(parsing: text)
            #expect(found.map { Self.scalars($0.tokens) } == expected.map(Self.scalars), "\(text.debugDescription)")
            if expected == nil { refused += 1 }
            if let found { #expect(found.description.utf8.elementsEqual(text.utf8), "\(text.debugDescription)") }
        }
        #expect((20..<480).contains(refused))
    }

    @Test("every value of a document is where its location says", arguments: Fuzzing.seeds(from: 80, count: 10))
    func everyValue(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let names = ["", "a", "/", "~", "~1", "0", "é", "e\u{301}", "\u{301}", " ", "-"]
        func made(_ depth: Int, _ random: inout SeededGenerator) -> JSONValue {
            switch Int.random(in: 0..<(depth > 3 ? 1 : 3), using: &random) {
            case 1:
                return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in made(depth + 1, &random) })
            case 2:
                let chosen = names.filter { _ in random.chance(30) }
                return .object(chosen.map { ($0, made(depth + 1, &random)) })
            default: return .number(JSONNumber(Int.random(in: 0...9, using: &random)))
            }
        }
        let root = try JSONDocument.parse(
            JSONValue.object(names.map { ($0, made(0, &random)) }).text(),
            limits: JSONLimits(refusesDuplicates: false)
        ).root
        var nodes: [JSONNode] = []
        func collect(_ node: JSONNode) {
            nodes.append(node)
            for member in node.members { collect(member.value) }
            for element in node.elements { collect(element) }
        }
        collect(root)
        let shuffled = nodes.shuffled(using: &random)
        #expect(Array(JSONNode.locations(of: shuffled)) == shuffled.map(\.location), "one walk and many say the same")
        for node in nodes {
            let pointer = JSONPointer(node.location)
            #expect(pointer.resolve(in: root) == node, "\(pointer)")
            #expect(JSONPointer(parsing: pointer.description)?.resolve(in: root) == node, "\(pointer)")
            #expect(node.document.node(at: node.index) == node)
        }
    }

    @Test(
        "nothing is where nothing is",
        arguments: ["/b", "/a/3", "/a/-1", "/a/0/0", "/c/x", "/a/", "/a//0", "/A", "//", "/a/0x1", "/a/1.0"])
    func nothing(text: String) throws {
        let root = try JSONDocument.parse(#"{"a": [1, 2, 3], "c": null, "": {}}"#).root
        #expect(try #require(JSONPointer(parsing: text)).resolve(in: root) == nil)
    }

    @Test("locations of many values deep down share their beginnings")
    func deepLocations() throws {
        let (open, close) = (String(repeating: "[", count: 900), String(repeating: "]", count: 900))
        let text = open + Array(repeating: "1", count: 100_000).joined(separator: ",") + close
        let root = try JSONDocument.parse(text, limits: JSONLimits(depth: 1_000)).root
        var leaf = root
        while let inner = leaf.element(0) { leaf = inner }
        let nodes = (0..<100_000).map { root.document.node(at: leaf.index + $0) }
        let locations = JSONNode.locations(of: nodes)
        #expect(locations.count == 100_000)
        #expect(locations[99_999].count == 900 && locations[99_999].last == .index(99_999))
    }

    @Test("locations of no values, and of one value named twice")
    func locations() throws {
        let root = try JSONDocument.parse(#"{"a": [1, {"b": 2}]}"#).root
        #expect(JSONNode.locations(of: []).isEmpty)
        let inner = try #require(root["a"]?.element(1)?["b"])
        let way: [JSONStep] = [.name("a"), .index(1), .name("b")]
        #expect(Array(JSONNode.locations(of: [inner, root, inner])) == [way, [], way])
    }
}
