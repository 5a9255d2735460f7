import TestSupport

/// A pattern as a tree, matched by trying everything: slow, obvious, and made apart from the engine under test.
indirect enum NaivePattern {
    case sign(Unicode.Scalar)
    case dot
    case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)
    case sequence([NaivePattern])
    case either([NaivePattern])
    case repeated(NaivePattern, least: Int, most: Int?)

    /// The places at which a match that begins at `start` can end.
    func ends(in text: [Unicode.Scalar], from start: Int) -> Set<Int> {
        switch self {
        case .sign(let sign): return start < text.count && text[start] == sign ? [start + 1] : []
        case .dot: return start < text.count && text[start] != "\n" && text[start] != "\r" ? [start + 1] : []
        case .oneOf(let ranges, let negated):
            guard start < text.count else { return [] }
            return ranges.contains { $0.contains(text[start]) } != negated ? [start + 1] : []
        case .sequence(let parts):
            var ends: Set<Int> = [start]
            for part in parts { ends = ends.reduce(into: []) { $0.formUnion(part.ends(in: text, from: $1)) } }
            return ends
        case .either(let parts):
            return parts.reduce(into: []) { $0.formUnion($1.ends(in: text, from: start)) }
        case .repeated(let part, let least, let most):
            return NaivePattern.repetitions(of: part, least, most, in: text, from: start)
        }
    }

    private static func repetitions(
        of part: NaivePattern, _ least: Int, _ most: Int?, in text: [Unicode.Scalar], from start: Int
    ) -> Set<Int> {
        var current: Set<Int> = [start]
        var found: Set<Int> = least == 0 ? current : []
        // One round more than there are characters can only repeat empty matches.
        for round in 1...max(most ?? 0, least + text.count + 1) where round <= most ?? .max {
            current = current.reduce(into: []) { $0.formUnion(part.ends(in: text, from: $1)) }
            if round >= least { found.formUnion(current) }
        }
        return found
    }

    /// The pattern as text.
    var text: String {
        switch self {
        case .sign(let sign): NaivePattern.escaped(sign)
        case .dot: "."
        case .oneOf(let ranges, let negated):
            "[" + (negated ? "^" : "")
                + ranges.map {
                    $0.lowerBound == $0.upperBound
                        ? NaivePattern.escaped($0.lowerBound)
                        : NaivePattern.escaped($0.lowerBound) + "-" + NaivePattern.escaped($0.upperBound)
                }.joined() + "]"
        case .sequence(let parts): parts.map(\.text).joined()
        case .either(let parts): "(" + parts.map(\.text).joined(separator: "|") + ")"
        case .repeated(let part, let least, let most): "(\(part.text))" + NaivePattern.quantifier(least, most)
        }
    }

    private static func quantifier(_ least: Int, _ most: Int?) -> String {
        switch (least, most) {
        case (0, nil): "*"
        case (1, nil): "+"
        case (0, 1): "?"
        case (_, nil): "{\(least),}"
        case (_, let most?): least == most ? "{\(least)}" : "{\(least),\(most)}"
        }
    }

    private static func escaped(_ sign: Unicode.Scalar) -> String {
        switch sign {
        case "\n": "\\n"
        case "\r": "\\r"
        case "(", ")", "*", "+", "-", ".", "?", "[", "\\", "]", "^", "{", "|", "}": "\\\(sign)"
        default: String(Character(sign))
        }
    }

    /// The few signs that random patterns and texts are made of, so that they meet often.
    static let alphabet: [Unicode.Scalar] = ["a", "b", "c", "-", ".", "]", "^", "\n", "é", "😀"]

    /// A random pattern.
    static func random(_ generator: inout SeededGenerator, depth: Int = 3) -> NaivePattern {
        let sign = generator.pick(alphabet, or: "a")
        switch Int.random(in: 0..<(depth > 0 ? 8 : 4), using: &generator) {
        case 0, 1: return .sign(sign)
        case 2: return .dot
        case 3:
            let other = generator.pick(alphabet, or: "b")
            return .oneOf([min(sign, other)...max(sign, other), sign...sign], negated: generator.chance(40))
        case 4, 5:
            return .sequence(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in random(&generator, depth: depth - 1) })
        case 6:
            return .either(
                (0..<Int.random(in: 1..<4, using: &generator)).map { _ in random(&generator, depth: depth - 1) })
        default:
            let least = Int.random(in: 0..<3, using: &generator)
            let most = generator.chance(50) ? nil : least + Int.random(in: 0..<3, using: &generator)
            return .repeated(random(&generator, depth: depth - 1), least: least, most: most)
        }
    }
}
