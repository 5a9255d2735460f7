import Foundation
import TestSupport
import Testing

@testable import Altcraft

/// Dates of answers against Foundation's calendar, in the three forms of RFC 9110, and `Retry-After` with them.
@Suite(.timeLimit(.minutes(1)))
struct HTTPDateOracleTests {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let longDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// A moment in the three forms, by Foundation's calendar.
    private static func forms(_ seconds: Int64) throws -> (modern: String, old: String, asctime: String, year: Int) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second, .weekday],
            from: Date(timeIntervalSince1970: Double(seconds)))
        func two(_ number: Int?) -> String {
            let text = String(number ?? 0)
            return text.count < 2 ? "0" + text : text
        }
        let year = try #require(parts.year)
        let month = months[try #require(parts.month) - 1]
        let weekday = try #require(parts.weekday) - 1
        let day = try #require(parts.day)
        let time = "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
        let padded = day < 10 ? " \(day)" : "\(day)"
        return (
            "\(days[weekday]), \(two(day)) \(month) \(year) \(time) GMT",
            "\(longDays[weekday]), \(two(day))-\(month)-\(two(year % 100)) \(time) GMT",
            "\(days[weekday]) \(month) \(padded) \(time) \(year)", year
        )
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 4))
    func everyMomentReadsBack(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            // From 1970 to 2199; leap days and turns of years among them.
            let seconds = Int64.random(in: 0...7_258_118_399, using: &generator)
            let forms = try Self.forms(seconds)
            #expect(HTTPDate.seconds(Substring(forms.modern), now: 0) == seconds, "\(forms.modern)")
            #expect(HTTPDate.seconds(Substring(forms.asctime), now: 0) == seconds, "\(forms.asctime)")
            // Two digits of a year mean the nearest one: at the time itself, and decades around it.
            for years in [-40, 0, 40] as [Int64] {
                let now = seconds + years * 31_556_952
                guard now >= 0 else { continue }
                #expect(HTTPDate.seconds(Substring(forms.old), now: now) == seconds, "\(forms.old) at \(now)")
            }
        }
    }

    @Test(arguments: ["2000-02-28", "2000-02-29", "2100-02-28", "2024-12-31", "1999-12-31", "2400-02-29"])
    func theDayAfter(text: String) throws {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        let day = Int64(try Date(text, strategy: style).timeIntervalSince1970)
        for seconds in [day, day + 86_399, day + 86_400] {
            let forms = try Self.forms(seconds)
            #expect(HTTPDate.seconds(Substring(forms.modern), now: 0) == seconds, "\(forms.modern)")
        }
    }

    /// A platform that asks to come at a time is waited for till then, an hour at most, and never into the past.
    @Test(arguments: [(-3_600, 0), (-1, 0), (0, 0), (1, 1), (59, 59), (3_599, 3_599), (3_600, 3_600), (3_601, 3_600)])
    func retryAfter(ahead: Int64, wait: Int) throws {
        for now in [1_000_000_000, 1_772_355_960, 4_102_444_799] as [Int64] {
            let forms = try Self.forms(now + ahead)
            for field in [forms.modern, forms.old, forms.asctime] {
                #expect(RetryAfter.wait(field, now: now) == .seconds(wait), "\(field)")
                #expect(RetryAfter.wait(" \t\(field)\r\n", now: now) == .seconds(wait))
            }
        }
    }

    /// Any one character of a date that is another one makes another date of it, or none; nothing traps.
    @Test func changedDates() throws {
        let text = Array(try Self.forms(1_772_355_960).modern)
        for place in text.indices {
            for other in "0:9,- GéA\u{0}" {
                var changed = text
                changed[place] = other
                let wait = RetryAfter.wait(String(changed), now: 1_772_355_000)
                #expect(wait.map { $0 >= .zero && $0 <= .seconds(3_600) } ?? true)
            }
            let cut = String(text[..<place])
            #expect(RetryAfter.wait(cut, now: 1_772_355_000) == nil, "\(cut)")
        }
    }
}
