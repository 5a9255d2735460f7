import JSON

/// A second reader of RFC 8259, as plain as the grammar: it recurses, copies, and knows no places.
///
/// Strings go through UTF-16 units, because that is what `\u` writes; the standard library makes text of them.
struct NaiveReader {
    private var rest: ArraySlice<Unicode.Scalar>

    /// The text is none.
    struct Refusal: Error {}

    /// What a text holds; nil where it is no JSON, or names a member twice.
    static func read(_ text: String) -> JSONValue? {
        var reader = NaiveReader(rest: Array(text.unicodeScalars)[...])
        guard let value = try? reader.value() else { return nil }
        reader.space()
        return reader.rest.isEmpty ? value : nil
    }

    private mutating func space() {
        rest = rest.drop { [" ", "\t", "\n", "\r"].contains($0) }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func expect(_ word: String) throws {
        for scalar in word.unicodeScalars where !take(scalar) { throw Refusal() }
    }

    private mutating func value() throws -> JSONValue {
        space()
        switch rest.first {
        case "{": return try object()
        case "[": return try array()
        case "\"": return .string(try text())
        case "t":
            try expect("true")
            return .bool(true)
        case "f":
            try expect("false")
            return .bool(false)
        case "n":
            try expect("null")
            return .null
        default: return .number(try number())
        }
    }

    private mutating func object() throws -> JSONValue {
        try expect("{")
        var members: [(name: String, value: JSONValue)] = []
        var seen = Set<[UInt8]>()
        space()
        if take("}") { return .object([]) }
        repeat {
            space()
            let name = try text()
            guard seen.insert(Array(name.utf8)).inserted else { throw Refusal() }
            space()
            try expect(":")
            members.append((name, try value()))
            space()
        } while take(",")
        try expect("}")
        return .object(members)
    }

    private mutating func array() throws -> JSONValue {
        try expect("[")
        var elements: [JSONValue] = []
        space()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value())
            space()
        } while take(",")
        try expect("]")
        return .array(elements)
    }

    private mutating func text() throws -> String {
        try expect("\"")
        var units: [UInt16] = []
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return String(decoding: units, as: UTF16.self)
            case "\\": units.append(try escape())
            case "\u{0}"..."\u{1F}": throw Refusal()
            default: units += Array(String(Character(scalar)).utf16)
            }
        }
        throw Refusal()
    }

    private mutating func escape() throws -> UInt16 {
        switch rest.popFirst() {
        case "\"": return 0x22
        case "\\": return 0x5C
        case "/": return 0x2F
        case "b": return 8
        case "f": return 12
        case "n": return 10
        case "r": return 13
        case "t": return 9
        case "u":
            let digits = String(String.UnicodeScalarView(rest.prefix(4)))
            rest = rest.dropFirst(4)
            guard digits.utf8.count == 4, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
                let unit = UInt16(digits, radix: 16)
            else { throw Refusal() }
            return unit
        default: throw Refusal()
        }
    }

    private mutating func number() throws -> JSONNumber {
        let start = rest
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        let written = String(String.UnicodeScalarView(start.prefix(start.count - rest.count)))
        guard let number = JSONNumber(written) else { throw Refusal() }
        return number
    }

    private mutating func digits() throws {
        let count = rest.count
        rest = rest.drop { ("0"..."9").contains($0) }
        guard rest.count < count else { throw Refusal() }
    }
}
