/// Turns a text into the rows of a ``JSONDocument``: one pass, no recursion, a stack of open containers.
struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var place = 0
    var entries: [JSONDocument.Entry] = []
    private var open: [Int] = []

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// What the grammar allows at the current place.
    private enum Expectation {
        /// A value: at the start, after a comma in an array, after a name.
        case value
        /// A value or the end of the array that was just opened.
        case firstElement
        /// A name or the end of the object that was just opened.
        case firstName
        /// A name, after a comma in an object.
        case name
        /// A comma or the end of the innermost container; the end of the text outside all of them.
        case separator
    }

    mutating func parse() throws(JSONError) -> [JSONDocument.Entry] {
        guard bytes.count <= limits.bytes else {
            throw error(.tooBig, "the text has \(bytes.count) bytes; at most \(limits.bytes) are allowed", at: 0)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw error(.syntax, "the text begins with a byte order mark; JSON has none", at: 0)
        }
        entries.reserveCapacity(min(bytes.count / 8 + 4, 1 << 16))
        var expectation = Expectation.value
        while true {
            skipWhitespace()
            if open.isEmpty, case .separator = expectation {
                guard place == bytes.count else {
                    throw error(.syntax, "text after the end of the document", at: place)
                }
                return entries
            }
            expectation = try step(expectation)
        }
    }

    private mutating func step(_ expectation: Expectation) throws(JSONError) -> Expectation {
        guard place < bytes.count else { throw unexpectedEnd(expectation) }
        let byte = bytes[place]
        switch expectation {
        case .separator:
            return try separator(byte)
        case .firstElement where byte == Ascii.closeBracket, .firstName where byte == Ascii.closeBrace:
            return try close()
        case .firstName, .name:
            return try name(byte)
        case .firstElement, .value:
            return try value(byte)
        }
    }

    private mutating func separator(_ byte: UInt8) throws(JSONError) -> Expectation {
        let container = open[open.count - 1]
        let isObject = entries[container].kind == .object
        if byte == Ascii.comma {
            place += 1
            return isObject ? .name : .value
        }
        guard byte == (isObject ? Ascii.closeBrace : Ascii.closeBracket) else {
            throw error(
                .syntax, "expected a comma or \"\(isObject ? "}" : "]")\", found \(found(at: place))", at: place)
        }
        return try close()
    }

    private mutating func name(_ byte: UInt8) throws(JSONError) -> Expectation {
        guard byte == Ascii.quote else {
            throw error(.syntax, "expected a member name in double quotes, found \(found(at: place))", at: place)
        }
        try string()
        entries[open[open.count - 1]].extra += 1
        skipWhitespace()
        guard place < bytes.count, bytes[place] == Ascii.colon else {
            throw error(.syntax, "expected a colon after the member name, found \(found(at: place))", at: place)
        }
        place += 1
        return .value
    }

    private mutating func value(_ byte: UInt8) throws(JSONError) -> Expectation {
        if let container = open.last, entries[container].kind == .array { entries[container].extra += 1 }
        switch byte {
        case Ascii.openBrace, Ascii.openBracket:
            guard open.count < limits.depth else {
                throw error(.tooDeep, "nested deeper than the \(limits.depth) levels that are allowed", at: place)
            }
            open.append(entries.count)
            append(byte == Ascii.openBrace ? .object : .array, from: place, to: place)
            place += 1
            return byte == Ascii.openBrace ? .firstName : .firstElement
        case Ascii.quote: try string()
        case UInt8(ascii: "t"): try literal(Self.true, .bool)
        case UInt8(ascii: "f"): try literal(Self.false, .bool)
        case UInt8(ascii: "n"): try literal(Self.null, .null)
        default: try number(byte)
        }
        return .separator
    }

    private mutating func close() throws(JSONError) -> Expectation {
        place += 1
        let container = open.removeLast()
        entries[container].end = UInt32(place)
        entries[container].next = UInt32(entries.count)
        if limits.refusesDuplicates, entries[container].kind == .object, entries[container].extra > 1 {
            try refuseDuplicates(in: container)
        }
        return .separator
    }

    private static let `true` = Array("true".utf8)
    private static let `false` = Array("false".utf8)
    private static let null = Array("null".utf8)

    private mutating func literal(_ text: [UInt8], _ kind: JSONKind) throws(JSONError) {
        let start = place
        for expected in text {
            guard place < bytes.count, bytes[place] == expected else {
                throw error(.syntax, "expected a value, found \(found(at: start))", at: start)
            }
            place += 1
        }
        append(kind, from: start, to: place)
    }

    mutating func append(_ kind: JSONKind, from start: Int, to end: Int, extra: UInt32 = 0, escaped: Bool = false) {
        entries.append(
            JSONDocument.Entry(
                start: UInt32(start), end: UInt32(end), next: UInt32(entries.count + 1), extra: extra, kind: kind,
                escaped: escaped))
    }

    private mutating func skipWhitespace() {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x0A, 0x0D, 0x09: place += 1
            default: return
            }
        }
    }

    private func unexpectedEnd(_ expectation: Expectation) -> JSONError {
        let wanted =
            switch expectation {
            case .value, .firstElement: "a value"
            case .name, .firstName: "a member name"
            case .separator: open.last.map { entries[$0].kind == .object ? "\"}\"" : "\"]\"" } ?? "nothing"
            }
        let why = bytes.isEmpty ? "the text is empty" : "the text ends where \(wanted) was expected"
        return error(.syntax, why, at: bytes.count)
    }
}
