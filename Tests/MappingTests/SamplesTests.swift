import Foundation
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// The folder `mappings/`: what product teams read first is right, tested and fresh.
@Suite(.timeLimit(.minutes(1)))
struct SamplesTests {
    private static let path = Corpora.root.appending(path: "mappings").path
    private static let project = MappingProject.load(MappingFolder(path: path))

    private func committed(_ name: String) throws -> String {
        try String(contentsOf: Corpora.root.appending(path: "mappings/\(name)"), encoding: .utf8)
    }

    @Test func nothingIsSaidAboutThem() {
        #expect(Self.project.diagnostics.map(\.description) == [])
        #expect(Self.project.entries.count >= 8)
        #expect(Self.project.set.mappings.count == Self.project.entries.count)
    }

    @Test func everySampleHasTestsThatPassAndReachEveryBranch() {
        for entry in Self.project.entries {
            #expect((entry.report?.results.count ?? 0) >= 2, "\(entry.file.name)")
            #expect(entry.report?.results.allSatisfy(\.isPassed) == true, "\(entry.file.name)")
            #expect(entry.report?.branches.allSatisfy(\.isReached) == true, "\(entry.file.name)")
        }
    }

    @Test func everySampleEventIsWantedByExactlyOneMapping() throws {
        let folder = Corpora.root.appending(path: "mappings/events").path
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".json") {
            let text = try committed("events/\(name)")
            let (file, diagnostics) = EventFile.read(SourceFile(name: name, text: text))
            let event = try #require(file, "\(diagnostics)")
            let plan = Self.project.set.evaluate(event.event(now: event.time))
            #expect(
                plan.mappings.count == 1 && plan.stops.allSatisfy { $0.reason == .duplicate }, "\(name): \(plan.stops)")
        }
    }

    @Test(arguments: MappingSchema.Kind.allCases)
    func theCommittedSchemaIsFresh(_ kind: MappingSchema.Kind) throws {
        #expect(
            try committed(kind.fileName) == MappingSchema.text(kind),
            "write it anew with `trigger-bridge schema --write mappings`")
    }

    @Test func theReferenceIsFresh() throws {
        let page = try committed("README.md")
        #expect(
            page == MappingReference.renewed(page),
            "write it anew with `trigger-bridge schema --write mappings`")
    }
}
