import JSON

/// Leaves that an entry accepts, for witnesses.
enum LeafSamples {
    /// Some leaves of an entry; more than `count` different ones where the entry accepts that many.
    static func of(_ test: ValueTest, atLeast count: Int) -> [JSONValue] {
        switch test {
        case .text(let name): [.string(name.text)]
        case .number(let number): [value(number)]
        case .bool(let bool): [.bool(bool)]
        case .null: [.null]
        case .exists(let exists): exists ? anything : []
        case .form(let form): texts(Glob(form), count).map { .string($0) }
        case .numeric(let range): numbers(range, count).map { value($0) }
        case .cidr(let block): [.string(block.firstAddress)]
        case .anythingBut: anything + (0...count).map { .string("value \($0)") } + [.null, .number(JSONNumber(count))]
        }
    }

    /// A value of each common kind, for operators that look at presence.
    private static let anything: [JSONValue] = [.string("value"), .number(JSONNumber(1)), .bool(true)]

    /// Texts of a form: its runs filled differently.
    static func texts(_ glob: Glob, _ count: Int) -> [String] {
        var texts = [glob.sample(), glob.sample(uppercase: true), glob.sample(filler: "1"), glob.sample(filler: " x ")]
        if glob.tokens.contains(.run) {
            texts += (0...min(count, 2_000)).map { glob.sample(filler: "x\($0)") }
        }
        return texts
    }

    /// Numbers of a range: the bounds and others close to them.
    static func numbers(_ range: NumericRange, _ count: Int) -> [ExactNumber] {
        var numbers: [ExactNumber] = []
        for bound in [range.lower, range.upper] {
            guard let bound else { continue }
            if bound.isInside { numbers.append(bound.value) }
            numbers += near(bound.value, count)
        }
        if range.lower == nil || range.upper == nil { numbers += near(.small(coefficient: 0, exponent: 0), count) }
        return numbers.filter(range.contains)
    }

    /// Numbers beside another, at distances from large to tiny.
    private static func near(_ number: ExactNumber, _ count: Int) -> [ExactNumber] {
        guard case .small(let coefficient, let exponent) = number, coefficient.magnitude < 1_000_000_000_000 else {
            return []
        }
        var numbers: [ExactNumber] = []
        for (factor, digits) in [(Int64(1), 0), (10, 1), (100, 2), (10_000, 4), (100_000, 5)] {
            let step = Int64(min(count + 1, digits == 0 ? 2_000 : 9))
            for distance in 1...step {
                for moved in [coefficient * factor + distance, coefficient * factor - distance] {
                    numbers.append(ExactNumber(Array("\(moved)e\(exponent - digits)".utf8)[...]))
                }
            }
        }
        return numbers
    }

    /// A number as a value to write: plainly where that is short.
    static func value(_ number: ExactNumber) -> JSONValue {
        guard case .small(let coefficient, let exponent) = number, (-12...6).contains(exponent) else {
            return .number(JSONNumber(exponentText(number)) ?? JSONNumber(0))
        }
        let sign = coefficient < 0 ? "-" : ""
        var digits = String(coefficient.magnitude)
        if exponent >= 0 {
            digits += String(repeating: "0", count: coefficient == 0 ? 0 : exponent)
        } else {
            let missing = max(0, 1 - exponent - digits.count)
            digits = String(repeating: "0", count: missing) + digits
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: exponent))
        }
        return .number(JSONNumber(sign + digits) ?? JSONNumber(0))
    }

    /// Any number as digits and a power of ten.
    private static func exponentText(_ number: ExactNumber) -> String {
        if case .small(let coefficient, let exponent) = number { return "\(coefficient)e\(exponent)" }
        let decimal = number.decimal
        let digits = String(decoding: decimal.digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        return (decimal.isNegative ? "-" : "") + digits + "e\(decimal.exponent ?? 0)"
    }
}
