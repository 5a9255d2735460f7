import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ledger

/// What is there when a ledger is opened, and what becomes of it.
@Suite(.timeLimit(.minutes(2)))
struct OpeningTests {
    /// Opens, and gives the fault.
    private func fault(_ folder: TemporaryFolder) -> LedgerFault? {
        do throws(LedgerFault) {
            _ = try LedgerFile.open(folder.ledger)
            return nil
        } catch {
            return error
        }
    }

    /// A ledger with a few launches, closed.
    private func made() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder, .quick(group: 8))
        for number in 0..<200 { _ = try desk.record(Sample("\(number)"), at: 1_000) }
        return folder
    }

    /// Whatever the fault, nothing was written over and no new file made.
    private func isUntouched(_ folder: TemporaryFolder, by open: () throws -> Void) throws -> Bool {
        let before = try folder.bytes(of: folder.ledger)
        try open()
        return try folder.bytes(of: folder.ledger) == before
    }

    @Test("a new ledger and its key are for their owner only, and so are the folders")
    func modes() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/state/deep/ledger.sqlite"
        let ledger = try LedgerFile.open(path)
        #expect(ledger.isNew)
        for name in [path, path + ".key", path + "-wal", folder.path + "/state", folder.path + "/state/deep"] {
            #expect(OpenFile.facts(of: name)?.isShared == false, "\(name)")
        }
        let key = try folder.bytes(of: path + ".key")
        #expect(key.count == 65)
    }

    @Test("two ledgers have two keys")
    func keysDiffer() throws {
        let (one, other) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try LedgerFile.open(one.ledger)
        _ = try LedgerFile.open(other.ledger)
        #expect(try one.bytes(of: one.ledger + ".key") != other.bytes(of: other.ledger + ".key"))
    }

    @Test("a path without a folder lies in the present one", arguments: [("a", "."), ("/a", "/"), ("x/y/a", "x/y")])
    func folders(_ path: String, _ folder: String) {
        #expect(LedgerFolder.path(of: path) == folder)
    }

    @Test(
        "something else stands there",
        arguments: [
            Array("hello".utf8), Array("SQLite format 2\0 and more of it".utf8), [UInt8](repeating: 0, count: 8_192),
        ])
    func foreign(bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: folder.ledger)
        try folder.write(Array(String(repeating: "0a", count: 32).utf8), to: folder.ledger + ".key")
        let untouched = try isUntouched(folder) { #expect(fault(folder) == .notALedger(path: folder.ledger)) }
        #expect(untouched)
    }

    @Test("a folder stands there")
    func folderInstead() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.ledger, withIntermediateDirectories: false)
        #expect(fault(folder) == .notALedger(path: folder.ledger))
    }

    @Test("another program's database stands there")
    func otherDatabase() throws {
        let folder = try made()
        let other = try TemporaryFolder()
        try DatabaseQueue(path: other.ledger).write { try $0.execute(sql: "CREATE TABLE thing (id INTEGER)") }
        try FileManager.default.copyItem(atPath: folder.ledger + ".key", toPath: other.ledger + ".key")
        #expect(fault(other) == .notALedger(path: other.ledger))
    }

    @Test("another version wrote it", arguments: [0, 2, 99])
    func otherVersion(version: Int) throws {
        let folder = try made()
        try DatabaseQueue(path: folder.ledger).write { try $0.execute(sql: "PRAGMA user_version = \(version)") }
        #expect(fault(folder) == .otherVersion(path: folder.ledger, found: version))
        #expect(fault(folder)?.description.contains("version \(version)") == true)
    }

    @Test("its key is missing, broken, or another's")
    func keys() throws {
        let folder = try made()
        let key = folder.ledger + ".key"
        let right = try folder.bytes(of: key)
        try FileManager.default.removeItem(atPath: key)
        #expect(fault(folder) == .keyMissing(path: folder.ledger, key: key))
        for broken in [[], Array("zz".utf8), Array(right.dropLast(3)), right + right] {
            try folder.write(broken, to: key)
            guard case .keyUnusable = fault(folder) else { return #expect(Bool(false), "\(broken)") }
        }
        try folder.write(Array(String(repeating: "00", count: 32).utf8), to: key)
        #expect(fault(folder) == .keyDiffers(path: folder.ledger, key: key))
        try folder.write(right, to: key)
        #expect(fault(folder) == nil)
    }

    @Test("a key that others may read is closed to them")
    func sharedKey() throws {
        let folder = try made()
        try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: folder.ledger + ".key")
        #expect(fault(folder) == nil)
        #expect(OpenFile.facts(of: folder.ledger + ".key")?.isShared == false)
    }

    @Test("two processes cannot write one ledger")
    func owned() throws {
        let folder = try made()
        let first = try LedgerFile.open(folder.ledger)
        #expect(fault(folder) == .owned(path: folder.ledger))
        try first.database.close()
    }

    @Test("the ledger is free again once its owner is gone")
    func freed() throws {
        let folder = try made()
        do { try LedgerFile.open(folder.ledger).database.close() }
        #expect(fault(folder) == nil)
    }

    @Test("pages that were damaged are found at the start", arguments: [1, 2, 3, 4, 5, 6, 7])
    func damaged(page: Int) throws {
        let folder = try made()
        var bytes = try folder.bytes(of: folder.ledger)
        let start = page * 4_096 - (page == 1 ? 1_600 : 4_096)
        guard start + 64 <= bytes.count else { return }
        for place in start..<min(start + 2_000, bytes.count) { bytes[place] = 0xA5 }
        try folder.write(bytes, to: folder.ledger)
        switch fault(folder) {
        case .corrupt, .notALedger: break
        // A pointer-map page or a free one: nothing of ours is in it.
        case nil: #expect(page == 2)
        case let other: #expect(Bool(false), "\(String(describing: other))")
        }
    }

    @Test("a ledger cut short is corrupt, not new")
    func truncated() throws {
        let folder = try made()
        let bytes = try folder.bytes(of: folder.ledger)
        for count in [100, 4_096, bytes.count / 2, bytes.count - 4_096] {
            try folder.write(Array(bytes.prefix(count)), to: folder.ledger)
            switch fault(folder) {
            case .corrupt, .notALedger: break
            case let other: #expect(Bool(false), "\(count): \(String(describing: other))")
            }
        }
    }

    @Test("a log without its ledger holds launches, and nothing new is made over it")
    func orphanedLog() throws {
        let folder = try TemporaryFolder()
        try folder.write([1, 2, 3], to: folder.ledger + "-wal")
        guard case .corrupt = fault(folder) else { return #expect(Bool(false)) }
        #expect(OpenFile.facts(of: folder.ledger) == nil)
    }

    @Test("a first start that was cut off is begun again")
    func cutOffStart() throws {
        let folder = try TemporaryFolder()
        try folder.write([], to: folder.ledger)
        #expect(fault(folder) == nil)
    }

    @Test("every fault says what to do")
    func words() {
        let faults: [LedgerFault] = [
            .notALedger(path: "p"), .otherVersion(path: "p", found: 7), .corrupt(path: "p", detail: "d"),
            .keyMissing(path: "p", key: "k"), .keyUnusable(key: "k", detail: "d"), .keyDiffers(path: "p", key: "k"),
            .owned(path: "p"), .absent(path: "p"), .system(path: "p", detail: "d"),
        ]
        for fault in faults {
            #expect(!fault.description.contains("\n"))
            #expect(
                ["set ", "move", "restore", "put ", "stop ", "look at", "run "].contains {
                    fault.description.contains($0)
                })
        }
    }
}
