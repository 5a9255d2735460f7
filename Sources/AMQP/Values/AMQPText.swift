/// A name or a string from AMQP: bytes that are promised to be UTF-8 and need not be.
///
/// Nothing is lost or replaced: what is valid is held as a `String`, anything else as the bytes that came.
/// Equality is that of the bytes, not Swift's canonical equivalence: routing keys are compared by the broker so.
package struct AMQPText: Sendable, ExpressibleByStringLiteral {
    /// Both forms of a text; bytes that are valid UTF-8 are never held as `bytes`.
    private enum Storage {
        case string(String)
        case bytes([UInt8])
    }

    private let storage: Storage

    /// A text from a string.
    package init(_ string: String) {
        storage = .string(string)
    }

    /// A text from a literal.
    package init(stringLiteral value: String) {
        storage = .string(value)
    }

    /// A text from foreign bytes, valid UTF-8 or not.
    package init(bytes: some Collection<UInt8>) {
        if let string = String(validating: bytes, as: UTF8.self) {
            storage = .string(string)
        } else {
            storage = .bytes(Array(bytes))
        }
    }

    /// The text when it is valid UTF-8.
    package var string: String? {
        guard case .string(let string) = storage else { return nil }
        return string
    }

    /// The bytes as they travel.
    package var bytes: [UInt8] {
        switch storage {
        case .string(let string): Array(string.utf8)
        case .bytes(let bytes): bytes
        }
    }

    /// How many bytes travel.
    package var count: Int {
        switch storage {
        case .string(let string): string.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }

    /// Whether there is nothing in it.
    package var isEmpty: Bool { count == 0 }
}

extension AMQPText: Hashable {
    /// Equal when the bytes are.
    package static func == (left: AMQPText, right: AMQPText) -> Bool {
        switch (left.storage, right.storage) {
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.bytes(let left), .bytes(let right)): left == right
        default: false
        }
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) {
        switch storage {
        case .string(let string): for byte in string.utf8 { hasher.combine(byte) }
        case .bytes(let bytes): for byte in bytes { hasher.combine(byte) }
        }
    }
}

extension AMQPText: CustomStringConvertible {
    /// For people: control characters and bytes that are not UTF-8 appear as `\xNN`, so that no line breaks and
    /// two different texts never look the same.
    package var description: String {
        var shown = ""
        let valid = string != nil
        for scalar in valid ? Array((string ?? "").unicodeScalars) : bytes.map({ Unicode.Scalar($0) }) {
            let printable = scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0x5C
            if printable && (scalar.isASCII || (valid && !scalar.properties.isControl)) {
                shown.unicodeScalars.append(scalar)
            } else if scalar.value == 0x5C {
                shown += "\\\\"
            } else {
                shown += scalar.escaped
            }
        }
        return shown
    }
}

extension Unicode.Scalar {
    /// `\xNN` for what fits in a byte, `\u{…}` for the rest.
    fileprivate var escaped: String {
        let digits = String(value, radix: 16, uppercase: true)
        return value < 0x100 ? "\\x\(digits.count < 2 ? "0" : "")\(digits)" : "\\u{\(digits)}"
    }
}

extension Unicode.Scalar.Properties {
    /// Whether the scalar moves or breaks a line instead of showing itself.
    fileprivate var isControl: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
