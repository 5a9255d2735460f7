package import JSON

/// Finds the places inside a text of a document, through its escapes.
///
/// A path or a template is read from the decoded text, but the author looks at the file: character 7 of the text may be
/// column 31 of the line because a quote in it is written `\"`.
package enum SourceText {
    /// The byte offset, in the document, of the scalar with this number in the decoded text of a string.
    ///
    /// A number past the end gives the closing quote; for other values than strings it is the value's beginning.
    package static func offset(ofScalar number: Int, in node: JSONNode) -> Int {
        guard node.kind == .string else { return node.offset }
        let bytes = node.document.bytes
        let end = node.endOffset - 1
        var place = node.offset + 1
        var passed = 0
        while place < end, passed < number {
            place = next(after: place, in: bytes, end: end)
            passed += 1
        }
        return min(place, end)
    }

    /// The place after one character, which may be an escape or a pair of escaped surrogates.
    private static func next(after place: Int, in bytes: [UInt8], end: Int) -> Int {
        guard bytes[place] == UInt8(ascii: "\\") else {
            var following = place + 1
            while following < end, bytes[following] & 0xC0 == 0x80 { following += 1 }
            return following
        }
        guard place + 1 < end, bytes[place + 1] == UInt8(ascii: "u") else { return place + 2 }
        let isPair =
            isSurrogate(bytes, place, end, second: "89abAB") && isSurrogate(bytes, place + 6, end, second: "cdefCDEF")
        return place + (isPair ? 12 : 6)
    }

    /// Whether a `\uD8xx`-like escape with one of these second digits begins here.
    private static func isSurrogate(_ bytes: [UInt8], _ place: Int, _ end: Int, second: String) -> Bool {
        guard place + 6 <= end, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else {
            return false
        }
        return bytes[place + 2] | 0x20 == UInt8(ascii: "d") && second.utf8.contains(bytes[place + 3])
    }
}
