/// Why bytes are no acceptable JSON document, and where.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault, which callers treat differently.
    package enum Fault: Sendable, Hashable {
        /// The text breaks the grammar of RFC 8259.
        case syntax
        /// The text is not UTF-8.
        case notUTF8
        /// More bytes than allowed.
        case tooBig
        /// More nesting than allowed.
        case tooDeep
        /// An object names a member twice.
        case duplicateMember
    }

    /// What kind of fault it is.
    package let fault: Fault
    /// Where it is.
    package let position: JSONPosition
    /// One sentence without a full stop: what is wrong and, where it helps, what was expected.
    package let message: String

    /// One line: `3:14: expected a comma or "}"`.
    package var description: String {
        "\(position): \(message)"
    }
}

/// A place in a text, for people: lines and columns count from 1, columns count Unicode scalars.
package struct JSONPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Bytes before the place.
    package let offset: Int
    /// The line, from 1.
    package let line: Int
    /// The column in Unicode scalars, from 1.
    package let column: Int

    /// Makes a place from its parts.
    package init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// Finds the line and column of a byte offset in a text; an offset past the end counts as the end.
    package init(offset: Int, in bytes: [UInt8]) {
        var positions = JSONPositions(bytes)
        self = positions.position(at: offset)
    }

    /// The beginning of a text.
    package static let start = JSONPosition(offset: 0, line: 1, column: 1)

    /// Earlier in the text is less.
    package static func < (left: JSONPosition, right: JSONPosition) -> Bool {
        left.offset < right.offset
    }

    /// `line:column`.
    package var description: String {
        "\(line):\(column)"
    }
}
