import Mapping
import TestSupport
import Testing

@testable import Bridge

/// `mappings.path` may name one file.
@Suite("One mapping file", .timeLimit(.minutes(1)))
struct MappingOneFileTests {
    private typealias Fixture = MappingFixture

    @Test("only the file is looked at, with the tests and events beside it; gone, it leaves live what was live")
    func oneFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.json", Fixture.text("A"))
        try folder.write("a.tests.json", Fixture.tests(campaign: 9))
        try folder.makeFolder("events")
        try folder.write("events/paid.json", Fixture.event)
        try folder.write("b.json", "{")
        try folder.link("c.json", to: "nowhere")
        var checker = MappingChecker(path: folder.path("a.json"), options: CompileOptions())
        #expect(checker.watched == [folder.path + "/"])
        guard case .files(let files) = checker.look() else {
            Issue.record("nothing to look at")
            return
        }
        #expect(files.map(\.file.name) == [folder.path("a.json")])
        #expect(files[0].errors.map(\.code) == [.failingTest])
        try folder.remove("a.json")
        guard case .nothing(let diagnostic) = checker.look() else {
            Issue.record("something to look at")
            return
        }
        #expect(diagnostic.message == "the folder holds no mapping")
    }
}
