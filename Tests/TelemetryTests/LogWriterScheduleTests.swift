import Foundation
import JSON
import Logging
import TestSupport
import Testing

@testable import Telemetry

@Suite("Schedules of the log writer", .timeLimit(.minutes(2)))
struct LogWriterScheduleTests {
    @Test("Whatever is held and released when: lines written and lines dropped are all lines", arguments: 0..<20)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let output = MemoryOutput()
        let capacity = LogLine.lineLimit * Int.random(in: 1...4, using: &generator)
        let writer = try LogWriter(format: .json, level: .trace, capacity: capacity, output: output)
        var sent = 0
        var isHeld = false
        for _ in 0..<60 {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0 where !isHeld:
                output.hold()
                isHeld = true
            case 1 where isHeld:
                output.release()
                isHeld = false
            default:
                let level: Logger.Level = Bool.random(using: &generator) ? .info : .error
                let size = Int.random(in: 0...1_500, using: &generator)
                writer.write(level, "line") { line in
                    line.add(.count, sent)
                    line.add(.detail, String(repeating: "x", count: size))
                }
                sent += 1
            }
        }
        if isHeld { output.release() }
        #expect(writer.close(deadline: .seconds(20)))
        try check(output.lines, sent: sent, dropped: Int(writer.dropped))
    }

    /// Every line is whole, those written are in order, and the reports add up to what was dropped.
    private func check(_ lines: [String], sent: Int, dropped: Int) throws {
        var written: [Int64] = []
        var reported: Int64 = 0
        for line in lines {
            let root = try JSONDocument.parse(line).root
            let count = try #require(root["count"]?.number?.int64)
            if root["message"]?.string == "line" { written.append(count) } else { reported += count }
        }
        #expect(written.count + dropped == sent)
        #expect(reported == Int64(dropped))
        #expect(written == written.sorted())
        #expect(Set(written).count == written.count)
    }

    @Test("A writer that is given up while its output hangs does no harm")
    func abandoned() throws {
        let output = MemoryOutput()
        output.hold()
        do {
            let writer = try LogWriter(format: .text, output: output)
            writer.write(.warning, "first")
            output.begun.wait()
            writer.write(.warning, "second")
            #expect(!writer.close(deadline: .zero))
        }
        output.release()
        output.begun.wait()
        #expect(output.lines.first?.contains("first") == true)
    }

    @Test("An output that fails loses its lines and stops nothing")
    func failing() throws {
        let writer = try LogWriter(format: .json, output: DescriptorOutput(descriptor: -1))
        for _ in 0..<100 { writer.write(.error, "nobody hears") }
        #expect(writer.close(deadline: .seconds(20)))
    }

    @Test("Closing twice is closing once")
    func closedTwice() throws {
        let output = MemoryOutput()
        let writer = try LogWriter(format: .json, output: output)
        writer.write(.info, "only")
        #expect(writer.close(deadline: .seconds(20)))
        #expect(writer.close(deadline: .seconds(20)))
        #expect(output.lines.count == 1)
    }

    @Test(
        "Only lines of the level and above are written", arguments: Logger.Level.allCases, Logger.Level.allCases)
    func levels(writerLevel: Logger.Level, lineLevel: Logger.Level) throws {
        let output = MemoryOutput()
        let writer = try LogWriter(format: .json, level: writerLevel, output: output)
        writer.write(lineLevel, "line")
        writer.write(EventLine(lineLevel, "event", eventID: "1"))
        #expect(writer.isEnabled(lineLevel) == (lineLevel >= writerLevel))
        writer.close(deadline: .seconds(20))
        #expect(output.lines.count == (lineLevel >= writerLevel ? 2 : 0))
    }
}
