import Foundation
import JSON
import Testing

@testable import Sandbox

@Suite("The launch log", .timeLimit(.minutes(1)))
struct LaunchLogTests {
    private func record(_ target: Int = 1, profile: String? = "p", event: String? = nil, content: String? = nil)
        -> LaunchRecord
    {
        var record = LaunchRecord(
            request: 1, time: Date(timeIntervalSince1970: 0), endpoint: "workflows/start", kind: .scenario,
            target: target, name: "name", recipient: "{}")
        record.profileID = profile
        record.eventID = event
        record.content = content
        return record
    }

    @Test("Only the last ones are kept, all are counted", arguments: [1, 2, 10, 1_000, 5_000])
    func bounded(most: Int) {
        var log = LaunchLog(most: most, mostBytes: .max)
        for number in 1...7_000 { #expect(log.append(record(number)).number == number) }
        #expect(log.total == 7_000)
        #expect(log.launches.map(\.number) == Array((7_001 - most)...7_000))
        #expect(log.counts.recipients.count == 7_000)
    }

    @Test("Bytes are bounded as well, and the last launch is kept however large it is")
    func boundedBytes() {
        var log = LaunchLog(most: 1_000, mostBytes: 10_000)
        for _ in 0..<100 { _ = log.append(record(content: String(repeating: "x", count: 2_000))) }
        #expect(log.launches.count == 3)
        #expect(log.launches.last?.number == 100)
        _ = log.append(record(content: String(repeating: "x", count: 100_000)))
        #expect(log.launches.map(\.number) == [101])
        _ = log.append(record())
        #expect(log.launches.map(\.number) == [102])
    }

    @Test("Events are told apart by event, target and profile")
    func counts() {
        var counts = LaunchCounts()
        for (target, profile, event) in [
            (1, "p", "e"), (1, "p", "e"), (2, "p", "e"), (1, "q", "e"), (1, "p", "f"),
        ] {
            counts.count(record(target, profile: profile, event: event))
        }
        counts.count(record(event: nil))
        #expect(counts.events.filter { $0.value > 1 }.map(\.key.id) == ["e"])
        #expect(counts.events.count == 4)
        #expect(counts.recipients.values.reduce(0, +) == 6)
        #expect(counts.withoutEvent == 1)
        #expect(counts.uncounted == 0)
    }

    @Test("Whatever a client sends, a record weighs at least its texts, and long event ids are not kept for counting")
    func weight() throws {
        var launch = record(event: String(repeating: "e", count: 10_000))
        launch.attachments = [Attachment(name: String(repeating: "n", count: 5_000), mime: "a/b", bytes: 1)]
        launch.ignored = [String(repeating: "i", count: 1_000)]
        #expect(launch.weight > 16_000)
        var counts = LaunchCounts()
        counts.count(launch)
        #expect(counts.events.isEmpty)
        #expect(counts.uncounted == 1)
        #expect(counts.recipients.count == 1)
        let names = (0..<500).map { "\($0)" + String(repeating: "x", count: 1_000) }
        let contents = try LaunchContents(.none, ignored: names)
        #expect(contents.ignored.count == 50)
        #expect(contents.ignored.allSatisfy { $0.count == 64 })
    }

    @Test("A line of the log is one line of bounded length, whatever it is made of")
    func logLine() {
        var launch = record(content: #"{"a":"\#(String(repeating: "long ", count: 2_000))"}"#)
        launch.name = "two\nlines\u{1B}[31m\u{85}\0"
        launch.ignored = ["x\r\ny"]
        launch.unsent = "not active"
        let line = launch.logLine
        #expect(line.unicodeScalars.count <= 2_000)
        #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        #expect(line.hasPrefix("1970-01-01T00:00:00.000Z launch 0: scenario 1 \"two lines"))
        #expect(line.hasSuffix("not sent: not active, ignored: x  y"))
    }
}
