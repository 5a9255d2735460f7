import JSON

/// `numeric`: one comparison, or a lower and an upper bound.
extension PatternCompiler {
    /// A sign and a number.
    private struct Comparison {
        let sign: String
        let number: ExactNumber
    }

    /// Reads one comparison or two, and whether texts count.
    mutating func numeric(_ value: JSONNode, companion: JSONNode?) -> NumericRange? {
        let readsText = companion.map { textCompanion($0) } ?? false
        guard value.kind == .array, value.count == 2 || value.count == 4 else {
            report(
                .unknownOperator, value, "\"numeric\" takes a list of a sign and a number, once or twice",
                hint: "write {\"numeric\": [\">=\", 10, \"<\", 20]}")
            return nil
        }
        let parts = Array(value.elements)
        var comparisons: [Comparison] = []
        for place in stride(from: 0, to: parts.count, by: 2) {
            if let comparison = comparison(parts[place], parts[place + 1]) { comparisons.append(comparison) }
        }
        guard comparisons.count == parts.count / 2, let first = comparisons.first, let readsText else { return nil }
        if comparisons.count == 1 { return single(first, readsText) }
        return pair(first, comparisons[1], in: value, readsText)
    }

    /// Reads `text`, our one extension: shops send money as text.
    private mutating func textCompanion(_ value: JSONNode) -> Bool? {
        if let bool = value.bool { return bool }
        report(
            .unknownOperator, value, "\"text\" beside \"numeric\" takes true or false, not \(value.kind.noun)",
            hint: "write {\"numeric\": [\">\", 0], \"text\": true}")
        return nil
    }

    /// Reads one sign and its number, and reports both if both are wrong.
    private mutating func comparison(_ sign: JSONNode, _ number: JSONNode) -> Comparison? {
        var isSound = true
        if !(sign.string.map(Operator.comparisons.contains) ?? false) {
            isSound = false
            report(
                .unknownOperator, sign, "\(clip(sign.text())) is no sign of a comparison",
                hint: "the signs are " + Operator.comparisons.map { "\"\($0)\"" }.joined(separator: ", "))
        }
        if number.kind != .number {
            isSound = false
            let hint =
                ExactNumber(wholeText: number.utf8) == nil
                ? "for example {\"numeric\": [\">=\", 10]}" : "write the number without quotes"
            report(.unknownOperator, number, "a bound is a number, not \(number.kind.noun)", hint: hint)
        }
        return isSound ? Comparison(sign: sign.string ?? "", number: ExactNumber(number.rawBytes)) : nil
    }

    /// One comparison as a range; `=` is a range of one point.
    private func single(_ comparison: Comparison, _ readsText: Bool) -> NumericRange {
        let bound = NumericRange.Bound(value: comparison.number, isInside: comparison.sign.hasSuffix("="))
        let lower = comparison.sign.hasPrefix("<") ? nil : bound
        let upper = comparison.sign.hasPrefix(">") ? nil : bound
        return NumericRange(lower: lower, upper: upper, readsText: readsText)
    }

    /// A lower bound and an upper one, in this order, with some number between.
    private mutating func pair(_ first: Comparison, _ second: Comparison, in value: JSONNode, _ readsText: Bool)
        -> NumericRange?
    {
        guard first.sign.hasPrefix(">"), second.sign.hasPrefix("<") else {
            report(
                .emptyRange, value, "a pair of bounds is a lower one and then an upper one",
                hint: "write {\"numeric\": [\">=\", 10, \"<\", 20]}")
            return nil
        }
        let lower = NumericRange.Bound(value: first.number, isInside: first.sign.hasSuffix("="))
        let upper = NumericRange.Bound(value: second.number, isInside: second.sign.hasSuffix("="))
        let isOnePoint = lower.value == upper.value && lower.isInside && upper.isInside
        guard lower.value < upper.value || isOnePoint else {
            report(
                .emptyRange, value, "no number is in this range: the lower bound is not below the upper one",
                hint: "put the lower number first, as in {\"numeric\": [\">=\", 3, \"<=\", 5]}")
            return nil
        }
        return NumericRange(lower: lower, upper: upper, readsText: readsText)
    }
}
