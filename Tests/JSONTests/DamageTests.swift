import JSON
import TestSupport
import Testing

/// Documents with one thing wrong, all of them: cut at each byte, a sign changed, left out, doubled or moved.
///
/// The naive reader says which of them are JSON all the same, and what they hold then.
@Suite("JSON damage", .timeLimit(.minutes(2)))
struct DamageTests {
    private static let documents = [
        #"{"id":1042,"total":-10.50e+2,"tags":["x",null,true,false,{}],"é":"\u00e9\n\"日😀"}"#,
        " [ [ ] , { \"a\" : { \"b\" : [ 0 , -0.1E5 ] } } ] \r\n",
        #""\ud83d\ude00 \/ \\ 😀""#,
    ]

    private func isAgreed(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        let text = String(view)
        return (try? JSONDocument.parse(text)).map { JSONValue.node($0.root) } == NaiveReader.read(text)
    }

    @Test("no beginning of a document is one, and the fault lies within it", arguments: documents)
    func cut(document: String) throws {
        let bytes = Array(document.utf8)
        _ = try JSONDocument.parse(bytes)
        // White space at the end is none of the document.
        let end = try #require(bytes.lastIndex { ![0x20, 0x0A, 0x0D].contains($0) })
        for count in 0...end {
            let beginning = Array(bytes[..<count])
            let error = #expect(throws: JSONError.self, "\(count)") { _ = try JSONDocument.parse(beginning) }
            let isText = String(validating: beginning, as: UTF8.self) != nil
            #expect(error?.fault == (isText ? .syntax : .notUTF8), "\(count)")
            #expect((0...count).contains(error?.position.offset ?? -1), "\(count)")
        }
    }

    @Test("a number has beginnings that are numbers, and none but those")
    func cutNumber() {
        let accepted = (0...8).filter { (try? JSONDocument.parse(String("-10.5e+2".prefix($0)))) != nil }
        #expect(accepted == [2, 3, 5, 8])
    }

    @Test("no end of a document is one but its own last value", arguments: documents)
    func ends(document: String) {
        let scalars = Array(document.unicodeScalars)
        for start in scalars.indices { #expect(isAgreed(scalars[start...]), "\(start)") }
    }

    @Test("one sign changed", arguments: documents)
    func changed(document: String) {
        let signs: [Unicode.Scalar] = (0..<128).compactMap { Unicode.Scalar($0) } + ["é", "\u{2028}", "😀"]
        var scalars = Array(document.unicodeScalars)
        for place in scalars.indices {
            let former = scalars[place]
            for sign in signs {
                scalars[place] = sign
                #expect(isAgreed(scalars), "\(sign.debugDescription) at \(place)")
            }
            scalars[place] = former
        }
    }

    @Test("one sign left out, doubled, or exchanged with the next", arguments: documents)
    func moved(document: String) {
        let scalars = Array(document.unicodeScalars)
        for place in scalars.indices {
            var other = scalars
            other.remove(at: place)
            #expect(isAgreed(other), "without \(place)")
            other = scalars
            other.insert(scalars[place], at: place)
            #expect(isAgreed(other), "\(place) twice")
            guard place + 1 < scalars.count else { continue }
            other = scalars
            other.swapAt(place, place + 1)
            #expect(isAgreed(other), "\(place) and the next")
        }
    }

    /// A byte from 0x80 on in the place of one of ASCII is never a part of a character.
    @Test("one byte that makes the text none", arguments: documents)
    func foreignByte(document: String) {
        var bytes = Array(document.utf8)
        for place in bytes.indices where bytes[place] < 0x80 {
            let former = bytes[place]
            for byte in [0x80, 0xBF, 0xC0, 0xC3, 0xE2, 0xED, 0xF0, 0xFF] as [UInt8] {
                bytes[place] = byte
                // Before some bytes a lead byte may make a character of the rest of one.
                guard String(validating: bytes, as: UTF8.self) == nil else { continue }
                #expect((try? JSONDocument.parse(bytes)) == nil, "\(byte) at \(place)")
            }
            bytes[place] = former
        }
    }

    @Test("deep and wide: places, ways and counts hold at the limits")
    func large() throws {
        let depth = JSONLimits.deepestDepth
        let open = (0..<depth).map { $0.isMultiple(of: 2) ? "[0," : "{\"a\":" }.joined()
        let close = (0..<depth).reversed().map { $0.isMultiple(of: 2) ? "]" : "}" }.joined()
        let deep = try JSONDocument.parse(open + "7" + close, limits: JSONLimits(depth: depth)).root
        #expect(Array(deep.containers).count == depth)
        let leaf = deep.document.node(at: deep.document.entryCount - 1)
        #expect(leaf.number?.int64 == 7 && leaf.location.count == depth)
        #expect(leaf.location.prefix(3) == [.index(1), .name("a"), .index(1)])
        #expect(JSONPointer(leaf.location).resolve(in: deep) == leaf)

        let count = 100_000
        let wide = try JSONDocument.parse("[" + (0..<count).map { "{\"n\":\($0)}" }.joined(separator: ",\n") + "]").root
        #expect(wide.count == count && wide.document.entryCount == 1 + 3 * count)
        let last = try #require(wide.element(count - 1)?["n"])
        #expect(last.number?.int64 == Int64(count - 1) && last.position.line == count && last.position.column == 6)
        #expect(wide.element(count) == nil)
        #expect(wide.elements.enumerated().allSatisfy { $1["n"]?.number?.int64 == Int64($0) })
    }
}
