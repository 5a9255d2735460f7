import JSON
import TestSupport
import Testing

/// The public JSON parsing suite: `y_` parses, `n_` is refused, `i_` is free but must not trap.
@Suite("JSON parsing suite", .enabled(if: Corpora.isPresent("jsontestsuite"), Comment(rawValue: Corpora.absent)))
struct SuiteTests {
    @Test("every case ends as its name says")
    func cases() throws {
        let folder = "jsontestsuite/test_parsing"
        var counts: [Character: Int] = [:]
        for name in try Corpora.names(in: folder) {
            let bytes = try Corpora.bytes("\(folder)/\(name)")
            let parsed = (try? JSONDocument.parse(bytes, limits: JSONLimits(refusesDuplicates: false))) != nil
            if name.hasPrefix("y_") { #expect(parsed, "\(name) is JSON") }
            if name.hasPrefix("n_") { #expect(!parsed, "\(name) is not JSON") }
            counts[name.first ?? "?", default: 0] += 1
        }
        #expect(counts["y", default: 0] > 40 && counts["n", default: 0] > 80)
    }
}
