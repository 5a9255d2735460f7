extension LogLine {
    /// Appends text that needs no escaping.
    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends text with everything escaped that could end a string or a line, or steer a terminal.
    mutating func appendEscaped(_ text: String) {
        let utf8 = text.utf8
        if utf8.count <= Self.valueLimit, bytes.count + utf8.count < hardEnd, isPlain(utf8.span) {
            bytes.append(contentsOf: utf8)
        } else {
            appendScalars(of: text)
        }
    }

    /// Whether the bytes can stand in a line as they are.
    private func isPlain(_ text: Span<UInt8>) -> Bool {
        let isASCIIOnly = format == .text
        for place in text.indices {
            switch text[place] {
            case 0..<0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"): return false
            case 0x80...: if isASCIIOnly { return false }
            default: continue
            }
        }
        return true
    }

    /// The slow way: scalar by scalar, up to the limits.
    private mutating func appendScalars(of text: String) {
        var room = Self.valueLimit
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            // Twelve bytes are the longest escape (a surrogate pair), three the mark of a cut.
            guard width <= room, bytes.count + 15 < hardEnd else {
                append("…")
                return
            }
            room -= width
            appendScalar(scalar)
        }
    }

    private mutating func appendScalar(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        default:
            if scalar.value < 0x20 || scalar.value == 0x7F || (format == .text && scalar.steersTerminals) {
                appendUnicodeEscape(scalar)
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    /// Writes `\u001b`, as a pair of surrogates where one unit does not hold it.
    private mutating func appendUnicodeEscape(_ scalar: Unicode.Scalar) {
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            append("\\u")
            append(String(repeating: "0", count: 4 - digits.count))
            append(digits)
        }
    }

    /// A value of the text form: bare where it is one word, quoted otherwise.
    mutating func appendTextValue(_ value: String) {
        let isWord = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "=") }
        if isWord {
            appendEscaped(value)
        } else {
            bytes.append(UInt8(ascii: "\""))
            appendEscaped(value)
            bytes.append(UInt8(ascii: "\""))
        }
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is a control, a format character (direction marks) or a line separator of Unicode.
    fileprivate var steersTerminals: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
