import Foundation
package import Poll

/// What was launched, in an SQLite file of its own.
///
/// Questions and writes are handed over from any thread and never wait; replies are taken after the wakeup was signalled.
/// One thread owns the file. It collects what is handed over and commits it in groups with `synchronous = FULL`: what
/// was answered as committed survives `kill -9` and, as far as the disk keeps its word, a power loss.
///
/// A launch must not be asked about while its own write is under way; whoever uses the ledger reserves keys.
package final class Ledger: Sendable {
    /// Hashes what the ledger recognises launches by.
    package let hasher: LedgerHasher
    /// Whether there was no ledger before.
    package let isNew: Bool
    private let filter = KeyFilter()
    private let post: LedgerPost

    /// Opens a ledger or makes a new one, and starts its thread.
    ///
    /// - Parameters:
    ///   - path: The file; its folder is made where it is missing.
    ///   - options: For tests.
    ///   - wakeup: Signalled when there are replies.
    ///   - report: Told on the ledger's thread what it did.
    /// - Throws: ``LedgerFault``, in words for an operator.
    package convenience init(
        path: String, options: LedgerOptions = LedgerOptions(), wakeup: Wakeup,
        report: @escaping @Sendable (LedgerReport) -> Void = { _ in }
    ) throws(LedgerFault) {
        try self.init(try LedgerFile.open(path), options: options, wakeup: wakeup, report: report)
    }

    /// Starts the thread of a ledger that is open.
    init(
        _ file: LedgerFile, options: LedgerOptions, wakeup: Wakeup, report: @escaping @Sendable (LedgerReport) -> Void
    ) throws(LedgerFault) {
        hasher = file.hasher
        isNew = file.isNew
        do throws(SystemCallError) {
            post = try LedgerPost(answered: wakeup)
        } catch {
            throw .system(path: file.path, detail: error.description)
        }
        let thread = Thread { [filter, post] in
            LedgerLoop(file, filter, post, options, report: report).run()
            post.ended()
        }
        thread.name = "ledger"
        thread.start()
    }

    /// Whether a launch was made already.
    ///
    /// - Returns: The answer where it is certain at once; nil where it comes as a reply.
    package func lookUp(_ question: LedgerQuestion, ticket: UInt64) -> LedgerFinding? {
        if filter.lacks(question.identity.key.first) { return .absent }
        post.post(LedgerLookUp(ticket: ticket, question: question))
        return nil
    }

    /// Writes that a request is about to be made.
    package func recordIntent(_ entry: LedgerEntry, ticket: UInt64) {
        filter.insert(entry.identity.key.first)
        post.post(LedgerWrite(ticket: ticket, kind: .intent(entry)))
    }

    /// Takes an intent back: the launch was certainly not made.
    package func withdrawIntent(_ launch: LaunchIdentity, ticket: UInt64) {
        post.post(LedgerWrite(ticket: ticket, kind: .withdrawal(launch)))
    }

    /// Writes that a launch was made.
    ///
    /// - Parameters:
    ///   - entry: The launch.
    ///   - isMaybeRepeated: Whether an earlier request of it may have been carried out too.
    ///   - hasIntent: Whether an intent for it may stand, which then becomes the record.
    ///   - ticket: By what the reply names it.
    package func record(_ entry: LedgerEntry, isMaybeRepeated: Bool, hasIntent: Bool, ticket: UInt64) {
        filter.insert(entry.identity.key.first)
        let state: LaunchEntryState = isMaybeRepeated ? .maybeRepeated : .launched
        post.post(LedgerWrite(ticket: ticket, kind: .record(entry, state: state, hasIntent: hasIntent)))
    }

    /// Takes what has been answered since the last call, in order.
    package func takeReplies() -> [LedgerReply] { post.takeReplies() }

    /// Why it last failed, in words for the log; empty while it works.
    package var lastFailure: String { post.lastFailure }

    /// Commits what was handed over and closes the file; waits for that.
    package func close() { post.close() }
}
