import Foundation
import Mapping
import TestSupport
import Testing

@testable import Bridge

/// What looking at a folder shows, and what of it is looked at again.
@Suite("Checking a folder", .timeLimit(.minutes(1)))
struct MappingCheckerTests {
    private typealias Fixture = MappingFixture
    private let folder: TemporaryFolder
    private var checker: MappingChecker

    init() throws {
        folder = try TemporaryFolder()
        checker = MappingChecker(folder: MappingFolder(path: folder.path), options: CompileOptions())
        try folder.write("a.json", Fixture.text("A"))
        try folder.write("a.tests.json", Fixture.tests())
        try folder.makeFolder("events")
        try folder.write("events/paid.json", Fixture.event)
        try folder.write("b.json", Fixture.text("B"))
    }

    private mutating func files() throws -> [MappingCheck] {
        guard case .files(let files) = checker.look() else {
            Issue.record("nothing to look at")
            return []
        }
        return files
    }

    @Test("good files are compiled and tested")
    mutating func good() throws {
        let files = try files()
        #expect(files.map(\.file.name) == [folder.path("a.json"), folder.path("b.json")])
        #expect(files.map { $0.good?.name } == ["A", "B"])
        #expect(files.flatMap(\.errors) == [])
        #expect(files[1].diagnostics.contains { $0.code == .noTests })
    }

    @Test("what has not changed is not compiled again")
    mutating func known() throws {
        let first = try files()
        try folder.write("b.json", Fixture.text("B", campaign: 8))
        let second = try files()
        #expect(first[0].mapping === second[0].mapping && first[1].mapping !== second[1].mapping)
    }

    @Test("a failing test keeps a mapping from going live, and is told in the file of tests")
    mutating func failingTest() throws {
        try folder.write("a.tests.json", Fixture.tests(campaign: 9))
        let check = try files()[0]
        #expect(check.good == nil && check.mapping != nil)
        #expect(check.errors.map(\.code) == [.failingTest])
        #expect(check.errors.first?.file == folder.path("a.tests.json"))
    }

    @Test("a change of the tests, or of an event that they read, is a change of the mapping")
    mutating func testsChange() throws {
        #expect(try files()[0].good != nil)
        try folder.write("events/paid.json", Fixture.event.replacing("order.paid", with: "order.sent"))
        #expect(try files()[0].errors.map(\.code) == [.failingTest])
        try folder.write("events/paid.json", Fixture.event)
        #expect(try files()[0].good != nil)
        try folder.write("a.tests.json", Fixture.tests(campaign: 9))
        #expect(try files()[0].good == nil)
        try folder.remove("a.tests.json")
        #expect(try files()[0].good != nil)
    }

    @Test("an event that comes later mends the mapping, and its folder is watched until then")
    mutating func missingEvent() throws {
        try folder.write("a.tests.json", Fixture.tests().replacing("events/paid", with: "events/deep/er/paid"))
        #expect(try files()[0].errors.map(\.code) == [.eventFile])
        #expect(
            checker.watched
                == [
                    folder.path, folder.path("events"), folder.path("events/deep"), folder.path("events/deep/er"),
                ])
        try folder.makeFolder("events/deep/er")
        try folder.write("events/deep/er/paid.json", Fixture.event)
        #expect(try files()[0].good != nil)
    }

    @Test("a path that leads out of the folder is neither read nor watched")
    mutating func leadsOut() throws {
        try folder.write("a.tests.json", Fixture.tests().replacing("events/paid", with: "../paid"))
        #expect(try files()[0].errors.map(\.code) == [.eventFile])
        #expect(checker.watched == [folder.path])
    }

    @Test("a file that cannot be read is an error of that file")
    mutating func unreadable() throws {
        try folder.link("c.json", to: "nowhere.json")
        let files = try files()
        #expect(files.count == 3 && files[2].errors.map(\.code) == [.unreadable] && files[2].good == nil)
        #expect(files[0].good != nil)
        let link = folder.path("c.json")
        #expect(
            files[2].errors.map(\.message)
                == ["the file cannot be read: \(link) is a link to nowhere.json, which is not there"])
    }

    @Test("tests that cannot be read keep a mapping from going live untested")
    mutating func unreadableTests() throws {
        try folder.remove("a.tests.json")
        try folder.link("a.tests.json", to: "a.tests.json")
        let check = try files()[0]
        #expect(check.errors.map(\.code) == [.unreadable] && check.errors[0].file == folder.path("a.tests.json"))
    }

    @Test("subfolders, tests, schemas and hidden files are no mappings")
    mutating func others() throws {
        try folder.makeFolder("more.json")
        try folder.makeFolder("sub")
        for name in ["sub/x.json", ".hidden.json", "mapping.schema.json", "notes.txt", "c.json~"] {
            try folder.write(name, "{")
        }
        #expect(try files().count == 2)
    }

    @Test("a folder that is gone, is a file, or is empty is said as such")
    mutating func nothing() throws {
        func said(_ path: String) -> String {
            var checker = MappingChecker(folder: MappingFolder(path: path), options: CompileOptions())
            guard case .nothing(let diagnostic) = checker.look() else { return "" }
            #expect(diagnostic.file == path && diagnostic.hint != nil)
            return diagnostic.message
        }
        let reason = "there is no such file or folder"
        #expect(said(folder.path("gone")) == "the folder cannot be read: \(folder.path("gone")): \(reason)")
        let here = FileManager.default.currentDirectoryPath
        #expect(said("no/such/folder") == "the folder cannot be read: \(here)/no/such/folder: \(reason)")
        #expect(said(folder.path("a.json")).hasPrefix("the folder cannot be read"))
        #expect(said(folder.path("events/sub")).hasPrefix("the folder cannot be read"))
        try folder.makeFolder("empty/sub.json")
        #expect(said(folder.path("empty")) == "the folder holds no mapping")
    }
}
