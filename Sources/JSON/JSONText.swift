/// Texts between their quotes: escapes in and out.
enum JSONText {
    /// The UTF-8 that an escaped text (without its quotes) stands for; a lone surrogate becomes U+FFFD.
    ///
    /// The input must have passed the parser.
    static func decode(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var place = raw.startIndex
        while place < raw.endIndex {
            guard raw[place] == Ascii.backslash else {
                result.append(raw[place])
                place += 1
                continue
            }
            let letter = raw[place + 1]
            guard letter == UInt8(ascii: "u") else {
                result.append(simple(letter))
                place += 2
                continue
            }
            let unit = codeUnit(raw, place)
            place += 6
            if UTF16.isLeadSurrogate(unit), place + 5 < raw.endIndex, raw[place] == Ascii.backslash,
                raw[place + 1] == UInt8(ascii: "u"), UTF16.isTrailSurrogate(codeUnit(raw, place))
            {
                let trail = codeUnit(raw, place)
                place += 6
                append(0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(trail - 0xDC00), to: &result)
            } else {
                append(UInt32(unit), to: &result)
            }
        }
        return result
    }

    /// Writes a text with its quotes, escaping only what must be (RFC 8259 section 7).
    ///
    /// Nearly all texts need no escape, so the text is copied as a whole and then looked at.
    static func write(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(Ascii.quote)
        let start = bytes.count
        bytes.append(contentsOf: text)
        if let first = bytes[start...].firstIndex(where: { $0 < 0x20 || $0 == Ascii.quote || $0 == Ascii.backslash }) {
            let rest = Array(bytes[first...])
            bytes.removeLast(rest.count)
            writeEscaped(rest, to: &bytes)
        }
        bytes.append(Ascii.quote)
    }

    private static func writeEscaped(_ text: [UInt8], to bytes: inout [UInt8]) {
        for byte in text {
            switch byte {
            case Ascii.quote, Ascii.backslash:
                bytes.append(Ascii.backslash)
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: [Ascii.backslash, UInt8(ascii: "n")])
            case 0x0D: bytes.append(contentsOf: [Ascii.backslash, UInt8(ascii: "r")])
            case 0x09: bytes.append(contentsOf: [Ascii.backslash, UInt8(ascii: "t")])
            case 0..<0x20:
                bytes.append(contentsOf: Array("\\u00".utf8))
                bytes.append(hex[Int(byte >> 4)])
                bytes.append(hex[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
    }

    private static let hex = Array("0123456789abcdef".utf8)

    private static func simple(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }

    /// The four hexadecimal digits of the escape that begins at `place`.
    private static func codeUnit(_ raw: ArraySlice<UInt8>, _ place: Int) -> UInt16 {
        var unit: UInt16 = 0
        for digit in raw[(place + 2)..<(place + 6)] { unit = unit << 4 | (Ascii.hexDigit(digit) ?? 0) }
        return unit
    }

    private static func append(_ scalar: UInt32, to result: inout [UInt8]) {
        let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
        result.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
    }
}
