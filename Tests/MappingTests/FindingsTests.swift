import JSON
import Mapping
import Testing

/// A file with more findings than anybody reads.
@Suite(.timeLimit(.minutes(1)))
struct FindingsTests {
    /// A mapping whose content has that many members with a warning (a text that looks like a path) and then errors.
    private func mapping(warnings: Int, errors: Int) -> String {
        let doubts = (0..<warnings).map { #""w\#($0)": "$name""# }
        let faults = (0..<errors).map { #""e\#($0)": {"$pth": "$.a"}"# }
        return Sample.mapping(#""content": {"# + (doubts + faults).joined(separator: ",\n") + "}")
    }

    @Test
    func `An error after a thousand warnings still keeps the file from going live`() {
        let (mapping, diagnostics) = Sample.compile(mapping(warnings: 1_200, errors: 3))
        #expect(mapping == nil)
        #expect(diagnostics.count { $0.severity == .error } == 3)
        #expect(diagnostics.count == 1_001)
    }

    @Test
    func `What is not listed is counted, where it begins`() throws {
        let (_, diagnostics) = Sample.compile(mapping(warnings: 0, errors: 1_234))
        #expect(diagnostics.count == 1_001)
        let more = try #require(diagnostics.first { $0.code == .unlisted })
        #expect(more.message == "234 more findings in this file are not listed")
        #expect(more.severity == .warning)
        #expect(more.position.line == diagnostics[999].position.line + 1)
    }

    @Test
    func `A file with exactly as many as are listed says nothing of more`() {
        let (_, diagnostics) = Sample.compile(mapping(warnings: 0, errors: 1_000))
        #expect(diagnostics.count == 1_000)
        #expect(diagnostics.allSatisfy { $0.code != .unlisted })
    }
}
