import Foundation
package import Logging
package import Poll
import Synchronization

/// The one way out for log lines: a bounded block of bytes that a thread of its own writes.
///
/// Whoever logs formats straight into the block and never waits for the output: when the block is full because
/// nobody reads standard error, lines are dropped, counted, and the count is logged as soon as there is room. The
/// thread lets a block gather for `gathering` before it writes, so a burst is one system call for each block;
/// lines of level warning and worse are written at once. After `close` everything is dropped.
package final class LogWriter: Sendable {
    /// Most bytes that wait to be written.
    package static let defaultCapacity = 4 * 1024 * 1024
    /// How long lines gather before they are written.
    static let gathering: Int32 = 10

    /// How lines look.
    package let format: LineFormat
    /// The least severe level that is written.
    package let level: Logger.Level
    private let capacity: Int
    private let output: any LogOutput
    private let wakeup: Wakeup
    private let urgent: Wakeup
    private let finished: Wakeup
    private let state: Mutex<State>
    private let droppedTotal = Atomic<Int64>(0)

    private struct State {
        var lines: LogLine
        /// Whether the thread was told that there is something to write.
        var isSignalled = false
        var isClosed = false
        /// Lines dropped and not yet reported.
        var unreported: Int64 = 0
    }

    /// Makes a writer and starts its thread.
    ///
    /// - Throws: when the process has no descriptors left.
    package init(
        format: LineFormat,
        level: Logger.Level = .info,
        capacity: Int = defaultCapacity,
        output: any LogOutput = DescriptorOutput()
    ) throws(SystemCallError) {
        self.format = format
        self.level = level
        self.capacity = max(capacity, LogLine.lineLimit)
        self.output = output
        wakeup = try Wakeup()
        urgent = try Wakeup()
        finished = try Wakeup()
        state = Mutex(State(lines: LogLine(format: format)))
        let thread = Thread { self.run() }
        thread.name = "log"
        thread.stackSize = 512 * 1024
        thread.start()
    }

    /// Whether lines of a level are written; ask before building an expensive one.
    package func isEnabled(_ level: Logger.Level) -> Bool {
        level >= self.level
    }

    /// How many lines were dropped since the start, because nobody read the output.
    package var dropped: Int64 {
        droppedTotal.load(ordering: .relaxed)
    }

    /// Writes the line of an event.
    package func write(_ line: EventLine, at time: Timestamp = .now()) {
        guard isEnabled(line.level) else { return }
        append(line.level) { lines in line.write(to: &lines, at: time) }
    }

    /// Writes a line of any kind: `members` adds what it tells beside the message.
    package func write(
        _ level: Logger.Level,
        _ message: String,
        at time: Timestamp = .now(),
        members: (inout LogLine) -> Void = { _ in }
    ) {
        guard isEnabled(level) else { return }
        append(level) { lines in
            lines.begin(time, level, message)
            members(&lines)
            lines.end()
        }
    }

    /// Writes what waits and ends the thread; waits for that no longer than `deadline`.
    ///
    /// - Returns: false when the output took longer; what waits is lost then, if the process ends.
    @discardableResult
    package func close(deadline: Duration = .seconds(1)) -> Bool {
        state.withLock { $0.isClosed = true }
        wakeup.signal()
        urgent.signal()
        var waiting = PollSet()
        waiting.add(finished.descriptor, .readable)
        let milliseconds = max(0, deadline.nanoseconds / 1_000_000)
        return waiting.wait(milliseconds: Int32(clamping: milliseconds)) > 0
    }

    /// Has one line written into the block, or counts it as dropped.
    private func append(_ level: Logger.Level, _ write: (inout LogLine) -> Void) {
        let (first, isDropped) = state.withLock { state in
            guard !state.isClosed, state.lines.bytes.count + LogLine.lineLimit <= capacity else {
                state.unreported += 1
                return (false, true)
            }
            write(&state.lines)
            defer { state.isSignalled = true }
            return (!state.isSignalled, false)
        }
        if isDropped { droppedTotal.add(1, ordering: .relaxed) }
        if first { wakeup.signal() }
        if level >= .warning { urgent.signal() }
    }
}

extension LogWriter {
    /// The thread: wait for lines, let them gather, write them, until closed and empty.
    private func run() {
        var waiting = PollSet()
        var block: [UInt8] = []
        while true {
            wait(for: wakeup, in: &waiting, milliseconds: -1)
            wait(for: urgent, in: &waiting, milliseconds: Self.gathering)
            let isLast = take(into: &block)
            if !block.isEmpty { _ = output.write(block) }
            if isLast {
                finished.signal()
                return
            }
        }
    }

    private func wait(for wakeup: Wakeup, in set: inout PollSet, milliseconds: Int32) {
        set.removeAll()
        set.add(wakeup.descriptor, .readable)
        if set.wait(milliseconds: milliseconds) > 0 { wakeup.clear() }
    }

    /// Takes what waits, with the report of what was dropped; true when nothing will follow.
    private func take(into block: inout [UInt8]) -> Bool {
        state.withLock { state in
            if state.unreported > 0 {
                state.lines.begin(.now(), .warning, "log lines dropped")
                state.lines.add(.count, state.unreported)
                state.lines.add(.advice, "whatever reads standard error is too slow")
                state.lines.end()
                state.unreported = 0
            }
            state.lines.exchange(for: &block)
            state.isSignalled = false
            return state.isClosed
        }
    }
}
