/// What looks like an e-mail address: `anna.petrova@example.com`.
///
/// Pragmatic: what mail providers give out, not all that RFC 5322 allows. At most 254 bytes; before the `@` at most 64
/// bytes of ASCII letters, digits and ``!#$%&'*+/=?^_`{|}~-``, with single dots between them; behind it two or more
/// labels of at most 63 bytes, of which the last is no number. Labels may have letters of any script (IDN), which are
/// left as they are. Quoted names, comments, address literals and other scripts before the `@` are refused.
enum EmailShape {
    /// Whether a text is of that shape.
    static func holds(for text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
        return isName(bytes[..<at]) && isDomain(bytes[(at + 1)...])
    }

    private static let marks = Set("!#$%&'*+/=?^_`{|}~-".utf8)

    private static func isName(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.count <= 64 else { return false }
        return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { isAlphanumeric($0) || marks.contains($0) }
        }
    }

    private static func isDomain(_ domain: ArraySlice<UInt8>) -> Bool {
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(isLabel), let last = labels.last else { return false }
        return last.count >= 2 && !last.allSatisfy { $0 < 0x80 && !isLetter($0) }
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else {
            return false
        }
        return String(decoding: label, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
            guard !scalar.isASCII else { return isAlphanumeric(UInt8(scalar.value)) || scalar == "-" }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
                .decimalNumber:
                return true
            default: return false
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
