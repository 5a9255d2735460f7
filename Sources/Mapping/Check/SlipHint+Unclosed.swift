extension SlipHint {
    /// Which bracket is most likely the one that nobody closed.
    ///
    /// Closing brackets that are there close what was opened last, whatever was meant. Where people indent, one that
    /// begins its line further left than the line of what it closes belongs to another, and what it closes by mistake
    /// is what lacks its own. Without such a line it is the innermost that is open.
    static func unclosed(in bytes: [UInt8]) -> String? {
        var open: [Bracket] = []
        var line = 1
        var indent = 0
        var isLineStart = true
        var isInText = false
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == 0x0A { (line, indent, isLineStart, isInText) = (line + 1, 0, true, false) }
            if isInText {
                if byte == UInt8(ascii: "\\") { place += 1 }
                isInText = byte != UInt8(ascii: "\"")
                continue
            }
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                if isLineStart { indent += 1 }
                continue
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(Bracket(byte: byte, line: line, indent: indent))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard let closed = open.popLast() else { return nil }
                if isLineStart, closed.line < line, closed.indent > indent { return closed.hint }
            default: break
            }
            isLineStart = false
        }
        return open.last?.hint
    }

    /// A bracket that opens something.
    private struct Bracket {
        let byte: UInt8
        let line: Int
        /// How far its line is indented.
        let indent: Int

        var hint: String {
            let (opening, closing) = byte == UInt8(ascii: "{") ? ("{", "}") : ("[", "]")
            return "the \(opening) of line \(line) is not closed: write \(closing) where it ends"
        }
    }
}
