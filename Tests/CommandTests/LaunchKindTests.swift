import Foundation
import JSON
import TestSupport
import Testing

/// The section of `mappings/README.md` that shows every kind of launch: each mapping is right, and makes the call that
/// stands below it.
@Suite(.timeLimit(.minutes(2)))
struct LaunchKindTests {
    /// A mapping of the page and the call that the page promises.
    private struct Kind {
        let name: String
        let mapping: String
        let call: String
    }

    private let event: String
    private let kinds: [Kind]

    init() throws {
        let page = try String(contentsOf: Corpora.root.appending(path: "mappings/README.md"), encoding: .utf8)
        let section = try #require(page.split(separator: "\n## Every kind of launch\n").last)
        let parts = try #require(section.split(separator: "\n<!-- ").first).split(separator: "\n### ").map(String.init)
        event = try #require(Self.block("json", in: parts[0]))
        kinds = try parts.dropFirst().map { part in
            let mapping = try #require(Self.block("json", in: part), "\(part)")
            let name = try #require(try JSONDocument.parse(mapping).root["name"]?.string)
            return Kind(name: name, mapping: mapping, call: try #require(Self.block("http", in: part), "\(part)"))
        }
    }

    /// The first fenced block of a language.
    private static func block(_ language: String, in text: String) -> String? {
        let rest = text.split(separator: "```\(language)\n", maxSplits: 1)
        return rest.count == 2 ? rest[1].split(separator: "\n```").first.map(String.init) : nil
    }

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("event.json", event)
        for kind in kinds { try folder.write("mappings/\(kind.name).json", kind.mapping) }
        return folder
    }

    @Test func everyMappingPassesTheCheck() async throws {
        #expect(kinds.count >= 20 && Set(kinds.map(\.name)).count == kinds.count)
        let outcome = try await Command.run(["check", "--format", "json"], in: try folder())
        #expect(outcome.exit == 0)
        // That they stand on a page without tests, and launch the same for one event, is meant.
        let findings = try #require(try outcome.json["diagnostics"]).elements.filter { finding in
            !["W200", "W231"].contains(finding["code"]?.string ?? "")
        }
        #expect(findings.map { $0.text() } == [])
    }

    @Test func everyMappingMakesTheCallBelowIt() async throws {
        let outcome = try await Command.run(["preview", "--json", "--event", "event.json"], in: try folder())
        #expect(outcome.exit == 0)
        let launches = try #require(try outcome.json["launches"])
        for kind in kinds {
            let launch = launches.elements.first { $0["mapping"]?.string == kind.name }
            let request = try #require(launch?["request"], "\(kind.name)")
            let parts = kind.call.split(separator: "\n\n", maxSplits: 1).map(String.init)
            let url = request["url"]?.string?.replacing("https://altcraft.example", with: "")
            #expect("\(request["method"]?.string ?? "") \(url ?? "")" == parts[0], "\(kind.name)")
            let promised = try JSONDocument.parse(parts.count == 2 ? parts[1] : "null").root
            #expect(request["body"]?.isEqual(to: promised) == true, "\(kind.name): \(request)")
        }
    }

    @Test func noCallIsForgotten() {
        let paths = Set(kinds.map { $0.call.split(separator: "\n")[0].split(separator: "/trg/")[0] })
        let triggers = ["start/", "start_batch", "start_batch_task"] + imports
        let expected =
            triggers.map { "POST /api/v1.1/campaigns/triggers/\($0)" }
            + (["start"] + imports).map { "POST /api/v1.1/workflows/\($0)" } + ["GET ", "POST "]
        #expect(paths.map(String.init).sorted() == expected.sorted())
    }

    private let imports = ["import_and_start", "import_and_start_batch", "import_and_start_batch_task"]
}
