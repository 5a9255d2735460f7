import IRegexp

/// Compiled patterns that came with a document: few, small, and gone after one evaluation.
struct PatternCache {
    private var patterns: [(text: [UInt8], compiled: IRegexp?)] = []

    /// The compiled pattern, or nil when it is refused; compiles it unless it is among the last ones.
    mutating func pattern(_ text: ArraySlice<UInt8>, budget: inout VisitBudget) throws(LimitReached) -> IRegexp? {
        guard text.count <= PatternCache.longest else {
            budget.refusedPatterns += 1
            return nil
        }
        if let known = patterns.first(where: { $0.text.elementsEqual(text) }) { return known.compiled }
        try budget.spend(PatternCache.cost + text.count * PatternCache.costPerByte)
        let compiled = try? IRegexp(String(decoding: text, as: UTF8.self), limits: .received)
        if compiled == nil { budget.refusedPatterns += 1 }
        if patterns.count == JSONPathLimits.patterns { patterns.removeFirst() }
        patterns.append((Array(text), compiled))
        return compiled
    }

    /// Most bytes of a pattern that can be accepted: four for a scalar.
    private static let longest = IRegexpLimits.received.length * 4
    /// What compiling costs in visits, however short the pattern: ten signs can ask for a program that fills its memory.
    private static let cost = 5_000
    /// What compiling costs in visits for each byte: some of them ask for a whole category of characters.
    private static let costPerByte = 200
}
