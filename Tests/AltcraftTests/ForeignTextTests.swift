import Outcome
import TestSupport
import Testing

@testable import Altcraft

/// Texts of others on their way into a log or a URL.
@Suite(.timeLimit(.minutes(1)))
struct ForeignTextTests {
    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("a\r\nb", "a  b"), ("tab\there", "tab here"), ("\u{1B}[2J", " [2J"),
        ("\u{9B}31m", " 31m"), ("a\u{202E}b\u{2066}c", "a b c"), ("\u{FEFF}x", " x"), ("日本 é", "日本 é"),
        ("a\u{0}b", "a b"), ("line\u{2028}end", "line end"),
    ])
    func cleaned(text: String, line: String) {
        #expect(ForeignText.clean(text) == line)
    }

    @Test func longTextIsCut() {
        #expect(ForeignText.clean(String(repeating: "a", count: 300)).count == 300)
        #expect(ForeignText.clean(String(repeating: "a", count: 301)) == String(repeating: "a", count: 300) + "…")
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 4))
    func anythingBecomesOneLine(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let scalars = (0..<Int.random(in: 0...400, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x3000, using: &random))
            }
            let cleaned = ForeignText.clean(String(String.UnicodeScalarView(scalars)))
            #expect(cleaned.unicodeScalars.count <= 301)
            #expect(!cleaned.unicodeScalars.contains { ForeignText.isControl($0) || $0.properties.isBidiControl })
        }
    }

    @Test(arguments: [
        ("a", "a"), ("a@b.c", "a@b.c"), ("a b", "a%20b"), ("a/b", "a%2Fb"), ("?", "%3F"), ("#", "%23"), ("%", "%25"),
        ("é", "%C3%A9"), ("...", "..."), ("+", "%2B"), (";", "%3B"),
    ])
    func segments(text: String, segment: String) {
        #expect(PathSegment.encode(text) == segment)
    }

    @Test(arguments: ["", ".", ".."])
    func whatIsNoSegment(text: String) {
        #expect(PathSegment.encode(text) == nil)
    }

    /// A link whose platform answers nothing in particular: only where the settings say so is that a success.
    @Test(arguments: ["", "OK", "<html>", "GIF89a"])
    func bareSuccessOfLinks(body: String) {
        let plain = LaunchOutcome.classify(answer(200, body), now: 0)
        #expect(plain == .unknown(.notAnEnvelope))
        let bare = LaunchOutcome.classify(answer(200, body), now: 0, bareSuccess: true)
        #expect(bare == .accepted(Acceptance()))
        for status in [302, 404, 500] {
            let outcome = LaunchOutcome.classify(answer(status, body), now: 0, bareSuccess: true)
            #expect(outcome.launchClass == .unknown)
        }
        let refused = LaunchOutcome.classify(answer(200, #"{"error": 400}"#), now: 0, bareSuccess: true)
        #expect(refused.launchClass == .refused)
    }
}
