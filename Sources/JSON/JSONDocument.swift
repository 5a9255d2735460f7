/// A parsed JSON text: its bytes and a flat table of the values in them.
///
/// Values are read in place. Numbers keep their digits, strings their escapes and objects their order, because nothing
/// is converted until it is asked for. The table is an array, so neither parsing nor freeing a deep document recurses.
package final class JSONDocument: Sendable {
    /// The text.
    package let bytes: [UInt8]
    let entries: [Entry]

    init(bytes: [UInt8], entries: [Entry]) {
        self.bytes = bytes
        self.entries = entries
    }

    /// The outermost value.
    package var root: JSONNode {
        JSONNode(document: self, index: 0)
    }

    /// How many values and member names the document holds.
    package var entryCount: Int { entries.count }

    /// How much memory the document takes, in bytes.
    package var footprint: Int { bytes.count + entries.count * MemoryLayout<Entry>.stride }

    /// Parses a text.
    ///
    /// Accepts exactly RFC 8259: one value, UTF-8 without a byte order mark. A lone surrogate escape is within that
    /// grammar and is kept as written; it reads as U+FFFD when text is asked for.
    ///
    /// - Throws: ``JSONError`` with the first fault.
    package static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONDocument {
        var parser = JSONParser(bytes: bytes, limits: limits)
        return JSONDocument(bytes: bytes, entries: try parser.parse())
    }

    /// Parses a text given as a string.
    package static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONDocument {
        try parse(Array(text.utf8), limits: limits)
    }

    /// One row of the table, in the order of the text: a member's name stands right before its value.
    struct Entry: Sendable {
        /// Byte offsets of the token, or of the whole container with its brackets.
        var start: UInt32
        var end: UInt32
        /// The row after the last one that belongs to this value.
        var next: UInt32
        /// Elements or members of a container; of a string the hash of its decoded UTF-8.
        var extra: UInt32
        var kind: JSONKind
        /// The string holds at least one escape, so its bytes are not its text.
        var escaped: Bool
    }
}

extension JSONDocument {
    /// The document `{}`.
    package static let emptyObject = JSONDocument(
        bytes: Array("{}".utf8),
        entries: [Entry(start: 0, end: 2, next: 1, extra: 0, kind: .object, escaped: false)])
}
