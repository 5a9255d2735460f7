/// Whether something matches, and if not, which conditions stand in the way.
package struct PatternExplanation: Sendable, CustomStringConvertible {
    /// The conditions that do not hold; none when all is met.
    ///
    /// Of several alternatives it is the closest that speaks.
    package let failures: [ConditionFailure]
    /// How many alternatives `$or` gives, 1 without it.
    package let alternatives: Int

    /// Whether everything is met.
    package var matches: Bool { failures.isEmpty }

    /// `matches`, or one line for each failure.
    package var description: String {
        guard !failures.isEmpty else { return "matches" }
        let lines = failures.map(\.description)
        let prefix = alternatives > 1 ? ["the closest of \(alternatives) alternatives:"] : []
        return (prefix + lines).joined(separator: "\n")
    }
}
