import Foundation
import GRDB
import Poll
import Synchronization
import TestSupport

@testable import Ledger

extension TemporaryFolder {
    /// Where the ledger lies.
    var ledger: String { path + "/ledger.sqlite" }

    /// What stands in a file.
    func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Makes a file say something else.
    func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Copies the ledger as a power cut or `kill -9` would leave it: without anybody closing it.
    func copy(to other: TemporaryFolder) throws {
        for suffix in ["", "-wal", ".key"] where FileManager.default.fileExists(atPath: ledger + suffix) {
            try FileManager.default.copyItem(atPath: ledger + suffix, toPath: other.ledger + suffix)
        }
    }
}

/// A ledger whose replies are waited for: what the reactor does in rounds, one step after the other.
final class LedgerDesk {
    let ledger: Ledger
    let database: DatabaseQueue
    let reports: Reports
    private let wakeup: Wakeup
    /// Lives as long as the ledger in it.
    private let folder: TemporaryFolder
    private var replies: [UInt64: LedgerReply] = [:]
    private var nextTicket: UInt64 = 0

    /// What the ledger told of its work.
    final class Reports: Sendable {
        private let all = Mutex<[LedgerReport]>([])

        func add(_ report: LedgerReport) { all.withLock { $0.append(report) } }

        var commits: Int { all.withLock { $0.count { if case .committed = $0 { true } else { false } } } }

        var records: Int {
            all.withLock { $0.reduce(0) { if case .committed(let count, _) = $1 { $0 + count } else { $0 } } }
        }

        /// What failed, in words.
        var failureTexts: [String] {
            all.withLock { $0.compactMap { if case .failed(let words) = $0 { words } else { nil } } }
        }

        var failures: Int { all.withLock { $0.count { if case .failed = $0 { true } else { false } } } }
    }

    /// A reply that never came; with what the ledger said of its failures.
    struct Silence: Error {
        var failures: [String] = []
    }

    init(_ folder: TemporaryFolder, _ options: LedgerOptions = .quick()) throws {
        let file = try LedgerFile.open(folder.ledger)
        let reports = Reports()
        wakeup = try Wakeup()
        database = file.database
        self.folder = folder
        self.reports = reports
        ledger = try Ledger(file, options: options, wakeup: wakeup) { reports.add($0) }
    }

    deinit {
        ledger.close()
    }

    /// Whether the launch was made.
    func ask(_ launch: Sample, window: Int64 = 3_600, at now: Int64) throws -> LedgerFinding {
        let ticket = ticket()
        let question = LedgerQuestion(identity: launch.identity(ledger.hasher), windowSeconds: window, now: now)
        if let finding = ledger.lookUp(question, ticket: ticket) { return finding }
        guard case .lookedUp(_, let finding) = try reply(ticket) else { throw Silence() }
        return finding
    }

    /// Records the launch and waits for the commit.
    func record(
        _ launch: Sample, window: Int64 = 3_600, at now: Int64, isMaybeRepeated: Bool = false, hasIntent: Bool = false
    ) throws -> Bool {
        try isCommitted(post(launch, window: window, at: now, isMaybeRepeated: isMaybeRepeated, hasIntent: hasIntent))
    }

    /// Records the launch without waiting; the ticket is for `isCommitted`.
    func post(
        _ launch: Sample, window: Int64 = 3_600, at now: Int64, isMaybeRepeated: Bool = false, hasIntent: Bool = false
    ) -> UInt64 {
        let ticket = ticket()
        ledger.record(
            launch.entry(ledger.hasher, window: window, at: now), isMaybeRepeated: isMaybeRepeated,
            hasIntent: hasIntent, ticket: ticket)
        return ticket
    }

    func intend(_ launch: Sample, window: Int64 = 3_600, at now: Int64) throws -> Bool {
        let ticket = ticket()
        ledger.recordIntent(launch.entry(ledger.hasher, window: window, at: now), ticket: ticket)
        return try isCommitted(ticket)
    }

    func withdraw(_ launch: Sample) throws -> Bool {
        let ticket = ticket()
        ledger.withdrawIntent(launch.identity(ledger.hasher), ticket: ticket)
        return try isCommitted(ticket)
    }

    func isCommitted(_ ticket: UInt64) throws -> Bool {
        guard case .wrote(_, let isCommitted) = try reply(ticket) else { throw Silence() }
        return isCommitted
    }

    /// Waits until something holds, looking again and again; the ledger's housekeeping sends no replies.
    func wait(until holds: () throws -> Bool) throws {
        let deadline = MonotonicTime.now().advanced(by: .seconds(30))
        while try !holds() {
            guard MonotonicTime.now() < deadline else { throw Silence(failures: reports.failureTexts) }
            collect(milliseconds: 2)
        }
    }

    /// How many rows a table has.
    func count(_ table: String) throws -> Int {
        try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1 }
    }

    private func ticket() -> UInt64 {
        nextTicket += 1
        return nextTicket
    }

    private func reply(_ ticket: UInt64) throws -> LedgerReply {
        try wait { replies[ticket] != nil }
        guard let reply = replies.removeValue(forKey: ticket) else { throw Silence() }
        return reply
    }

    private func collect(milliseconds: Int32) {
        for reply in ledger.takeReplies() { keep(reply) }
        guard replies.isEmpty else { return }
        var poll = PollSet()
        poll.add(wakeup.descriptor, .readable)
        _ = poll.wait(milliseconds: milliseconds)
        wakeup.clear()
        for reply in ledger.takeReplies() { keep(reply) }
    }

    private func keep(_ reply: LedgerReply) {
        switch reply {
        case .lookedUp(let ticket, _), .wrote(let ticket, _): replies[ticket] = reply
        }
    }
}

extension LedgerOptions {
    /// Commits at once, and sweeps only where the test says when.
    static func quick(group: Int = 131_072, firstSweep: Duration = .seconds(3_600), clock: Int64 = 0) -> LedgerOptions {
        var options = LedgerOptions()
        options.commitInterval = .zero
        options.groupSize = group
        options.firstSweep = firstSweep
        options.clock = { clock }
        return options
    }
}

/// A launch of a test.
struct Sample: Hashable {
    var mapping = "welcome"
    var value: String
    var element = ""
    var event: String
    var recipients: [String] = []

    init(_ value: String, event: String? = nil, recipients: [String] = []) {
        self.value = value
        self.event = event ?? value
        self.recipients = recipients
    }

    func identity(_ hasher: LedgerHasher) -> LaunchIdentity {
        hasher.identity(mapping: mapping, value: value, element: element, event: event)
    }

    func entry(_ hasher: LedgerHasher, window: Int64, at now: Int64) -> LedgerEntry {
        LedgerEntry(
            identity: identity(hasher), event: event, recipients: recipients, mapping: mapping,
            target: "campaign 4101", windowSeconds: window, launchedAt: now)
    }
}
