import Foundation
import Functions
import JSON
import TestSupport
import Testing

/// Moments across time zones, beside Foundation's calendar.
@Suite(.timeLimit(.minutes(1))) struct ZoneTests {
    private static let zones = [
        "UTC", "Europe/Moscow", "Asia/Almaty", "Europe/Berlin", "America/New_York", "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Chatham",
    ]

    private func calendar(_ zone: String) throws -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone))
        return calendar
    }

    private func text(_ parts: DateComponents) -> String {
        func padded(_ number: Int?, _ width: Int = 2) -> String {
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(parts.year, 4))-\(padded(parts.month))-\(padded(parts.day)) "
            + "\(padded(parts.hour)):\(padded(parts.minute)):\(padded(parts.second))"
    }

    private static let fields: Set<Calendar.Component> = [.year, .month, .day, .hour, .minute, .second]

    @Test(arguments: zones)
    func `A wall clock is read as Foundation's calendar shows it`(zone: String) throws {
        var random = SeededGenerator(seed: 17)
        let calendar = try calendar(zone)
        let call = #"{"datetime":{"pattern":"yyyy-MM-dd HH:mm:ss","zone":"\#(zone)"}}"#
        for _ in 0..<100 {
            let seconds = Int64.random(in: 0...2_100_000_000, using: &random)
            let shown = text(calendar.dateComponents(Self.fields, from: Date(timeIntervalSince1970: Double(seconds))))
            guard case .value(.instant(let found)) = try Pipes.result(.json(.string(shown)), call) else {
                Issue.record("\(shown) in \(zone) was not read")
                continue
            }
            // Twice in autumn a clock shows the same; then the first is meant.
            let again = calendar.dateComponents(Self.fields, from: Date(timeIntervalSince1970: Double(found.seconds)))
            #expect(text(again) == shown, "\(zone)")
            #expect(found.seconds <= seconds && seconds - found.seconds <= 7_200, "\(shown) in \(zone)")
        }
    }

    @Test(arguments: zones)
    func `Every hour around every change of a clock is read and written back`(zone: String) throws {
        let timeZone = try #require(TimeZone(identifier: zone))
        let write = #"{"date":{"pattern":"yyyy-MM-dd HH:mm:ss xxx","zone":"\#(zone)"}}"#
        let read = #"{"datetime":{"pattern":"yyyy-MM-dd HH:mm:ss xxx"}}"#
        var change = Date(timeIntervalSince1970: 1_700_000_000)
        for _ in 0..<4 {
            guard let next = timeZone.nextDaylightSavingTimeTransition(after: change) else { break }
            for hour in -3...3 {
                let moment = Instant(seconds: Int64(next.timeIntervalSince1970) + Int64(hour) * 1_800)
                let outcome = try Pipes.run(.instant(moment), "[\(write),\(read)]")
                #expect(
                    outcome == .value(Pipes.quoted(moment.rfc3339)), "\(zone): with its offset a time is one moment")
            }
            change = next
        }
    }

    @Test(arguments: [
        ("P1D", 86_400.0), ("PT36H", 129_600), ("-P1D", -86_400), ("P1W", 604_800), ("-PT30M", -1_800),
        ("PT0.25S", 0.25),
        ("PT0S", 0), ("P30D", 2_592_000),
    ])
    func `A duration is a length of time, whatever the clocks do meanwhile`(duration: String, seconds: Double) throws {
        // Among them the nights when clocks in Berlin and New York change.
        for start in ["2026-03-28T12:00:00Z", "2026-10-24T23:30:00Z", "2026-03-07T12:00:00Z", "2024-02-28T18:59:59Z"] {
            let from = try #require(Instant(rfc3339: start))
            let moved = try Pipes.result(.json(.string(start)), #"["datetime",{"plus":"\#(duration)"}]"#)
            guard case .value(.instant(let to)) = moved else {
                Issue.record("\(start) was not moved")
                continue
            }
            let length = Double(to.seconds - from.seconds) + Double(to.nanoseconds - from.nanoseconds) / 1e9
            #expect(length == seconds, "\(start)")
            let back = duration.hasPrefix("-") ? String(duration.dropFirst()) : "-\(duration)"
            let again = try Pipes.run(.instant(to), #"{"plus":"\#(back)"}"#)
            #expect(again == .value(Pipes.quoted(from.rfc3339)))
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 10))
    func `Foundation reads what is written, and its texts are read`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let style = Date.ISO8601FormatStyle()
        for _ in 0..<100 {
            let seconds = Int64.random(in: -60_000_000_000...250_000_000_000, using: &random)
            // Before 1582 Foundation counts by another calendar.
            guard seconds > -12_219_292_800 else { continue }
            let date = Date(timeIntervalSince1970: Double(seconds))
            let moment = Instant(seconds: seconds)
            #expect(Instant(rfc3339: date.formatted(style)) == moment)
            #expect(try style.parse(moment.rfc3339) == date)
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 50, count: 10))
    func `An offset only says how a moment is shown`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let moment = Instant(seconds: Int64.random(in: 0...4_000_000_000, using: &random))
            let minutes = Int64.random(in: -1_439...1_439, using: &random)
            let local = Instant(seconds: moment.seconds + minutes * 60).rfc3339.dropLast()
            let (hours, rest) = (abs(minutes) / 60, abs(minutes) % 60)
            let offset =
                (minutes < 0 ? "-" : "+") + (hours < 10 ? "0" : "") + "\(hours):" + (rest < 10 ? "0" : "") + "\(rest)"
            let found = try Pipes.run("\"\(local)\(offset)\"", #""datetime""#)
            #expect(found == .value(Pipes.quoted(moment.rfc3339)), "\(local)\(offset)")
        }
    }

    @Test(arguments: [
        ("unix", 1), ("unix_ms", 1_000), ("unix_us", 1_000_000),
    ])
    func `Counts since 1970 and moments lead to each other`(from: String, unit: Int64) throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<100 {
            let count =
                Int64.random(in: -60_000_000_000...200_000_000_000, using: &random) * unit
                + Int64.random(in: 0..<unit, using: &random)
            for input in ["\(count)", "\"\(count)\""] {
                let read = try Pipes.result(
                    .json(.node(try JSONDocument.parse(input).root)), #"{"datetime":{"from":"\#(from)"}}"#)
                guard case .value(.instant(let moment)) = read else {
                    Issue.record("\(count) was not read")
                    continue
                }
                let back = moment.seconds * unit + Int64(moment.nanoseconds) * unit / 1_000_000_000
                #expect(back == count)
            }
        }
    }

    @Test(arguments: [
        ("RU", "+7 916 123-45-67", "8 916 123 45 67", "+79161234567"),
        ("KZ", "+7 701 123 45 67", "8 701 123-45-67", "+77011234567"),
        ("DE", "+49 1512 3456789", "01512 3456789", "+4915123456789"),
        ("US", "+1 415 555 2671", "(415) 555-2671", "+14155552671"),
        ("GB", "+44 7400 123456", "07400 123456", "+447400123456"),
        ("FR", "+33 6 12 34 56 78", "06 12 34 56 78", "+33612345678"),
        ("TR", "+90 501 234 56 78", "0501 234 56 78", "+905012345678"), ("IT", "+39 06 6982", "06 6982", "+39066982"),
        ("UZ", "+998 91 234 56 78", "91 234 56 78", "+998912345678"),
        ("BY", "+375 29 491-19-11", "8 029 491-19-11", "+375294911911"),
    ])
    func `A number at home and abroad is one number`(region: String, abroad: String, home: String, e164: String) throws
    {
        for input in [abroad, home, e164, " \(home) ", abroad.replacing(" ", with: "\u{A0}")] {
            #expect(
                try Pipes.run(Pipes.quoted(input), #"{"phone":"\#(region)"}"#) == .value(Pipes.quoted(e164)), "\(input)"
            )
        }
        // Elsewhere the form for home is another number, or none; that with its country's code stays.
        #expect(try Pipes.run(Pipes.quoted(abroad), #"{"phone":"JP"}"#) == .value(Pipes.quoted(e164)))
        #expect(try Pipes.run(Pipes.quoted(home), #"{"phone":"JP"}"#) != .value(Pipes.quoted(e164)))
    }
}
