import Foundation
import Logging
import TestSupport
import Testing

@testable import Telemetry

@Suite("Timestamps", .timeLimit(.minutes(1)))
struct TimestampTests {
    static func text(_ milliseconds: Int64) -> String {
        let line = LogLineTests.lines(.json) { $0.begin(Timestamp(milliseconds: milliseconds), .info, "") }
        return String(line.dropFirst("{\"time\":\"".count).prefix(24))
    }

    @Test(
        "RFC 3339 in UTC with milliseconds",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_772_323_199_999, "2026-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ])
    func table(milliseconds: Int64, wanted: String) {
        #expect(Self.text(milliseconds) == wanted)
    }

    @Test("Agrees with Foundation on random days")
    func againstFoundation() {
        var generator = SeededGenerator(seed: 3)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<500 {
            let milliseconds = Int64.random(in: 0...4_102_444_800, using: &generator) * 1000
            let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
            #expect(Self.text(milliseconds) == date.formatted(style))
        }
    }

    @Test("The kept second is not shown for another one")
    func cache() {
        let lines = LogLineTests.lines(.json) { line in
            for milliseconds in [Int64(1_000), 1_999, 2_000, 1_500] {
                line.begin(Timestamp(milliseconds: milliseconds), .info, "m")
                line.end()
            }
        }
        let seconds = lines.split(separator: "\n").map { $0.dropFirst(26).prefix(6) }
        #expect(seconds == ["01.000", "01.999", "02.000", "01.500"])
    }

    @Test("The clock goes on from 2026")
    func now() {
        #expect(Timestamp.now().milliseconds > 1_700_000_000_000)
    }
}
