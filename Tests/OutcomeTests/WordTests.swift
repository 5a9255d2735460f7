import Outcome
import Testing

/// The words of the guarantees: they stand in logs, metrics, headers and tests of mappings, so none may change unseen.
@Suite("Outcome words", .timeLimit(.minutes(1)))
struct WordTests {
    @Test("classes and ends")
    func classes() {
        #expect(
            LaunchClass.allCases.map(\.rawValue) == [
                "accepted", "skipped", "undecodable", "unmappable", "refused", "busy", "unknown", "exhausted",
            ])
        #expect(End.allCases.map(\.rawValue) == ["launched", "skipped", "parked", "waiting"])
    }

    /// Every reason, and whether a person who finds it must ask if the launch was made all the same.
    private static let reasons: [(word: String, isDoubtful: Bool)] = [
        ("unmatched", false), ("duplicate", false), ("expired", false), ("not_allowed", false),
        ("no_recipient", false), ("missing", false), ("invalid", false), ("not_json", false), ("too_big", false),
        ("too_deep", false), ("duplicate_member", false), ("encoding", false), ("lookup", false), ("limit", false),
        ("mapping_removed", false), ("refused", false), ("unreported", false), ("connect", false),
        ("timeout_before_write", false), ("http_429", false), ("http_503", false), ("unauthorized", false),
        ("tariff", false), ("forbidden", false), ("timeout", true), ("cut", true), ("http_500", true),
        ("http_502", true), ("http_504", true), ("not_an_envelope", true), ("task_failed", true),
        ("maybe_repeated", true),
    ]

    @Test("a number stands with its noun")
    func counted() {
        #expect([0, 1, 2].map { $0.counted("error") } == ["0 errors", "1 error", "2 errors"])
        #expect([1, 2].map { $0.counted("delivery", "deliveries") } == ["1 delivery", "2 deliveries"])
    }

    @Test("reasons are a closed list, and those of the class unknown, and they alone, leave a doubt")
    func reasons() throws {
        #expect(Reason.allCases.map(\.rawValue) == Self.reasons.map(\.word))
        for (word, isDoubtful) in Self.reasons {
            #expect((try #require(Reason(rawValue: word)).doubt != nil) == isDoubtful, "\(word)")
        }
    }

    @Test("a word is one in small letters, fit for a label and a header")
    func form() {
        let words =
            Reason.allCases.map(\.rawValue) + LaunchClass.allCases.map(\.rawValue) + End.allCases.map(\.rawValue)
        for word in words { #expect(word.wholeMatch(of: /[a-z]+(_[a-z0-9]+)*/) != nil, "\(word)") }
        for word in ["", "Timeout", "timeout ", "http-500", "not_JSON"] { #expect(Reason(rawValue: word) == nil) }
    }

    @Test("a doubt is one sentence that ends with what may have happened")
    func doubts() {
        let doubts = Reason.allCases.compactMap(\.doubt)
        #expect(Set(doubts).count == doubts.count)
        for doubt in doubts { #expect(doubt.hasSuffix(": it may have been launched") && !doubt.contains("\n")) }
        #expect(Reason.http502.doubt?.contains("http_502") == true)
    }
}
