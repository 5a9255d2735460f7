import Dispatch
import Poll
import Synchronization

/// What passes between the ledger's thread and everybody else.
///
/// Nothing in it grows without bound: whoever asks has one question or write for each launch under way.
final class LedgerPost: Sendable {
    private struct State {
        var lookUps: [LedgerLookUp] = []
        var writes: [LedgerWrite] = []
        var replies: [LedgerReply] = []
        var readingFailure = ""
        var writingFailure = ""
        var isClosing = false
    }

    /// Wakes the ledger's thread for a question, or to close.
    let urgent: Wakeup
    /// Wakes the ledger's thread for a write, where it is not collecting anyway.
    let arrived: Wakeup
    /// Wakes whoever takes the replies.
    private let answered: Wakeup
    private let state = Mutex(State())
    private let end = DispatchSemaphore(value: 0)

    init(answered: Wakeup) throws(SystemCallError) {
        self.answered = answered
        urgent = try Wakeup()
        arrived = try Wakeup()
    }

    func post(_ lookUp: LedgerLookUp) {
        let isFirst = state.withLock { state in
            state.lookUps.append(lookUp)
            return state.lookUps.count == 1
        }
        if isFirst { urgent.signal() }
    }

    func post(_ write: LedgerWrite) {
        let isFirst = state.withLock { state in
            state.writes.append(write)
            return state.writes.count == 1
        }
        if isFirst { arrived.signal() }
    }

    func takeLookUps() -> [LedgerLookUp] {
        state.withLock { state in
            defer { state.lookUps = [] }
            return state.lookUps
        }
    }

    func takeWrites() -> [LedgerWrite] {
        state.withLock { state in
            defer { state.writes = [] }
            return state.writes
        }
    }

    func reply(_ replies: [LedgerReply]) {
        let isFirst = state.withLock { state in
            let isFirst = state.replies.isEmpty && !replies.isEmpty
            state.replies += replies
            return isFirst
        }
        if isFirst { answered.signal() }
    }

    func takeReplies() -> [LedgerReply] {
        state.withLock { state in
            defer { state.replies = [] }
            return state.replies
        }
    }

    /// Why the ledger fails; empty while it works.
    ///
    /// A full disk can be read from: what was read tells nothing about writing.
    var lastFailure: String {
        state.withLock { $0.writingFailure.isEmpty ? $0.readingFailure : $0.writingFailure }
    }

    /// Notes how the last look-ups went; empty for well.
    func noteReading(failure: String) {
        state.withLock { $0.readingFailure = failure }
    }

    /// Notes how the last commit went; empty for well.
    func noteWriting(failure: String) {
        state.withLock { $0.writingFailure = failure }
    }

    var isClosing: Bool { state.withLock { $0.isClosing } }

    /// Asks the ledger's thread to end, and waits for it.
    func close() {
        state.withLock { $0.isClosing = true }
        urgent.signal()
        end.wait()
        // Whoever closes it again does not wait.
        end.signal()
    }

    /// Says that the ledger's thread is at its end.
    func ended() {
        end.signal()
    }
}
