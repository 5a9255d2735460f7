/// What a pattern may cost.
package struct PatternLimits: Sendable, Hashable {
    /// Most objects within one another.
    package let depth: Int
    /// Most `$or`-free trees that a pattern may become.
    package let trees: Int
    /// Most value lists in all those trees together.
    package let conditions: Int

    /// Makes limits; the defaults are far above what people write, and keep the worst pattern at some milliseconds.
    package init(depth: Int = 64, trees: Int = 1_000, conditions: Int = 50_000) {
        self.depth = depth
        self.trees = trees
        self.conditions = conditions
    }
}
