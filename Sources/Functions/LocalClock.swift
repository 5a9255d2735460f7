import Foundation

/// A moment as a calendar and a clock on the wall show it; Gregorian, also for the time before that calendar.
struct LocalClock {
    /// A part of date or time.
    enum Field: Sendable, Hashable {
        case year, month, day, weekday, half, hour, hourOfTwelve, minute, second

        /// The field of a pattern's letter; nil for letters that are no plain number.
        init?(_ letter: Unicode.Scalar) {
            switch letter {
            case "y": self = .year
            case "M", "L": self = .month
            case "d": self = .day
            case "H": self = .hour
            case "h": self = .hourOfTwelve
            case "m": self = .minute
            case "s": self = .second
            default: return nil
            }
        }
    }

    /// The year of its era: 1 before Christ is 1.
    let year: Int64
    let nanoseconds: Int64
    private let month: Int64
    private let day: Int64
    private let weekday: Int64
    private let secondOfDay: Int64

    /// Reads a moment on a clock that is so many seconds east of Greenwich.
    init(_ instant: Instant, offset: Int64) {
        let local = instant.seconds + offset
        let days = local.quotient(dividingDownBy: 86_400)
        let date = Instant.civil(fromDays: days)
        year = date.year > 0 ? date.year : 1 - date.year
        (month, day) = (date.month, date.day)
        secondOfDay = local - days * 86_400
        // 1970-01-01 was a Thursday.
        weekday = days + 4 - (days + 4).quotient(dividingDownBy: 7) * 7
        nanoseconds = Int64(instant.nanoseconds)
    }

    /// A part as a number; months from 1, weekdays from Sunday 0, halves of the day 0 and 1.
    subscript(_ field: Field) -> Int64 {
        switch field {
        case .year: year
        case .month: month
        case .day: day
        case .weekday: weekday
        case .half: secondOfDay / 43_200
        case .hour: secondOfDay / 3_600
        case .hourOfTwelve: (secondOfDay / 3_600 + 11) % 12 + 1
        case .minute: secondOfDay / 60 % 60
        case .second: secondOfDay % 60
        }
    }
}

extension Instant {
    /// The moment as Foundation has it, to about a microsecond.
    var date: Date {
        Date(timeIntervalSince1970: Double(seconds) + Double(nanoseconds) / 1e9)
    }
}

extension TimeZone {
    /// Seconds east of Greenwich at a moment.
    func offset(at instant: Instant) -> Int64 {
        Int64(secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds))))
    }

    /// The moment at which a clock in this zone shows a date and time, given as if it were UTC.
    ///
    /// A time that comes twice in autumn is the first; one that is left out in spring is as much later, as in Java.
    func instant(showing local: Instant) -> Instant {
        let before = offset(at: Instant(seconds: local.seconds - 86_400))
        let after = offset(at: Instant(seconds: local.seconds + 86_400))
        let first = Instant(seconds: local.seconds - before, nanoseconds: local.nanoseconds)
        let second = Instant(seconds: local.seconds - after, nanoseconds: local.nanoseconds)
        if offset(at: first) == before { return first }
        return offset(at: second) == after ? second : first
    }
}
