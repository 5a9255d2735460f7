/// Finds lines and columns of many places of a text: one that lies behind the last is found from there.
///
/// A value by itself reads the text from its beginning, which is quick for one place and slow for thousands.
package struct JSONPositions {
    private let bytes: [UInt8]
    private var last = JSONPosition.start

    /// Begins at the start of a text.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The line and column of a byte offset; one past the end counts as the end.
    package mutating func position(at offset: Int) -> JSONPosition {
        let end = min(max(offset, 0), bytes.count)
        if end < last.offset { last = .start }
        var (line, column) = (last.line, last.column)
        for byte in bytes[last.offset..<end] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        last = JSONPosition(offset: end, line: line, column: column)
        return last
    }
}
