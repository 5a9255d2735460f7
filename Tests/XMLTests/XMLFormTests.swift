import Testing
import XML

/// The many forms in which one text may come, and the forms beside them that are none.
@Suite(.timeLimit(.minutes(1)))
struct XMLFormTests {
    private func text(_ document: String) -> String? {
        (try? XMLReader.parse(Array(document.utf8)))?.text
    }

    @Test(arguments: [
        ("<a>x</a>", "x"), ("<a>&lt;&gt;&amp;&quot;&apos;</a>", "<>&\"'"), ("<a>&#65;&#x42;&#x63;</a>", "ABc"),
        ("<a>&#9;&#10;&#13;</a>", "\t\n\r"), ("<a>&#x10FFFF;</a>", "\u{10FFFF}"), ("<a>&amp;lt;</a>", "&lt;"),
        ("<a><![CDATA[<&>]]></a>", "<&>"), ("<a>x<![CDATA[]]>y</a>", "xy"),
        ("<a><![CDATA[a]]]]><![CDATA[>b]]></a>", "a]]>b"), ("<a>x<!-- c -->y</a>", "xy"), ("<a>x<?p d?>y</a>", "xy"),
        ("<a>x<b>no</b>y</a>", "xy"), ("<a>1\r\n2\r3\n4</a>", "1\n2\n3\n4"), ("<a b='x' c=\"y\">z</a>", "z"),
        ("<a  >x</a  >", "x"), ("<?xml version='1.0'?>\n<a>x</a>\n<!-- c --><?p?>", "x"), ("<!--c--><a>x</a>", "x"),
        ("<a xmlns='urn:x'>x</a>", "x"), ("<n:a xmlns:n='urn:x'>x</n:a>", "x"), ("<a/>", ""), ("<a></a>", ""),
        ("\u{FEFF}<a>x</a>", "x"),
    ])
    func isRead(document: String, expected: String) {
        #expect(text(document) == expected)
    }

    @Test(arguments: [
        "<a>&LT;</a>", "<a>&#x110000;</a>", "<a>&#xD800;</a>", "<a>&#xFFFE;</a>", "<a>&#0;</a>", "<a>&#;</a>",
        "<a>&#xG;</a>", "<a>&lt</a>", "<a>& b</a>", "<a>]]></a>", "<a><![CDATA[x]]</a>", "<a><![cdata[x]]></a>",
        "<a><!-- c -- d --></a>", "<a><!-- c></a>", "<a><?p></a>", "<a b=1>x</a>", "<a b>x</a>", "<a b='<'>x</a>",
        "<a>x</A>", "<a>x</b>", "< a>x</a>", "<a>x</ a>", "<a/ >", "x<a/>", "<a/>x", " <?xml version='1.0'?><a/>",
        "<?xml version='1.0' encoding='no-such'?><a/>", "<a\u{0}/>", "<a>\u{FFFF}</a>", "<1/>", "<a b='1'b='2'/>",
    ])
    func isRefused(document: String) {
        #expect(text(document) == nil)
    }

    /// The bytes of a text in UTF-16, with its mark.
    private func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        ([0xFEFF] + Array(text.utf16)).flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return bigEndian ? [high, low] : [low, high]
        }
    }

    @Test(arguments: [false, true])
    func utf16IsRead(bigEndian: Bool) throws {
        let document = "<?xml version='1.0' encoding='UTF-16'?><a>é日😀</a>"
        let bytes = utf16(document, bigEndian: bigEndian)
        #expect(try XMLReader.parse(bytes).text == "é日😀")
        for count in 0..<(bytes.count - 1) {
            #expect(throws: XMLError.self, "\(count)") { try XMLReader.parse(Array(bytes[..<count])) }
        }
        // A document type is none the better for not being ASCII.
        let type = utf16("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", bigEndian: bigEndian)
        #expect(throws: XMLError.self) { try XMLReader.parse(type) }
    }

    @Test(arguments: [
        ("ISO-8859-1", [0xE9] as [UInt8], "é"), ("windows-1251", [0xE0, 0xFF], "ая"), ("KOI8-R", [0xC1], "а"),
        ("UTF-8", [0xC3, 0xA9], "é"), ("US-ASCII", [0x41], "A"),
    ])
    func declaredEncodings(name: String, bytes: [UInt8], expected: String) throws {
        let document = Array("<?xml version='1.0' encoding='\(name)'?><a>".utf8) + bytes + Array("</a>".utf8)
        #expect(try XMLReader.parse(document).text == expected)
    }

    @Test func theFirstChildOfANameIsFound() throws {
        let root = try XMLReader.parse(Array("<r><a>1</a><b/><a>2</a><n:a xmlns:n='u'>3</n:a></r>".utf8))
        #expect(root.children.map(\.name) == ["a", "b", "a", "n:a"])
        #expect(root["a"]?.text == "1" && root["n:a"]?.text == "3" && root["A"] == nil)
    }
}
