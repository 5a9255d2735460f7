import Logging
import TestSupport
import Testing

@testable import Telemetry

@Suite("The text form of lines", .timeLimit(.minutes(1)))
struct TextFormTests {
    @Test("Time, level and message stand in columns", arguments: Logger.Level.allCases)
    func columns(level: Logger.Level) throws {
        let text = LogLineTests.lines(.text) { line in
            line.begin(LogLineTests.time, level, "told")
            line.end()
        }
        let read = try TextForm(String(text.dropLast()), message: "told")
        #expect(read.time == "12:34:56.007")
        #expect(read.level == level.rawValue)
        #expect(text.hasSuffix("told\n"))
        #expect(text.utf8.count == 13 + 9 + 5)
    }

    @Test("Every member of an event reads back")
    func event() throws {
        let text = LogLineTests.lines(.text) { LogLineTests.fullEvent.write(to: &$0, at: LogLineTests.time) }
        let read = try TextForm(String(text.dropLast()), message: "parked")
        #expect(read["event_id"] == "order-17")
        #expect(read["launch"] == "campaign 4101")
        #expect(read["latency_ms"] == "12.345")
        #expect(read["redelivered"] == "true")
        #expect(read["detail"] == "400: no such \"profile\"")
        #expect(read["content"] == "{\"total\": \"1 200 ₽\"}")
        #expect(read.members.map(\.name).first == "event_id")
    }

    @Test("Any text reads back, and no line holds anything that steers a terminal")
    func random() throws {
        var generator = SeededGenerator(seed: 17)
        for _ in 0..<2_000 {
            let value = generator.text(upTo: 120)
            let text = LogLineTests.one(.text) { $0.add(.detail, value) }
            let read = try TextForm(String(text.dropLast()), message: "told")
            #expect(read["detail"].map { Array($0.utf16) } == Array(value.utf16))
            for scalar in text.dropLast().unicodeScalars {
                let category = scalar.properties.generalCategory
                #expect(![.control, .format, .lineSeparator, .paragraphSeparator].contains(category))
            }
        }
    }
}
