import Poll

/// The ledger's thread: answers questions, commits what was collected, and keeps house in between.
final class LedgerLoop {
    private let store: LedgerStore
    private let post: LedgerPost
    private let options: LedgerOptions
    private let report: @Sendable (LedgerReport) -> Void
    private var housekeeper: Housekeeper
    private var poll = PollSet()
    private var nextCommit: MonotonicTime

    /// How long it leaves the processor to others between two slices of housekeeping.
    private static let pause = Duration.milliseconds(2)

    init(
        _ file: LedgerFile, _ filter: KeyFilter, _ post: LedgerPost, _ options: LedgerOptions,
        report: @escaping @Sendable (LedgerReport) -> Void
    ) {
        store = LedgerStore(file, filter: filter, unindexedLimit: options.unindexedLimit)
        self.post = post
        self.options = options
        self.report = report
        nextCommit = .now()
        housekeeper = Housekeeper(options, indexedTo: file.indexedTo, now: nextCommit)
    }

    /// Works until it is closed and everything handed over before is committed.
    func run() {
        while true {
            let isClosing = post.isClosing
            answer(post.takeLookUps())
            if isClosing || MonotonicTime.now() >= nextCommit {
                commit(post.takeWrites())
                store.takeovers += 1
            }
            if isClosing { break }
            keepHouse()
            wait()
        }
        do {
            try store.close()
        } catch {
            // What was committed is on the disk; the next start reads the log that this close could not fold in.
            report(.failed(DatabaseWords.describe(error)))
        }
    }

    /// Waits for a question, for writes unless some are being collected, or for the next thing that is due.
    private func wait() {
        let now = MonotonicTime.now()
        var deadline = housekeeper.isBusy ? now.advanced(by: Self.pause) : housekeeper.nextTime
        poll.removeAll()
        poll.add(post.urgent.descriptor, .readable)
        if now >= nextCommit {
            poll.add(post.arrived.descriptor, .readable)
        } else {
            deadline = min(deadline, nextCommit)
        }
        let left = max(0, deadline.since(now).nanoseconds)
        _ = poll.wait(milliseconds: Int32(clamping: (left + 999_999) / 1_000_000))
        post.urgent.clear()
        if MonotonicTime.now() >= nextCommit { post.arrived.clear() }
    }

    private func answer(_ lookUps: [LedgerLookUp]) {
        guard !lookUps.isEmpty else { return }
        do {
            let findings = try store.lookUp(lookUps.map(\.question))
            // Before the reply: whoever has it finds no failure any more.
            post.noteReading(failure: "")
            post.reply(zip(lookUps, findings).map { .lookedUp(ticket: $0.ticket, $1) })
        } catch {
            post.noteReading(failure: told(error))
            post.reply(lookUps.map { .lookedUp(ticket: $0.ticket, .failed) })
        }
    }

    private func commit(_ writes: [LedgerWrite]) {
        guard !writes.isEmpty else { return }
        let start = MonotonicTime.now()
        do {
            try store.commit(writes)
            post.noteWriting(failure: "")
            succeed(writes, since: start)
        } catch {
            post.noteWriting(failure: told(error))
            post.reply(writes.map { .wrote(ticket: $0.ticket, isCommitted: false) })
        }
        nextCommit = MonotonicTime.now().advanced(by: options.commitInterval)
    }

    private func succeed(_ writes: [LedgerWrite], since start: MonotonicTime) {
        post.reply(writes.map { .wrote(ticket: $0.ticket, isCommitted: true) })
        let records = writes.count { write in
            if case .record = write.kind { true } else { false }
        }
        report(.committed(records: records, latency: MonotonicTime.now().since(start)))
    }

    private func keepHouse() {
        do {
            try housekeeper.step(store, now: .now())
        } catch {
            // Launches can be recorded all the same; if they cannot, the next commit says so.
            report(.failed(DatabaseWords.describe(error)))
        }
    }

    /// Reports a failure; gives it in words.
    private func told(_ error: any Error) -> String {
        let words = DatabaseWords.describe(error)
        report(.failed(words))
        return words
    }
}
