/// A moment in time: seconds and nanoseconds since 1970-01-01T00:00:00Z.
///
/// Reads and writes RFC 3339 without Foundation: every event's time passes through here.
package struct Instant: Sendable, Hashable, Comparable {
    /// Whole seconds, rounded down.
    package let seconds: Int64
    /// Nanoseconds after the whole second, 0 to 999,999,999.
    package let nanoseconds: Int32

    /// The years that RFC 3339 can write: 0000 to 9999.
    package static let range =
        Instant(seconds: -62_167_219_200)...Instant(seconds: 253_402_300_799, nanoseconds: 999_999_999)

    /// Makes a moment; `nanoseconds` must be below a second.
    package init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Takes Unix seconds; nil for a year that RFC 3339 cannot write.
    package init?(unix seconds: Int64) {
        self.init(seconds: seconds)
        guard Instant.range.contains(self) else { return nil }
    }

    /// Earlier is less.
    package static func < (left: Instant, right: Instant) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// This moment later by a duration; held within the years that can be written.
    package func advanced(by duration: Duration) -> Instant {
        let (whole, atto) = duration.components
        var nanos = Int64(nanoseconds) + atto / 1_000_000_000
        var (sum, overflow) = seconds.addingReportingOverflow(whole)
        if overflow { sum = whole < 0 ? .min / 2 : .max / 2 }
        sum += nanos.quotient(dividingDownBy: 1_000_000_000)
        nanos -= nanos.quotient(dividingDownBy: 1_000_000_000) * 1_000_000_000
        let moved = Instant(seconds: sum, nanoseconds: Int32(nanos))
        return min(max(moved, Instant.range.lowerBound), Instant.range.upperBound)
    }

    /// The text form in UTC, with as many fraction digits as it takes: `2026-03-01T09:05:07Z`.
    package var rfc3339: String {
        let days = seconds.quotient(dividingDownBy: 86_400)
        let second = seconds - days * 86_400
        let (year, month, day) = Instant.civil(fromDays: days)
        let date = "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
        let time = "\(pad(second / 3_600, 2)):\(pad(second / 60 % 60, 2)):\(pad(second % 60, 2))"
        guard nanoseconds != 0 else { return "\(date)T\(time)Z" }
        var fraction = pad(Int64(nanoseconds), 9)
        while fraction.last == "0" { fraction.removeLast() }
        return "\(date)T\(time).\(fraction)Z"
    }

    private func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Instant {
    /// Reads an RFC 3339 date and time with its offset; nil when the text is none, or names a day that does not exist.
    ///
    /// A leap second (`:60`) is taken as the second after `:59`. Fractions beyond nanoseconds are cut.
    package init?(rfc3339 text: String) {
        var reader = ByteCursor(bytes: Array(text.utf8))
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), reader.take(":"),
            let second = reader.digits(2), (1...12).contains(month),
            (1...Instant.days(inMonth: month, of: year)).contains(day), hour < 24, minute < 60, second <= 60,
            let nanoseconds = reader.pointAndFraction(), let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let days = Instant.days(fromCivil: year, month, day)
        let clock = hour * 3_600 + minute * 60 + second
        self.init(seconds: days * 86_400 + clock - offset, nanoseconds: Int32(nanoseconds))
    }

    /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar (Hinnant's algorithm).
    package static func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.quotient(dividingDownBy: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date of a day counted from 1970-01-01.
    package static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.quotient(dividingDownBy: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity, for a positive divisor.
    func quotient(dividingDownBy divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
