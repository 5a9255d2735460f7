/// A JSON number with the digits it came with.
///
/// Equal means equal in value: `1`, `1.0` and `1e0` are one number, compared as exact decimals of any length, never as
/// binary floating point. Nothing is expanded, so `1e999999999` costs nothing.
package struct JSONNumber: Sendable, CustomStringConvertible {
    /// The number as written.
    package let text: String

    /// Takes a text that has passed the grammar.
    init(checked text: String) {
        self.text = text
    }

    /// Reads a text that is a whole JSON number; nil otherwise.
    package init?(_ text: String) {
        guard let node = try? JSONDocument.parse(text, limits: JSONLimits(bytes: 1 << 20, depth: 0)).root,
            node.kind == .number, node.rawBytes.count == text.utf8.count
        else { return nil }
        self.text = text
    }

    /// An integer.
    package init(_ value: some FixedWidthInteger) {
        text = String(value)
    }

    /// The text as written.
    package var description: String { text }

    /// The value as sign, digits and power of ten: what comparison works on.
    package var decimal: JSONDecimal { JSONDecimal(text.utf8) }

    /// The value as a 64-bit integer where it is one that fits (`4101`, `4101.0`, `41.01e2`).
    package var int64: Int64? {
        let decimal = decimal
        guard !decimal.digits.isEmpty else { return 0 }
        guard let exponent = decimal.exponent, exponent >= 0, exponent + decimal.digits.count <= 19 else { return nil }
        let digits = String(decoding: decimal.digits.map { $0 + Ascii.zero }, as: UTF8.self)
        return Int64((decimal.isNegative ? "-" : "") + digits + String(repeating: "0", count: exponent))
    }
}

extension JSONNumber: Hashable, Comparable {
    /// Equal in value.
    package static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.text == right.text || left.decimal == right.decimal
    }

    /// Less in value.
    package static func < (left: JSONNumber, right: JSONNumber) -> Bool {
        left.decimal < right.decimal
    }

    /// Equal values hash alike.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(decimal)
    }
}
