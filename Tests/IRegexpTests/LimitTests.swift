import IRegexp
import Testing

/// No pattern is costly: length, depth, repetitions and memory are bounded, and matching is linear in the text.
@Suite("I-Regexp: limits", .timeLimit(.minutes(1)))
struct LimitTests {
    private func fault(_ pattern: String, _ limits: IRegexpLimits = .written) -> IRegexpError? {
        #expect(throws: IRegexpError.self) { try IRegexp(pattern, limits: limits) }
        do throws(IRegexpError) {
            _ = try IRegexp(pattern, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test("length", arguments: [IRegexpLimits.written, .received])
    func length(_ limits: IRegexpLimits) throws {
        #expect(try IRegexp(String(repeating: "é", count: limits.length), limits: limits).positions == limits.length)
        let error = try #require(fault(String(repeating: "é", count: limits.length + 1), limits))
        #expect(error.fault == .tooBig)
        #expect(error.offset == limits.length)
    }

    @Test("depth", arguments: [IRegexpLimits.written, .received])
    func depth(_ limits: IRegexpLimits) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
        }
        #expect(try IRegexp(nested(limits.depth), limits: limits).matches(Array("a".utf8)[...]))
        let error = try #require(fault(nested(limits.depth + 1), limits))
        #expect(error.fault == .tooBig)
        #expect(error.offset == limits.depth)
        #expect(fault(String(repeating: "(", count: 200), limits)?.fault == .tooBig)
    }

    @Test(
        "repetitions multiply up to a thousand",
        arguments: [
            ("a{1001}", 2), ("a{99999999999999999999}", 2), ("a{1,1001}", 4), ("(a{100}){11}", 0),
            ("(a{10}b*){101}", 0),
            ("b((a{11}){10}){10}", 1), ("a{1001,}", 2),
        ])
    func repetitions(_ pattern: String, _ offset: Int) throws {
        let error = try #require(fault(pattern))
        #expect(error.fault == .tooBig)
        #expect(error.offset == offset)
    }

    @Test("repetitions within the bound count exactly")
    func exactRepetitions() throws {
        let regexp = try IRegexp("(a{10}){100}")
        #expect(regexp.positions == 1_000)
        #expect(regexp.matches([UInt8](repeating: 97, count: 1_000)[...]))
        #expect(!regexp.matches([UInt8](repeating: 97, count: 999)[...]))
        #expect(!regexp.matches([UInt8](repeating: 97, count: 1_001)[...]))
    }

    @Test("memory: a pattern that would need more is refused, and one from an event sooner")
    func memory() throws {
        #expect(fault(#"\p{L}{999}"#)?.fault == .tooBig)
        #expect(fault(#"(\p{L}\P{L}){30}"#, .received)?.fault == .tooBig)
        #expect(throws: Never.self) { try IRegexp(#"\p{Lu}\p{L}{1,3}"#, limits: .received) }
    }

    @Test(
        "positions are characters and classes with repetitions written out",
        arguments: [
            ("", 0), ("abc", 3), ("a|b", 2), ("[a-z]+", 1), ("(ab){3}c", 7), ("((a{2}){3}){4}", 24), ("a{0}", 1),
            ("a{2,}", 2),
            (#"\p{L}\."#, 2), ("^a$", 3),
        ])
    func positions(_ pattern: String, _ positions: Int) throws {
        #expect(try IRegexp(pattern).positions == positions)
    }

    @Test(
        "patterns that other engines choke on take their time from the text alone",
        arguments: ["(a*)*b", "(a|a)*b", "(a|aa)+$", "(.*a){20}", "((a*)*)*b", "(a?){50}a{50}b"])
    func catastrophic(_ pattern: String) throws {
        let text = [UInt8](repeating: 97, count: 20_000)
        let regexp = try IRegexp(pattern)
        let start = ContinuousClock.now
        _ = regexp.matches(text[...])
        _ = regexp.occurs(in: text[...])
        #expect(start.duration(to: .now) < .seconds(5))
    }
}
