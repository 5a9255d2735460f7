import Foundation
import JSON
import Mapping
import TestSupport
import Testing

/// The folder that product teams edit.
@Suite(.timeLimit(.minutes(1)))
struct FolderTests {
    /// A folder with these files, removed afterwards.
    private func withFolder(_ files: [String: String], _ work: (String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(name, text) }
        try work(folder.path)
        withExtendedLifetime(folder) {}
    }

    private static func mapping(_ name: String, campaign: Int = 1) -> String {
        Sample.mapping("\"name\": \"\(name)\", \"launch\": {\"campaign\": \(campaign)}, \"content\": {\"n\": \"$.n\"}")
    }

    @Test func onlyMappingsAreRead() throws {
        let files = [
            "b.json": "{}", "a.json": "{}", "a.tests.json": "{}", "mapping.schema.json": "{}", ".hidden.json": "{}",
            "README.md": "", "events/e.json": "{}", "folder.json/inner.json": "{}", "notes.txt": "",
        ]
        try withFolder(files) { path in
            let (found, diagnostics) = MappingFolder(path: path).read()
            #expect(found.map(\.name) == ["\(path)/a.json", "\(path)/b.json"])
            #expect(diagnostics == [])
            #expect(MappingFolder(path: path + "/").read().files.map(\.name) == found.map(\.name))
        }
    }

    @Test func linksAreFollowedAsKubernetesMakesThem() throws {
        try withFolder(["..2026_03_01/a.json": Self.mapping("a")]) { path in
            let manager = FileManager.default
            try manager.createSymbolicLink(atPath: path + "/..data", withDestinationPath: "..2026_03_01")
            try manager.createSymbolicLink(atPath: path + "/a.json", withDestinationPath: "..data/a.json")
            #expect(MappingProject.load(MappingFolder(path: path)).set.mappings.map(\.name) == ["a"])
        }
    }

    /// What an element of a list is not, another may be: that there is a list, the test events of one of the two show.
    @Test(arguments: [
        (#"[{"sku": "A"}]"#, true), (#"[[{"sku": "A"}]]"#, true), (#"{"sku": ["A"]}"#, true),
        (#"{"sku": "A"}"#, false),
    ])
    func elementsOfAListMayMeetOneConditionEach(items: String, overlaps: Bool) throws {
        func mapping(_ name: String, _ sku: String) -> String {
            Sample.mapping("\"name\": \"\(name)\", \"when\": {\"body\": {\"items\": {\"sku\": [\"\(sku)\"]}}}")
        }
        let files = [
            "a.json": mapping("a", "A"), "b.json": mapping("b", "B"),
            "events/e.json": "{\"body\": {\"items\": \(items)}}",
            "b.tests.json":
                #"{"tests": [{"name": "t", "event": "events/e.json", "expect": {"outcome": "no_match"}}]}"#,
        ]
        try withFolder(files) { path in
            let project = MappingProject.load(MappingFolder(path: path))
            let found = project.diagnostics.first { $0.code == .overlap }
            #expect((found != nil) == overlaps)
            guard let hint = found?.hint, let start = hint.firstIndex(of: "{") else { return }
            let witness = try #require(EventFile.read(SourceFile(name: "w", text: String(hint[start...]))).0)
            #expect(project.set.evaluate(witness.event(now: witness.time)).mappings.count == 2, "\(hint)")
        }
    }

    @Test func whatCannotBeReadIsSaid() throws {
        let missing = MappingFolder(path: "/no/such/folder").read()
        #expect(missing.files.isEmpty && missing.diagnostics.map(\.code) == [.unreadable])
        #expect(missing.diagnostics.first?.file == "/no/such/folder")
        try withFolder(["a.json": "{}"]) { path in
            try FileManager.default.createSymbolicLink(atPath: path + "/gone.json", withDestinationPath: "nowhere.json")
            let (files, diagnostics) = MappingFolder(path: path).read()
            #expect(files.count == 1)
            #expect(diagnostics.map(\.file) == ["\(path)/gone.json"] && diagnostics.map(\.code) == [.unreadable])
        }
    }

    @Test func eventsOutsideTheFolderAreNotRead() throws {
        try withFolder(["inner/a.json": "{}", "secret.json": "1", "inner/events/e.json": "2"]) { path in
            let folder = MappingFolder(path: path + "/inner")
            #expect(folder.event("events/e.json")?.bytes == [0x32])
            for name in [
                "../secret.json", "events/../../secret.json", "/etc/hostname", "", "events//e.json", "none.json",
            ] {
                #expect(folder.event(name) == nil, "\(name)")
            }
        }
    }

    @Test func aMappingWhoseTestsFailIsNotInForceAndTheOthersAre() throws {
        let event = #"{"amqp": {"routing_key": "a"}, "body": {"n": 1}}"#
        let good = #"{"tests": [{"name": "t", "event": "events/e.json", "expect": {"outcome": "launch"}}]}"#
        let bad = #"{"tests": [{"name": "t", "event": "events/e.json", "expect": {"outcome": "no_match"}}]}"#
        let files = [
            "a.json": Self.mapping("a"), "a.tests.json": good, "b.json": Self.mapping("b", campaign: 2),
            "b.tests.json": bad,
            "c.json": "{", "d.json": Self.mapping("d", campaign: 3), "events/e.json": event,
        ]
        try withFolder(files) { path in
            let project = MappingProject.load(MappingFolder(path: path))
            #expect(project.set.mappings.map(\.name) == ["a", "d"])
            #expect(project.entries.map(\.isLive) == [true, false, false, true])
            #expect(project.hasErrors)
            let said = project.diagnostics.map { "\($0.file.split(separator: "/").last ?? "") \($0.code.rawValue)" }
            // These want every event, which is said of each.
            #expect(said.filter { !$0.hasSuffix("W241") } == ["b.tests.json E202", "c.json E101", "d.json W200"])
            #expect(said.count { $0.hasSuffix("W241") } == 3)
            let untested = MappingProject.load(MappingFolder(path: path), runsTests: false)
            #expect(untested.set.mappings.map(\.name) == ["a", "b", "d"])
        }
    }

    @Test func testsThatCannotBeReadAreNotTakenForNone() throws {
        try withFolder(["a.json": Self.mapping("a")]) { path in
            try FileManager.default.createSymbolicLink(
                atPath: path + "/a.tests.json", withDestinationPath: "a.tests.json")
            let project = MappingProject.load(MappingFolder(path: path))
            #expect(project.set.mappings.isEmpty && project.entries.map(\.isLive) == [false])
            let errors = project.diagnostics.filter { $0.severity == .error }
            #expect(errors.map(\.code) == [.unreadable] && errors.map(\.file) == ["\(path)/a.tests.json"])
            #expect(!project.diagnostics.contains { $0.code == .noTests })
        }
    }

    @Test(arguments: ["a.test.json", "a-tests.json", "a_test.json", "A-Tests.json"])
    func testsUnderANameThatIsNoneAreTold(name: String) throws {
        let tests = #"{"tests": [{"name": "t", "event": "events/e.json", "expect": {"outcome": "launch"}}]}"#
        try withFolder(["\(name.prefix(1)).json": Self.mapping("a"), name: tests]) { path in
            let said = MappingProject.load(MappingFolder(path: path)).diagnostics.filter { $0.code.rawValue != "W241" }
            #expect(said.map(\.message) == ["this is a file of tests, and no mapping"])
            #expect(said.first?.hint?.hasSuffix("\"\(name.prefix(1)).tests.json\"") == true, "\(said)")
        }
    }

    @Test func aCopyIsToldAtItsOwnFile() throws {
        let files = ["a (1).json": Self.mapping("a"), "a.json": Self.mapping("a")]
        try withFolder(files) { path in
            let said = MappingProject.load(MappingFolder(path: path)).diagnostics.filter { $0.code.rawValue != "W241" }
            let short = said.map { "\($0.file.split(separator: "/").last ?? "") \($0.code.rawValue)" }
            #expect(short == ["a (1).json E230", "a.json W200"])
        }
    }

    @Test(arguments: [
        ("x.json", "put it into the folder events"),
        ("events/x.json", "it is in the right folder; check the folder above it: ."),
        ("/m/events/x.json", "it is in the right folder; check the folder above it: /m"),
    ])
    func anEventThatIsTakenForAMappingIsTold(file: String, hint: String) {
        let found = Sample.compile(#"{"amqp": {"routing_key": "a"}, "body": {"n": 1}}"#, name: file).diagnostics
        #expect(found.map(\.message) == ["this is an event, and no mapping"] && found.first?.hint == hint)
    }

    @Test(arguments: [
        ("a.json", "a.tests.json"), ("dir/order.paid.json", "dir/order.paid.tests.json"), ("odd", "odd.tests.json"),
    ])
    func testsStandBesideTheirMapping(mapping: String, tests: String) {
        #expect(MappingFolder.testsName(of: mapping) == tests)
    }

    @Test(arguments: ["", "a b", "a/b", "é", "a\n", String(repeating: "a", count: 129)])
    func namesThatAreNone(name: String) { #expect(MappingName.fault(name) != nil) }

    @Test(arguments: ["a", "order.paid-2_x", "A1", String(repeating: "a", count: 128)])
    func namesThatAre(name: String) { #expect(MappingName.fault(name) == nil) }
}
