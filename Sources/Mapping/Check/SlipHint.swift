import JSON

/// What to write instead, for the slips that people make in JSON by hand or that editors of text make for them.
enum SlipHint {
    /// The hint for a fault of a file's JSON.
    static func hint(_ error: JSONError, in file: SourceFile) -> String {
        hint(of: error.fault) ?? slip(error, in: file)
            ?? "a value is a text in double quotes, a number, true, false, null, {…} or […]"
    }

    /// What to do with a file that an editor has saved in another encoding; nil where its first bytes tell of none.
    static func encoding(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return "the file is saved as UTF-16; save it as UTF-8"
        }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? "save the file as UTF-8 without a byte order mark" : nil
    }

    private static func slip(_ error: JSONError, in file: SourceFile) -> String? {
        let bytes = file.bytes
        let offset = error.position.offset
        if let encoding = encoding(bytes) { return encoding }
        guard let first = bytes.first(where: { !isSpace($0) }) else { return "begin with `trigger-bridge init`" }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            return "a mapping is JSON and begins with {"
        }
        if let known = hint(ofMessage: error.message) { return known }
        guard offset < bytes.count else { return unclosed(in: bytes) ?? "close every {, [ and \" that is open" }
        if error.message.hasPrefix("text after the end") { return "take out what follows; a file holds one mapping" }
        let before = bytes[..<offset].last { !isSpace($0) }
        if isLineBreakInText(error, in: bytes) {
            return hasCurlyQuote(line(at: offset, in: bytes))
                ? straightQuotes : "close the text with \" on the line where it begins; a line break in a text is \\n"
        }
        if bytes[offset] == 0x09, error.message.hasPrefix("control character") {
            return "a tab in a text is written \\t; or write a space"
        }
        // A word right behind a quote: the quote was to be part of the text.
        if offset > 0, bytes[offset - 1] == UInt8(ascii: "\""), isWord(bytes[offset]) {
            return isInPath(line(at: offset, in: bytes))
                ? "inside a path write single quotes: 'text'" : "a quote inside a text is written \\\""
        }
        if bytes[offset] == UInt8(ascii: "#"), offset + 1 < bytes.count, bytes[offset + 1] &- UInt8(ascii: "0") < 10 {
            return "write the number without #"
        }
        if error.message.hasPrefix("expected a colon"), !"=]}".utf8.contains(bytes[offset]) {
            return "write a colon behind the name"
        }
        if let number = decimalComma(at: offset, in: bytes) {
            return "numbers have a decimal point: write \(number)"
        }
        return hint(at: bytes[offset], before: before) ?? hint(atWord: bytes[offset...])
    }

    private static let straightQuotes = "write straight double quotes \" in place of curly ones"

    private static func hint(of fault: JSONError.Fault) -> String? {
        switch fault {
        case .notUTF8: "save the file as UTF-8"
        case .tooBig: "a mapping is a few kilobytes; long tables belong into the publisher"
        case .tooDeep: "nest less"
        case .duplicateMember: "remove one of the two"
        case .syntax: nil
        }
    }

    /// What the reader of JSON knows by itself.
    private static func hint(ofMessage message: String) -> String? {
        if message.contains("no closing quote") { return "close the text with \"" }
        if message.contains("escape without") || message.contains("letter of an escape")
            || message.contains("hexadecimal")
        {
            return "escapes are \\n, \\\" and the like, or \\u with four digits; the sign itself is \\\\"
        }
        guard message.hasPrefix("a number must not begin") else { return nil }
        return "write it without the zero, or in double quotes where the digits are a text"
    }

    /// The byte at fault tells, together with what stands before it.
    private static func hint(at byte: UInt8, before: UInt8?) -> String? {
        switch byte {
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            before == UInt8(ascii: ",")
                ? "remove the comma before it" : "close what was opened last: a [ by ], a { by }"
        case UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "<"): "JSON has no comments; use \"description\""
        case UInt8(ascii: "\'"): "use double quotes"
        case UInt8(ascii: "="): "write a colon"
        case UInt8(ascii: ";"): "write a comma"
        case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["):
            before.map { endsValue($0) } == true ? "a comma is missing before it" : nil
        default: nil
        }
    }

    /// A character beyond ASCII, or a word that stands without quotes.
    private static func hint(atWord rest: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: rest.prefix(64), as: UTF8.self)
        guard let first = text.unicodeScalars.first else { return nil }
        if curlyQuotes.contains(first) { return straightQuotes }
        if first.properties.generalCategory == .spaceSeparator || first.properties.generalCategory == .format {
            return "write a plain space, or nothing"
        }
        let word = text.unicodeScalars.prefix { $0.properties.isAlphabetic || $0 == "_" || $0 == "-" || $0 == "." }
        guard !word.isEmpty else { return nil }
        let known = ["true": "true", "false": "false", "null": "null", "none": "null", "nil": "null"]
        return "write " + (known[String(word).lowercased()] ?? "it in double quotes: \"\(String(word))\"")
    }

    private static let curlyQuotes: Set<Unicode.Scalar> = ["\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}"]

    private static func hasCurlyQuote(_ line: ArraySlice<UInt8>) -> Bool {
        String(decoding: line, as: UTF8.self).unicodeScalars.contains(where: curlyQuotes.contains)
    }

    private static func line(at offset: Int, in bytes: [UInt8]) -> ArraySlice<UInt8> {
        let start = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return bytes[start..<offset]
    }

    /// Whether a text is open where its line ends.
    static func isLineBreakInText(_ error: JSONError, in bytes: [UInt8]) -> Bool {
        let offset = error.position.offset
        guard offset < bytes.count, bytes[offset] == 0x0A || bytes[offset] == 0x0D else { return false }
        return error.message.hasPrefix("control character")
    }

    /// `2.0`, where `2,0` was written: the reader stops at what follows the comma, as no name is a number.
    private static func decimalComma(at offset: Int, in bytes: [UInt8]) -> String? {
        func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
        let fraction = bytes[offset...].prefix(while: isDigit)
        guard !fraction.isEmpty, offset >= 2, bytes[offset - 1] == UInt8(ascii: ",") else { return nil }
        let whole = bytes[..<(offset - 1)].reversed().prefix(while: isDigit).reversed()
        guard !whole.isEmpty else { return nil }
        return String(decoding: Array(whole) + [UInt8(ascii: ".")] + fraction, as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80
    }

    /// Whether the text that was open in this line last is a path.
    private static func isInPath(_ line: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        return text.contains("\"$.") || text.contains("\"$[") || text.contains("\"@.") || text.contains("\"@[")
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        [0x20, 0x09, 0x0A, 0x0D].contains(byte)
    }

    /// Whether a value or a name may end so.
    private static func endsValue(_ byte: UInt8) -> Bool {
        let isSign = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
        return isSign || byte &- UInt8(ascii: "0") < 10
    }
}
