import Foundation
import JSON
import Mapping
import TestSupport
import Testing

/// Files that nobody reads although somebody thinks so, places that cannot be read, and where links lead.
@Suite(.timeLimit(.minutes(1)))
struct OverlookedTests {
    /// A folder with empty files and links in it, removed afterwards.
    private func withFolder(_ files: [String], links: [String: String] = [:], _ work: (String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        for name in files {
            if name.hasSuffix("/") { try folder.makeFolder(name) } else { try folder.write(name, "{}") }
        }
        for (name, target) in links { try folder.link(name, to: target) }
        try work(folder.path)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: [
        // The files, and what is said: the name, the beginning of what is wrong, and the hint.
        (["order.JSON"], ["order.JSON|this file is passed over|rename it to \"order.json\""]),
        (["order.Json.Txt"], ["order.Json.Txt|this file is passed over|rename it to \"order.json\""]),
        (["order.json.txt"], ["order.json.txt|this file is passed over|rename it to \"order.json\""]),
        (["order.tests.JSON"], ["order.tests.JSON|this file is passed over|rename it to \"order.tests.json\""]),
        (["a.tests.json"], ["a.tests.json|these tests never run|name them after their mapping, or take them away"]),
        (["order.json", "ordre.tests.json"], ["ordre.tests.json|these tests never run|did you mean \"order\"?"]),
        (
            ["b.JSON", "a.json.txt"],
            [
                "a.json.txt|this file is passed over|rename it to \"a.json\"",
                "b.JSON|this file is passed over|rename it to \"b.json\"",
            ]
        ),
        // The nearest that are right, or that nobody takes for a mapping.
        (["order.json", "order.tests.json"], []), (["mapping.schema.json", "README.md", "order.txt"], []),
        ([".order.JSON", ".order.tests.json"], []), (["order.jsonl", "json", "order.json.bak"], []),
        (["events/order.JSON", "old/a.tests.json"], []), ([], []),
    ])
    func whatIsPassedOver(files: [String], expected: [String]) throws {
        try withFolder(files) { path in
            let found = MappingFolder(path: path).overlooked()
            let told = found.map { remark in
                let name = remark.file.dropFirst(path.count + 1)
                return "\(name)|\(remark.message.prefix { $0 != ":" })|\(remark.hint ?? "")"
            }
            #expect(told == expected)
            #expect(found.allSatisfy { $0.code == .overlooked && $0.severity == .warning && $0.position.line == 1 })
        }
    }

    @Test(arguments: [
        ([], #"a mapping is a file whose name ends with .json; tests and subfolders do not count"#),
        (
            ["a.json.txt"],
            #"a mapping is a file whose name ends with .json ("a.json.txt" does not); tests and subfolders do not count"#
        ),
        (
            ["x.md", "B.JSON"],
            #"a mapping is a file whose name ends with .json ("B.JSON" does not); tests and subfolders do not count"#
        ),
    ])
    func aFolderWithoutMappingsIsTold(files: [String], hint: String) throws {
        try withFolder(files) { path in
            let remark = MappingFolder(path: path).holdsNone
            #expect(
                remark.file == path && remark.code == .unreadable && remark.message == "the folder holds no mapping")
            #expect(remark.hint == hint)
        }
    }

    @Test func placesThatCannotBeReadAreNamedInOurWords() throws {
        try withFolder(
            ["file.json", "sub/"], links: ["gone.json": "nowhere", "round.json": "round.json", "loop": "loop"]
        ) { path in
            func words(_ name: String) -> [String] {
                MappingFolder(path: path + name).read().diagnostics.map {
                    String($0.message.drop { $0 != ":" }.dropFirst(2))
                }
            }
            let resolved = URL(filePath: path).standardizedFileURL.path
            #expect(words("/none") == ["\(resolved)/none: there is no such file or folder"])
            #expect(words("/file.json") == ["\(resolved)/file.json: a part of the path is no folder"])
            #expect(
                words("").sorted() == [
                    "\(resolved)/gone.json is a link to nowhere, which is not there",
                    "\(resolved)/round.json: it is a link in a circle",
                ])
            // A folder with a mapping's ending is nobody's mapping.
            #expect(MappingFolder(path: path).read().files.map(\.name) == ["\(path)/file.json"])
        }
    }

    @Test func linksLeadOutOfTheFolder() throws {
        try withFolder(
            ["own/a.json", "own/..data/b.json", "else/c.json", "more/deep/d.json"],
            links: [
                "own/b.json": "..data/b.json", "own/c.json": "../else/c.json", "own/d.json": "../more/deep/d.json",
                "own/self.json": "a.json", "own/gone.json": "../away/x.json", "own/note.txt": "../else/c.json",
            ]
        ) { path in
            let place = URL(filePath: path).resolvingSymlinksInPath().path
            let expected = ["/away", "/else", "/more/deep", "/own/..data"].map { place + $0 }
            #expect(MappingFolder(path: path + "/own").linkedFolders.sorted() == expected)
            #expect(MappingFolder(path: path + "/else").linkedFolders == [])
            #expect(MappingFolder(path: path + "/none").linkedFolders == [])
            // What is linked is read under the name that it has here.
            let names = MappingFolder(path: path + "/own").read().files.map { $0.name.split(separator: "/").last ?? "" }
            #expect(names == ["a.json", "b.json", "c.json", "d.json", "self.json"])
        }
    }
}
