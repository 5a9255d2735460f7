import JSON

/// What a comparand is worth: a value type of RFC 9535 section 2.4.1.
enum Value {
    /// A query that selected no node, or a function without a result.
    case nothing
    case node(JSONNode)
    case literal(Literal)
    /// What `length` and `count` give.
    case integer(Int)

    /// What the value is; nil for nothing.
    var kind: JSONKind? {
        switch self {
        case .nothing: nil
        case .node(let node): node.kind
        case .literal(let literal): literal.kind
        case .integer: .number
        }
    }

    var bool: Bool? {
        switch self {
        case .node(let node): node.bool
        case .literal(.bool(let bool)): bool
        default: nil
        }
    }

    /// The UTF-8 of a text; nil for other values.
    var utf8: ArraySlice<UInt8>? {
        switch self {
        case .node(let node) where node.kind == .string: node.utf8
        case .literal(.string(let text)): text.utf8[...]
        default: nil
        }
    }

    /// The number; nil for other values.
    var number: ExactNumber? {
        switch self {
        case .node(let node) where node.kind == .number: ExactNumber(node.rawBytes)
        case .literal(.number(let number)): ExactNumber(number.text.utf8)
        case .integer(let value): .integer(Int64(value))
        default: nil
        }
    }

    /// How many bytes a comparison reads of a leaf.
    var size: Int {
        switch self {
        case .node(let node) where node.kind == .string || node.kind == .number: node.endOffset - node.offset
        default: 0
        }
    }
}

/// A number that is compared exactly: most fit a machine integer, all others are decimals.
enum ExactNumber {
    case integer(Int64)
    case decimal(JSONDecimal)

    /// Takes the text of a JSON number.
    init(_ text: some Collection<UInt8>) {
        self = ExactNumber.smallInteger(text).map { .integer($0) } ?? .decimal(JSONDecimal(text))
    }

    /// Up to 18 digits without fraction and exponent.
    private static func smallInteger(_ text: some Collection<UInt8>) -> Int64? {
        guard text.count <= 18 else { return nil }
        let isNegative = text.first == UInt8(ascii: "-")
        var value: Int64 = 0
        for byte in text.dropFirst(isNegative ? 1 : 0) {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return isNegative ? -value : value
    }

    private var decimal: JSONDecimal {
        switch self {
        case .integer(let value): JSONDecimal(String(value).utf8)
        case .decimal(let decimal): decimal
        }
    }

    static func equal(_ left: ExactNumber, _ right: ExactNumber) -> Bool {
        if case (.integer(let left), .integer(let right)) = (left, right) { return left == right }
        return left.decimal == right.decimal
    }

    static func less(_ left: ExactNumber, _ right: ExactNumber) -> Bool {
        if case (.integer(let left), .integer(let right)) = (left, right) { return left < right }
        return left.decimal < right.decimal
    }
}
