/// One value of a ``JSONDocument``, read in place.
package struct JSONNode: Sendable {
    /// The document that the value stands in.
    package let document: JSONDocument
    /// The value's row; together with the document it is the value's identity.
    package let index: Int

    @inline(__always)
    var entry: JSONDocument.Entry { document.entries[index] }

    /// What the value is.
    package var kind: JSONKind { entry.kind }

    /// The value's bytes as they stand in the text, a container with its brackets.
    package var rawBytes: ArraySlice<UInt8> {
        let entry = entry
        return document.bytes[Int(entry.start)..<Int(entry.end)]
    }

    /// Where the value begins.
    package var position: JSONPosition {
        JSONPosition(offset: Int(entry.start), in: document.bytes)
    }

    /// Bytes before the value in the text.
    package var offset: Int { Int(entry.start) }

    /// Bytes from the start of the text to the end of the value.
    package var endOffset: Int { Int(entry.end) }

    /// How many elements or members a container has; 0 for a leaf.
    package var count: Int {
        switch entry.kind {
        case .array, .object: Int(entry.extra)
        default: 0
        }
    }

    /// Whether the value is null.
    package var isNull: Bool { entry.kind == .null }

    /// The truth value, or nil when the value is none.
    package var bool: Bool? {
        let entry = entry
        guard entry.kind == .bool else { return nil }
        return document.bytes[Int(entry.start)] == UInt8(ascii: "t")
    }

    /// The number with its digits, or nil when the value is none.
    package var number: JSONNumber? {
        guard entry.kind == .number else { return nil }
        return JSONNumber(checked: String(decoding: rawBytes, as: UTF8.self))
    }

    /// The text, or nil when the value is none; a lone surrogate reads as U+FFFD.
    package var string: String? {
        guard entry.kind == .string else { return nil }
        return text
    }

    /// The UTF-8 of a string between its quotes, escapes undone; empty for other kinds.
    package var utf8: ArraySlice<UInt8> {
        let entry = entry
        guard entry.kind == .string else { return [] }
        let raw = document.bytes[(Int(entry.start) + 1)..<(Int(entry.end) - 1)]
        return entry.escaped ? JSONText.decode(raw)[...] : raw
    }

    /// Whether the value is this text; cheaper than making a string.
    package func equals(_ name: JSONName) -> Bool {
        let entry = entry
        guard entry.kind == .string, entry.extra == name.hash else { return false }
        return utf8.elementsEqual(name.utf8)
    }

    /// The hash of a string's decoded UTF-8, 0 for other kinds: equal texts have equal hashes.
    package var stringHash: UInt32 { entry.kind == .string ? entry.extra : 0 }

    private var text: String { String(decoding: utf8, as: UTF8.self) }
}

extension JSONNode: Equatable {
    /// Two nodes are equal when they are the same place of the same document; for equal values see `isEqual(to:)`.
    package static func == (left: JSONNode, right: JSONNode) -> Bool {
        left.document === right.document && left.index == right.index
    }
}
