import Foundation
import Poll
import TestSupport
import Testing

@testable import Ledger

/// Looking at a ledger, without making or changing one.
@Suite("The look at a ledger", .timeLimit(.minutes(1)))
struct LedgerCheckTests {
    private static func inFolder(_ body: (String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try body(folder.path)
        withExtendedLifetime(folder) {}
    }

    private static func expect(_ wanted: LedgerCheck.State, at path: String) throws {
        let found = try LedgerCheck.look(at: path)
        #expect(found == wanted)
    }

    private static func names(_ path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    }

    @Test("one that is not there can be made, also in folders that are not there yet, and is not made by looking")
    func absent() throws {
        try Self.inFolder { path in
            try Self.expect(.absent, at: path + "/ledger.sqlite")
            try Self.expect(.absent, at: path + "/a/b/ledger.sqlite")
            #expect(try Self.names(path).isEmpty)
        }
    }

    @Test("one that is there is usable, and in use while somebody has it open")
    func present() throws {
        try Self.inFolder { path in
            let ledger = try Ledger(path: path + "/ledger.sqlite", wakeup: try Wakeup()) { _ in }
            try Self.expect(.inUse, at: path + "/ledger.sqlite")
            ledger.close()
            try Self.expect(.usable, at: path + "/ledger.sqlite")
            // Looking holds nothing: it can be opened again.
            let again = try Ledger(path: path + "/ledger.sqlite", wakeup: try Wakeup()) { _ in }
            again.close()
        }
    }

    @Test("what is no ledger of ours, or lacks its key, is refused and stays as it is")
    func refused() throws {
        try Self.inFolder { path in
            let file = path + "/ledger.sqlite"
            try Data("no database".utf8).write(to: URL(filePath: file))
            #expect(throws: LedgerFault.notALedger(path: file)) { _ = try LedgerCheck.look(at: file) }
            #expect(try Self.names(path) == ["ledger.sqlite"])
            try FileManager.default.removeItem(atPath: file)
            try Ledger(path: file, wakeup: try Wakeup()) { _ in }.close()
            try FileManager.default.removeItem(atPath: file + ".key")
            let missing = LedgerFault.keyMissing(path: file, key: file + ".key")
            #expect(throws: missing) { _ = try LedgerCheck.look(at: file) }
        }
    }
}
