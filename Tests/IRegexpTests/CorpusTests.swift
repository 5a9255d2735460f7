import IRegexp
import JSON
import TestSupport
import Testing

/// The public I-Regexp cases.
@Suite(
    "I-Regexp: public cases",
    .enabled(if: Corpora.isPresent("iregexp"), Comment(rawValue: Corpora.absent)), .timeLimit(.minutes(1)))
struct CorpusTests {
    private func cases(_ part: String) throws -> [(pattern: String, text: ArraySlice<UInt8>)] {
        let document = try JSONDocument.parse(Corpora.bytes("iregexp/iregexp-cases.json"))
        let list = try #require(document.root[part])
        return list.elements.map { ($0["regexp"]?.string ?? "", $0["string"]?.utf8 ?? []) }
    }

    @Test("full matches and none")
    func full() throws {
        for (pattern, text) in try cases("full_match") {
            #expect(try IRegexp(pattern).matches(text), "\(pattern)")
        }
        for (pattern, text) in try cases("no_full_match") {
            #expect(try !IRegexp(pattern).matches(text), "\(pattern)")
        }
    }

    @Test("matches of a part")
    func search() throws {
        for (pattern, text) in try cases("search_match") {
            #expect(try IRegexp(pattern).occurs(in: text), "\(pattern)")
        }
    }

    @Test("what must be accepted and refused")
    func validity() throws {
        for (pattern, _) in try cases("must_accept") {
            #expect(throws: Never.self, "\(pattern)") { try IRegexp(pattern) }
        }
        for (pattern, _) in try cases("must_reject") {
            #expect(throws: IRegexpError.self, "\(pattern)") { try IRegexp(pattern) }
        }
    }
}
