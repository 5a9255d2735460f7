import IRegexp

/// Compiled patterns that came with a document: few, small, and gone after one evaluation.
struct PatternCache {
    private var patterns: [(text: [UInt8], compiled: IRegexp?)] = []

    /// The compiled pattern, or nil when it is refused; compiles it unless it is among the last ones.
    ///
    /// Compiling costs `compileCost` visits and one for each instruction.
    mutating func pattern(_ text: ArraySlice<UInt8>, budget: inout VisitBudget) throws(LimitReached) -> IRegexp? {
        if let known = patterns.first(where: { $0.text.elementsEqual(text) }) { return known.compiled }
        try budget.spend(PatternCache.compileCost)
        let compiled = PatternCache.compile(text)
        if let compiled {
            try budget.spend(compiled.programSize)
        } else {
            budget.refusedPatterns += 1
        }
        if patterns.count == JSONPathLimits.patterns { patterns.removeFirst() }
        patterns.append((Array(text.prefix(PatternCache.longest + 1)), compiled))
        return compiled
    }

    /// Most bytes of a pattern that can be accepted: four for a scalar.
    private static let longest = IRegexpLimits.received.length * 4
    /// What compiling costs in visits, whatever the pattern: some tens of microseconds.
    private static let compileCost = 2_000

    private static func compile(_ text: ArraySlice<UInt8>) -> IRegexp? {
        guard text.count <= longest else { return nil }
        return try? IRegexp(String(decoding: text, as: UTF8.self), limits: .received)
    }
}
