/// Strings and numbers of the grammar (RFC 8259 sections 6 and 7).
extension JSONParser {
    /// Reads a string; its hash is that of the decoded text, so that `"\u0061"` and `"a"` are one name.
    mutating func string() throws(JSONError) {
        let start = place
        place += 1
        var hash = JSONName.hashSeed
        while place < bytes.count {
            let byte = bytes[place]
            if byte == Ascii.quote {
                place += 1
                append(.string, from: start, to: place, extra: hash)
                return
            }
            if byte == Ascii.backslash { return try escapedString(from: start) }
            if byte >= 0x80 {
                let end = try multibyte()
                while place < end {
                    hash = JSONName.hashing(hash, bytes[place])
                    place += 1
                }
                continue
            }
            guard byte >= 0x20 else { throw controlCharacter() }
            hash = JSONName.hashing(hash, byte)
            place += 1
        }
        throw error(.syntax, "the text that begins here has no closing quote", at: start)
    }

    /// Goes on with a string from its first escape.
    private mutating func escapedString(from start: Int) throws(JSONError) {
        while place < bytes.count {
            let byte = bytes[place]
            if byte == Ascii.quote {
                place += 1
                let decoded = JSONText.decode(bytes[(start + 1)..<(place - 1)])
                append(.string, from: start, to: place, extra: JSONName.hash(decoded[...]), escaped: true)
                return
            }
            if byte == Ascii.backslash {
                try escape()
            } else if byte >= 0x80 {
                place = try multibyte()
            } else {
                guard byte >= 0x20 else { throw controlCharacter() }
                place += 1
            }
        }
        throw error(.syntax, "the text that begins here has no closing quote", at: start)
    }

    private mutating func escape() throws(JSONError) {
        let start = place
        place += 1
        guard place < bytes.count else { throw error(.syntax, "an escape without its letter", at: start) }
        switch bytes[place] {
        case Ascii.quote, Ascii.backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            place += 1
        case UInt8(ascii: "u"):
            let digits = bytes[(place + 1)...].prefix(4)
            guard digits.count == 4, digits.allSatisfy({ Ascii.hexDigit($0) != nil }) else {
                throw error(.syntax, "\\u needs four hexadecimal digits", at: start)
            }
            place += 5
        default:
            throw error(
                .syntax, "\"\\\" is followed by no letter of an escape; write \"\\\\\" for the sign itself", at: start)
        }
    }

    /// Checks one multi-byte character (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF); answers its end.
    private func multibyte() throws(JSONError) -> Int {
        let lead = bytes[place]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { low = 0xA0 }
            if lead == 0xED { high = 0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { low = 0x90 }
            if lead == 0xF4 { high = 0x8F }
        default: throw notUTF8()
        }
        guard place + length <= bytes.count, (low...high).contains(bytes[place + 1]) else { throw notUTF8() }
        for index in (place + 2)..<max(place + length, place + 2) {
            guard bytes[index] & 0xC0 == 0x80 else { throw notUTF8() }
        }
        return place + length
    }

    /// Reads a number; only its form is checked, its digits stay where they are.
    mutating func number(_ first: UInt8) throws(JSONError) {
        let start = place
        if first == Ascii.minus { place += 1 }
        guard place < bytes.count, Ascii.isDigit(bytes[place]) else {
            let message =
                first == Ascii.minus
                ? "expected a digit after the minus sign" : "expected a value, found \(found(at: start))"
            throw error(.syntax, message, at: start)
        }
        let leadingZero = bytes[place] == Ascii.zero
        digits()
        if leadingZero, place - start > (first == Ascii.minus ? 2 : 1) {
            throw error(.syntax, "a number must not begin with a zero", at: start)
        }
        if place < bytes.count, bytes[place] == Ascii.point {
            place += 1
            guard digits() else { throw error(.syntax, "expected a digit after the decimal point", at: place) }
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            if place < bytes.count, bytes[place] == Ascii.minus || bytes[place] == Ascii.plus { place += 1 }
            guard digits() else { throw error(.syntax, "expected a digit in the exponent", at: place) }
        }
        append(.number, from: start, to: place)
    }

    @discardableResult
    private mutating func digits() -> Bool {
        let start = place
        while place < bytes.count, Ascii.isDigit(bytes[place]) { place += 1 }
        return place > start
    }
}
