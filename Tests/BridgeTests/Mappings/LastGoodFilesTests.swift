import Foundation
import TestSupport
import Testing

@testable import Bridge

/// Last good versions on the disk.
@Suite("Last good versions", .timeLimit(.minutes(1)))
struct LastGoodFilesTests {
    private let folder: TemporaryFolder
    private let store: LastGoodFiles

    init() throws {
        folder = try TemporaryFolder()
        store = LastGoodFiles(statePath: folder.path("state"))
    }

    private func bytes(_ texts: [String: String]) -> [String: [UInt8]] {
        texts.mapValues { Array($0.utf8) }
    }

    @Test("nothing is kept in a folder that is not there, and nothing is made by reading")
    func absent() {
        #expect(store.read() == [:])
        #expect(!FileManager.default.fileExists(atPath: store.path))
    }

    @Test("versions come back as they were, whatever is in them")
    func roundTrip() throws {
        let kept = ["a.json": [UInt8](0...255), "имя файла.json": [], "b.json": Array("{}".utf8)]
        try store.keep(kept, inPlaceOf: [:])
        #expect(store.read() == kept)
    }

    @Test("what changed is replaced, what is gone is removed, the rest is not touched")
    func replaces() throws {
        let first = bytes(["a.json": "1", "b.json": "2", "c.json": "3"])
        try store.keep(first, inPlaceOf: [:])
        let untouched = try folder.identity("state/mappings/b.json")
        let second = bytes(["a.json": "4", "b.json": "2"])
        try store.keep(second, inPlaceOf: first)
        #expect(store.read() == second)
        #expect(try folder.identity("state/mappings/b.json") == untouched)
    }

    @Test("only the owner may read")
    func rights() throws {
        try store.keep(bytes(["a.json": "1"]), inPlaceOf: [:])
        #expect(try folder.rights("state/mappings") == 0o700)
        #expect(try folder.rights("state/mappings/a.json") == 0o600)
    }

    @Test("what a crash left half written is no version, and does not stand in the way")
    func crash() throws {
        try folder.makeFolder("state/mappings")
        try folder.write("state/mappings/.next", "half of someth")
        #expect(store.read() == [:])
        try store.keep(bytes(["a.json": "1"]), inPlaceOf: [:])
        #expect(store.read() == bytes(["a.json": "1"]))
        #expect(try folder.rights("state/mappings/a.json") == 0o600)
    }

    @Test("a folder that cannot be written is an error with its reason")
    func unwritable() throws {
        try folder.write("state", "a file where the folder should be")
        #expect(throws: (any Error).self) { try store.keep(bytes(["a.json": "1"]), inPlaceOf: [:]) }
        #expect(store.read() == [:])
    }
}

extension TemporaryFolder {
    /// The permission bits of something in it.
    fileprivate func rights(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return try #require(attributes[.posixPermissions] as? Int)
    }

    /// The number of the file on its disk: another one after a replacement.
    fileprivate func identity(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return try #require(attributes[.systemFileNumber] as? Int)
    }
}
