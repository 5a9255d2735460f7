import JSON
import Logging
import Outcome
import TestSupport
import Testing

@testable import Telemetry

@Suite("Log lines", .timeLimit(.minutes(1)))
struct LogLineTests {
    /// Stands for 2026-03-01T12:34:56.007Z.
    static let time = Timestamp(milliseconds: 1_772_368_496_007)

    static func lines(_ format: LineFormat, _ write: (inout LogLine) -> Void) -> String {
        var line = LogLine(format: format)
        write(&line)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    static func one(_ format: LineFormat, _ write: (inout LogLine) -> Void) -> String {
        lines(format) { line in
            line.begin(time, .info, "told")
            write(&line)
            line.end()
        }
    }

    static var fullEvent: EventLine {
        var event = EventLine(.warning, "parked", eventID: "order-17")
        event.end = .parked
        event.outcome = .refused
        event.reason = .refused
        event.mapping = "order-confirmation"
        event.version = "9f2c41d07a3b"
        event.launch = "campaign 4101"
        event.launches = 3
        event.recipient = "a***@example.com"
        event.attempt = 2
        event.latency = .microseconds(12_345)
        event.apiLatency = .milliseconds(9)
        event.exchange = "shop"
        event.routingKey = "order.paid"
        event.isRedelivered = true
        event.shadow = .launch
        event.detail = "400: no such \"profile\""
        event.content = "{\"total\": \"1 200 ₽\"}"
        return event
    }

    static var plainEvent: EventLine {
        var event = EventLine(.info, "launched", eventID: "order-18")
        event.end = .launched
        event.mapping = "order-confirmation"
        event.latency = .nanoseconds(1_999)
        return event
    }

    @Test("Lines are what the golden files hold", arguments: [LineFormat.json, .text])
    func golden(format: LineFormat) throws {
        let text = Self.lines(format) { line in
            Self.plainEvent.write(to: &line, at: Self.time)
            Self.fullEvent.write(to: &line, at: Timestamp(milliseconds: Self.time.milliseconds + 993))
            for (_, observation) in ObservationSamples.all {
                line.begin(Self.time, observation.level, observation.message)
                observation.addMembers(to: &line)
                line.end()
            }
        }
        let difference = try Golden.difference(text, from: format == .json ? "lines.json.txt" : "lines.text.txt")
        #expect(difference == nil)
    }

    @Test(
        "JSON escapes what must be escaped, and nothing else",
        arguments: [
            ("plain", "plain"), ("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("\n\r\t", "\\n\\r\\t"),
            ("\0\u{1B}[31m", "\\u0000\\u001b[31m"), ("\u{7F}", "\\u007f"), ("приvет 😀", "приvет 😀"), ("", ""),
        ])
    func escapes(text: String, wanted: String) {
        let line = Self.one(.json) { $0.add(.detail, text) }
        #expect(line.hasSuffix(",\"detail\":\"\(wanted)\"}\n"))
    }

    @Test(
        "Text quotes what is no single word and shows no control of a terminal",
        arguments: [
            ("word", "word"), ("two words", "\"two words\""), ("", "\"\""), ("a=b", "\"a=b\""),
            ("\u{1B}[2J", "\"\\u001b[2J\""), ("x\u{202E}y", "x\\u202ey"), ("\u{85}", "\\u0085"), ("ёж", "ёж"),
            ("q\"q", "q\\\"q"), ("a\nb", "\"a\\nb\""), ("x\u{E0001}", "x\\udb40\\udc01"),
        ])
    func textValues(text: String, wanted: String) {
        let line = Self.one(.text) { $0.add(.detail, text) }
        #expect(line.hasSuffix(" detail=\(wanted)\n"))
    }

    @Test("Any text comes back from a JSON line as it was")
    func randomRoundTrip() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let (name, value) = (generator.text(upTo: 12), generator.text(upTo: 200))
            let line = Self.one(.json) { $0.add(named: "x" + name, value) }
            #expect(line.utf8.filter { $0 == 0x0A }.count == 1)
            let root = try JSONDocument.parse(line).root
            #expect(root["x" + name]?.string == value)
        }
    }

    @Test("A long value is cut at a scalar, a long line loses its last members and says so")
    func bounds() throws {
        let long = String(repeating: "я\n", count: 4_000)
        for format in [LineFormat.json, .text] {
            let line = Self.one(format) { line in
                for number in 0..<50 { line.add(named: "member\(number)", long) }
            }
            #expect(line.utf8.count <= LogLine.lineLimit)
            #expect(line.contains("truncated"))
        }
        let root = try JSONDocument.parse(Self.one(.json) { $0.add(.detail, long) }).root
        let kept = try #require(root["detail"]?.string)
        #expect(kept.utf8.count <= LogLine.valueLimit + 3)
        #expect(kept.hasSuffix("…"))
    }

    @Test("Random lines are bounded, whole and, as JSON, well-formed")
    func randomBounds() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<100 {
            let line = Self.one(.json) { line in
                for _ in 0..<40 { line.add(named: generator.text(upTo: 600), generator.text(upTo: 3_000)) }
            }
            #expect(line.utf8.count <= LogLine.lineLimit)
            _ = try JSONDocument.parse(line, limits: JSONLimits(refusesDuplicates: false))
        }
    }

    @Test(
        "Durations have three decimals, also at the edges",
        arguments: [
            (Duration.zero, "0.000"), (.microseconds(1), "0.001"), (.seconds(61), "61000.000"),
            (.microseconds(-1_500), "-1.500"), (.seconds(Int64.max), "-0.001"),
        ])
    func durations(duration: Duration, wanted: String) {
        let line = Self.one(.json) { $0.add(.latencyMilliseconds, milliseconds: duration) }
        if duration != .seconds(Int64.max) { #expect(line.hasSuffix(":\(wanted)}\n")) }
    }

    @Test("Numbers are written to the last digit", arguments: [0, 7, -7, 1_000, Int.max, Int.min])
    func numbers(value: Int) {
        #expect(Self.one(.json) { $0.add(.count, value) }.hasSuffix("\"count\":\(value)}\n"))
    }
}
