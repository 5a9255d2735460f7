import Foundation
import JSON
import Logging
import Outcome
import Poll
import Synchronization
import Testing

@testable import Telemetry

/// An output in memory, that can be held shut like a terminal that somebody paused.
final class MemoryOutput: LogOutput {
    private struct State {
        var blocks: [[UInt8]] = []
        var isHeld = false
    }
    private let state = Mutex(State())
    private let released = DispatchSemaphore(value: 0)
    /// Signalled whenever the writer has begun a block.
    let begun = DispatchSemaphore(value: 0)

    func write(_ block: [UInt8]) -> Bool {
        begun.signal()
        if state.withLock({ $0.isHeld }) { released.wait() }
        state.withLock { $0.blocks.append(block) }
        return true
    }

    func hold() {
        state.withLock { $0.isHeld = true }
    }

    func release() {
        state.withLock { $0.isHeld = false }
        released.signal()
    }

    var blockCount: Int { state.withLock { $0.blocks.count } }

    var lines: [String] {
        state.withLock { state in
            state.blocks.flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
        }
    }
}

@Suite("The log writer", .timeLimit(.minutes(1)))
struct LogWriterTests {
    @Test("What was logged before close is written, in order, in few blocks")
    func order() throws {
        let output = MemoryOutput()
        let writer = try LogWriter(format: .json, output: output)
        for number in 0..<5_000 { writer.write(.info, "line") { $0.add(.count, number) } }
        #expect(writer.close(deadline: .seconds(20)))
        let numbers = try output.lines.map { try JSONDocument.parse($0).root["count"]?.number?.int64 }
        #expect(numbers == (0..<5_000).map { Int64($0) })
        #expect(output.blockCount < 500)
        #expect(writer.dropped == 0)
    }

    @Test("Lines of several threads are whole, and none is missing")
    func threads() async throws {
        let output = MemoryOutput()
        let writer = try LogWriter(format: .json, output: output)
        await withTaskGroup(of: Void.self) { group in
            for thread in 0..<4 {
                group.addTask {
                    for number in 0..<500 {
                        writer.write(.info, "line \(thread)") { $0.add(.count, number) }
                    }
                }
            }
        }
        writer.close(deadline: .seconds(20))
        let parsed = try output.lines.map { try JSONDocument.parse($0).root }
        #expect(parsed.count == 2_000)
        for thread in 0..<4 {
            let own = parsed.filter { $0["message"]?.string == "line \(thread)" }
            #expect(own.map { $0["count"]?.number?.int64 } == (0..<500).map { Int64($0) })
        }
    }

    @Test("When nobody reads, lines are dropped and counted, the caller goes on, and the count is told afterwards")
    func dropping() throws {
        let output = MemoryOutput()
        output.hold()
        let writer = try LogWriter(format: .json, capacity: 2 * LogLine.lineLimit, output: output)
        writer.write(.error, "first")
        output.begun.wait()
        let long = String(repeating: "x", count: 1_000)
        for _ in 0..<100 { writer.write(.info, "more") { $0.add(.detail, long) } }
        #expect(writer.dropped > 50)
        let dropped = writer.dropped
        output.release()
        #expect(writer.close(deadline: .seconds(20)))
        let report = try #require(output.lines.first { $0.contains("log lines dropped") })
        #expect(try JSONDocument.parse(report).root["count"]?.number?.int64 == dropped)
        #expect(output.lines.count == 100 + 1 - Int(dropped) + 1)
    }

    @Test("Close does not wait for an output that hangs")
    func hangingClose() throws {
        let output = MemoryOutput()
        output.hold()
        let writer = try LogWriter(format: .json, output: output)
        writer.write(.error, "first")
        output.begun.wait()
        #expect(!writer.close(deadline: .milliseconds(20)))
        output.release()
    }

    @Test("Levels below the writer's are not written, and lines after close are dropped")
    func levels() throws {
        let output = MemoryOutput()
        let writer = try LogWriter(format: .text, level: .notice, output: output)
        writer.write(.info, "quiet") { _ in Issue.record("built for nothing") }
        writer.write(EventLine(.debug, "quiet", eventID: "1"))
        writer.write(.notice, "loud")
        writer.close(deadline: .seconds(20))
        writer.write(.error, "late")
        #expect(output.lines.count == 1)
        #expect(output.lines.first?.hasSuffix("notice   loud") == true)
        #expect(writer.dropped == 1)
    }

    @Test("A descriptor gets every byte, also one that takes few at a time, and a closed one is no trap")
    func descriptor() throws {
        let pipe = Pipe()
        let reader = pipe.fileHandleForReading
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFL, O_NONBLOCK)
        let writer = try LogWriter(
            format: .json, output: DescriptorOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor))
        let long = String(repeating: "y", count: 2_000)
        for _ in 0..<200 { writer.write(.info, "line") { $0.add(.detail, long) } }
        let wanted = 200
        var text = ""
        while text.utf8.count(where: { $0 == 0x0A }) < wanted {
            text += String(decoding: reader.availableData, as: UTF8.self)
        }
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        #expect(writer.close(deadline: .seconds(20)))
        #expect(!DescriptorOutput(descriptor: 1_000_000).write([1]))
    }

    @Test("Auto is text on a terminal and JSON elsewhere")
    func auto() {
        #expect(LogFormat.auto.resolved(isTerminal: true) == .text)
        #expect(LogFormat.auto.resolved(isTerminal: false) == .json)
        #expect(LogFormat.json.resolved(isTerminal: true) == .json)
        #expect(LogFormat.text.resolved(isTerminal: false) == .text)
    }
}
