import Foundation
import JSON
import TestSupport
import Testing

/// `trigger-bridge schema`.
@Suite(.timeLimit(.minutes(2)))
struct SchemaCommandTests {
    private func schema(_ arguments: [String], in folder: TemporaryFolder) async throws -> Command.Outcome {
        try await Command.run(["schema"] + arguments, in: folder)
    }

    private func committed(_ name: String) throws -> String {
        try String(contentsOf: Corpora.root.appending(path: "mappings/\(name)"), encoding: .utf8)
    }

    @Test func theCommittedCopiesAreFresh() async throws {
        let folder = try TemporaryFolder()
        let mapping = try await schema([], in: folder)
        #expect(mapping.exit == 0)
        #expect(try mapping.output == committed("mapping.schema.json"))
        #expect(try await schema(["mapping"], in: folder).output == mapping.output)
        let tests = try await schema(["tests"], in: folder).output
        #expect(try tests == committed("tests.schema.json"))
    }

    @Test func theReference() async throws {
        let outcome = try await schema(["--reference"], in: try TemporaryFolder())
        #expect(outcome.exit == 0 && outcome.output.contains("| `recipient` (required) |"))
        #expect(try committed("README.md").contains(outcome.output))
    }

    @Test func writesAllIntoAFolder() async throws {
        let folder = try TemporaryFolder()
        #expect(try await schema(["--write", "new"], in: folder).exit == 0)
        #expect(try folder.names() == ["new", "new/README.md", "new/mapping.schema.json", "new/tests.schema.json"])
        let first = try folder.text("new/README.md")
        try folder.write("new/README.md", "# Ours\n\n" + first + "\nThe end.\n")
        #expect(try await schema(["--write", "new"], in: folder).exit == 0)
        #expect(try folder.text("new/README.md") == "# Ours\n\n" + first + "\nThe end.\n")
    }

    @Test func usageErrors() async throws {
        let folder = try TemporaryFolder()
        try folder.write("file", "")
        for arguments in [["nope"], ["mapping", "tests"], ["--write"], ["--write", "file"]] {
            let outcome = try await schema(arguments, in: folder)
            #expect(outcome.exit == 2 && outcome.output == "" && outcome.errors != "", "\(arguments)")
        }
    }
}
