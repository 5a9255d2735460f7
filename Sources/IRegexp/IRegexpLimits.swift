/// How much a pattern may ask for.
package struct IRegexpLimits: Sendable, Hashable {
    /// Most Unicode scalars in the pattern.
    package let length: Int
    /// Most groups open at once, so that reading a pattern stays in its stack.
    package let depth: Int
    /// Most bytes for the compiled program and the states that matching keeps.
    package let memory: Int

    /// For patterns that people write into a mapping: room for every sane pattern.
    package static let written = IRegexpLimits(length: 4_096, depth: 64, memory: 4 << 20)
    /// For patterns that come with an event: whoever sends one pays for little.
    package static let received = IRegexpLimits(length: 256, depth: 16, memory: 256 << 10)
    /// Most repetitions that `{n}` may ask for, nested ones multiplied: RE2's own bound.
    package static let mostRepetitions = 1_000

    /// Makes limits.
    package init(length: Int, depth: Int, memory: Int) {
        self.length = length
        self.depth = depth
        self.memory = memory
    }
}
