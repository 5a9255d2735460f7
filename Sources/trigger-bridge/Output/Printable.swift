/// Foreign text made fit for a terminal: nothing in it moves the cursor, colours, rings or reverses.
enum Printable {
    /// Everything on one line; line breaks are written out, too.
    static func line(_ text: String) -> String {
        escaped(text) { _ in false }
    }

    /// Line breaks and tabs stay.
    static func block(_ text: String) -> String {
        escaped(text) { $0 == "\n" || $0 == "\t" }
    }

    /// One line of at most so many characters.
    static func line(_ text: String, most: Int) -> String {
        text.count <= most ? line(text) : line(String(text.prefix(most - 1))) + "…"
    }

    /// Bytes that are no text, sixteen a line, as far as anybody looks at them.
    static func hexadecimal(_ bytes: [UInt8], most: Int = 1_024) -> String {
        let shown = bytes.prefix(most)
        let lines = stride(from: 0, to: shown.count, by: 16).map { start in
            shown[start..<min(start + 16, shown.count)].map { hexadecimal($0, digits: 2) }.joined(separator: " ")
        }
        let rest = bytes.count - shown.count
        return (lines + (rest > 0 ? ["… and \(rest) more bytes; --json has all of them"] : [])).joined(separator: "\n")
    }

    private static func escaped(_ text: String, keeping isKept: (Unicode.Scalar) -> Bool) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            if isKept(scalar) || !isControl(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "\\u{\(hexadecimal(scalar.value, digits: 1))}"
            }
        }
        return shown
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: true
        default: false
        }
    }

    private static func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(digits - text.count, 0)) + text
    }
}
