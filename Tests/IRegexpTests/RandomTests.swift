import IRegexp
import TestSupport
import Testing

/// Random patterns: those of the grammar match as a naive matcher says, all others are refused and never trap.
@Suite("I-Regexp: random patterns", .timeLimit(.minutes(2 * Fuzzing.factor)))
struct RandomTests {
    @Test("agree with trying everything", arguments: Fuzzing.seeds(from: 1, count: 4))
    func differential(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let pattern = NaivePattern.random(&generator)
            let regexp = try IRegexp(pattern.text)
            for _ in 0..<8 {
                let length = Int.random(in: 0..<8, using: &generator)
                let scalars = (0..<length).map { _ in generator.pick(NaivePattern.alphabet, or: "a") }
                let text = Array(String(String.UnicodeScalarView(scalars)).utf8)
                let all = pattern.ends(in: scalars, from: 0).contains(scalars.count)
                let part = (0...scalars.count).contains { !pattern.ends(in: scalars, from: $0).isEmpty }
                #expect(regexp.matches(text[...]) == all, "\(pattern.text) on \(scalars)")
                #expect(regexp.occurs(in: text[...]) == part, "\(pattern.text) in \(scalars)")
            }
        }
    }

    @Test("signs in any order are accepted or refused, nothing else", arguments: Fuzzing.seeds(from: 100_000, count: 3))
    func noise(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "b", "(", ")", "[", "]", "[^", "{", "}", "{2}", "{1,3}", "{,", "*", "+", "?", "|", ".", "^", "$", "-",
            "\\", "\\p{L}",
            "\\P{Cn}", "\\p{", "\\d", "\\.", "😀", "\u{0}", "(?", "&&", "[:alpha:]", "\\Q", "\\x{41}",
        ]
        var accepted = 0
        for _ in 0..<3_000 {
            let count = Int.random(in: 0..<12, using: &generator)
            let pattern = (0..<count).map { _ in generator.pick(pieces, or: "") }.joined()
            do throws(IRegexpError) {
                let regexp = try IRegexp(pattern, limits: .received)
                _ = regexp.matches(Array("ab😀".utf8)[...])
                accepted += 1
            } catch {
                #expect(error.offset <= pattern.unicodeScalars.count)
                // What this grammar accepts, RE2 must compile: only size may stop it there.
                #expect(
                    error.fault == .syntax || error.message.contains("memory") || error.message.contains("repetitions"))
            }
        }
        #expect(accepted > 100)
    }

    @Test("one pattern may be used by many threads")
    func threads() async throws {
        let regexp = try IRegexp("([a-z]+ )*[a-z]+")
        let text = Array("the quick brown fox".utf8)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<200).allSatisfy { _ in regexp.matches(text[...]) && !regexp.matches(text[1..<4] + [33]) }
                }
            }
            for await agreed in group { #expect(agreed) }
        }
    }
}
