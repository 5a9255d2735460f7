import JSON

/// Numbers between two bounds, either of which may be missing.
struct NumericRange: Sendable {
    /// A number and whether it is itself inside.
    struct Bound: Sendable {
        let value: ExactNumber
        let isInside: Bool
    }

    let lower: Bound?
    let upper: Bound?
    /// Whether texts that are whole JSON numbers count too.
    let readsText: Bool

    /// Whether a number is inside.
    func contains(_ number: ExactNumber) -> Bool {
        if let lower, lower.isInside ? number < lower.value : number <= lower.value { return false }
        if let upper, upper.isInside ? number > upper.value : number >= upper.value { return false }
        return true
    }

    /// Whether a leaf is a number (or a text that is one, where that is asked for) inside.
    func accepts(_ leaf: JSONNode) -> Bool {
        switch leaf.kind {
        case .number: contains(ExactNumber(leaf.rawBytes))
        case .string where readsText: ExactNumber(wholeText: leaf.utf8).map(contains) ?? false
        default: false
        }
    }
}

extension NumericRange {
    func isTighterBelow(than other: NumericRange) -> Bool {
        guard let mine = lower else { return false }
        guard let theirs = other.lower else { return true }
        return mine.value == theirs.value ? !mine.isInside : mine.value > theirs.value
    }

    func isTighterAbove(than other: NumericRange) -> Bool {
        guard let mine = upper else { return false }
        guard let theirs = other.upper else { return true }
        return mine.value == theirs.value ? !mine.isInside : mine.value < theirs.value
    }

    /// The number inside where there is but one.
    var onlyNumber: ExactNumber? {
        lower?.value == upper?.value ? lower?.value : nil
    }

    /// Whether no number is inside.
    var isEmpty: Bool {
        guard let lower, let upper else { return false }
        return lower.value > upper.value || (lower.value == upper.value && !(lower.isInside && upper.isInside))
    }
}
