import Testing
import XML

/// Reading and writing through libxml2.
@Suite(.timeLimit(.minutes(1)))
struct XMLTests {
    private func read(_ text: String, _ limits: XMLReader.Limits = .init()) throws(XMLError) -> XMLElement {
        try XMLReader.parse(Array(text.utf8), limits: limits)
    }

    @Test func elementsAndText() throws {
        let root = try read("<?xml version='1.0'?><!-- c --><a x='1'><b>1 &lt; 2</b><c/><b><![CDATA[<3>]]></b>t</a>")
        let expected = XMLElement(
            "a", text: "t", children: [XMLElement("b", text: "1 < 2"), XMLElement("c"), XMLElement("b", text: "<3>")])
        #expect(root == expected)
        #expect(root["b"]?.text == "1 < 2" && root["d"] == nil)
    }

    @Test func otherEncodingsAreRead() throws {
        let bytes = Array("<?xml version='1.0' encoding='windows-1251'?><a>".utf8) + [0xD3, 0xF1] + Array("</a>".utf8)
        #expect(try XMLReader.parse(bytes).text == "Ус")
    }

    @Test(arguments: [
        "", " ", "a", "<", "<a", "<a>", "<a></b>", "<a/><b/>", "<a>&x;</a>", "<a b=c/>", "<a>\u{1}</a>", "</a>", "<a><",
        "<a>&#0;</a>", "<a>\u{0}</a>", "<?xml?><a/>", "<a b='1' b='2'/>",
    ])
    func malformed(text: String) {
        #expect(throws: XMLError.self) { try read(text) }
    }

    @Test func bytesThatAreNoText() {
        #expect(throws: XMLError.self) { try XMLReader.parse([0x3C, 0x61, 0x3E, 0xFF, 0xFE, 0x3C, 0x2F, 0x61, 0x3E]) }
    }

    /// A billion laughs, an external entity, a remote document type: none is even looked at.
    @Test(arguments: [
        "<!DOCTYPE a><a/>", "<!DOCTYPE a []><a/>", "<!DOCTYPE a [<!ENTITY l 'lol'>]><a>&l;</a>",
        "<!DOCTYPE a [<!ENTITY l SYSTEM 'file:///etc/passwd'>]><a>&l;</a>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>",
        "<!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;']><a>&c;</a>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'>%p;]><a/>",
    ])
    func documentTypesAreRefused(text: String) {
        #expect(throws: XMLError.self) { try read(text) }
    }

    @Test func limits() throws {
        let deep = String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65)
        #expect(throws: XMLError.tooBig("levels")) { try read(deep) }
        #expect(throws: XMLError.tooBig("elements")) { try read("<a><b/><b/></a>", .init(elements: 2)) }
        #expect(throws: XMLError.tooBig("bytes")) { try read("<a/>", .init(bytes: 3)) }
        #expect(try read("<a><b/><b/></a>", .init(elements: 3)).children.count == 2)
        #expect(throws: XMLError.self) { try read(String(repeating: "<a>", count: 100_000)) }
    }

    /// An attached file is a text far beyond libxml2's own bound; without that bound no entity may be let in.
    @Test func longTextsAreReadAndNoTypeHidesAmongThem() throws {
        let long = Array(String(repeating: "QUJD", count: 2_750_000).utf8)
        func document(_ prolog: String) throws -> XMLElement {
            try XMLReader.parse(Array("\(prolog)<a><b>".utf8) + long + Array("</b></a>".utf8))
        }
        for prolog in ["", "<?xml version='1.0'?>\n<!-- <!DOCTYPE a> --><?x <!DOCTYPE?>"] {
            #expect(try document(prolog)["b"]?.text.utf8.count == long.count)
        }
        for prolog in [
            "<!DOCTYPE a>", " <!--x--><?y?> <!DOCTYPE a [<!ENTITY % p ''>]>", "<?x", "<!-- x", "<!-- x --",
            String(repeating: " ", count: 70_000), "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a>",
        ] {
            #expect(throws: XMLError.self) { try document(prolog) }
        }
    }

    private func written(_ text: String, in name: String = "a") throws(XMLError) -> [UInt8] {
        let writer = try XMLWriter()
        try writer.begin(name)
        try writer.text(text)
        try writer.end()
        return writer.finish()
    }

    @Test(arguments: ["", "a", "<&>\"'", "]]>", "\t\n\r", " x ", "日本😀", "\u{E000}", "\u{10FFFF}", "\u{85}\u{2028}"])
    func textComesBackAsItWas(text: String) throws {
        #expect(try XMLReader.parse(written(text)).text == text)
    }

    @Test(arguments: ["\u{0}", "\u{8}", "\u{B}", "\u{1F}", "\u{FFFE}", "\u{FFFF}", "é\u{1}"])
    func charactersThatXMLHasNot(text: String) {
        #expect(throws: XMLError.self) { try written(text) }
    }

    @Test(arguments: ["a", "_a", "a-b.c", "ключ", "日本", "a1"])
    func names(name: String) throws {
        #expect(try XMLReader.parse(written("x", in: name)) == XMLElement(name, text: "x"))
    }

    @Test(arguments: ["", "1", "-a", ".", "a b", "a:b", "a<b", "a\u{0}", "×", String(repeating: "a", count: 257)])
    func namesThatAreNone(name: String) {
        #expect(throws: XMLError.self) { try written("", in: name) }
    }

    @Test func endWithoutBegin() throws {
        let writer = try XMLWriter()
        #expect(throws: XMLError.library) { try writer.end() }
    }

    @Test func errorsAreOneLine() {
        let errors: [XMLError] = [
            .syntax("line 1: x"), .tooBig("levels"), .documentType, .name("a b"), .character("U+0007"), .library,
        ]
        for error in errors { #expect(!"\(error)".contains("\n") && !"\(error)".isEmpty) }
    }
}
