/// The text form of a log line read back: the oracle for what people and their tools can take from it.
struct TextForm {
    struct Malformed: Error {}

    let time: String
    let level: String
    /// The message and what follows it, members aside.
    let message: String
    /// Members in their order.
    let members: [(name: String, value: String)]

    /// Reads a line whose message is known.
    init(_ line: String, message: String) throws {
        var rest = line[...]
        guard rest.count > 22 else { throw Malformed() }
        time = String(rest.prefix(12))
        rest = rest.dropFirst(13)
        level = String(rest.prefix { $0 != " " })
        rest = rest.dropFirst(9)
        guard rest.hasPrefix(message) else { throw Malformed() }
        rest = rest.dropFirst(message.count)
        self.message = message
        var members: [(String, String)] = []
        // Scalars, not characters: a sign and a combining mark after it are one character.
        var scalars = rest.unicodeScalars
        while !scalars.isEmpty {
            guard scalars.popFirst() == " ", let equals = scalars.firstIndex(of: "=") else { throw Malformed() }
            let name = String(scalars[..<equals])
            scalars = scalars[scalars.index(after: equals)...]
            members.append((name, try Self.value(&scalars)))
        }
        self.members = members
    }

    subscript(_ name: String) -> String? {
        members.first { $0.name == name }?.value
    }

    private static func value(_ scalars: inout Substring.UnicodeScalarView) throws -> String {
        let isQuoted = scalars.first == "\""
        if isQuoted { scalars.removeFirst() }
        var units: [UInt16] = []
        while let scalar = scalars.first {
            if isQuoted ? scalar == "\"" : scalar == " " { break }
            scalars.removeFirst()
            units += scalar == "\\" ? [try escape(&scalars)] : Array(String(scalar).utf16)
        }
        if isQuoted {
            guard scalars.popFirst() == "\"" else { throw Malformed() }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func escape(_ scalars: inout Substring.UnicodeScalarView) throws -> UInt16 {
        switch scalars.popFirst() {
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "\"": return 0x22
        case "\\": return 0x5C
        case "u":
            let digits = String(String.UnicodeScalarView(scalars.prefix(4)))
            scalars.removeFirst(4)
            guard let unit = UInt16(digits, radix: 16) else { throw Malformed() }
            return unit
        default: throw Malformed()
        }
    }
}
