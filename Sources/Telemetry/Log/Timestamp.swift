import Glibc

/// A wall-clock time in milliseconds since 1970, for people and collectors to read; never for waiting.
package struct Timestamp: Sendable, Hashable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    /// A time from milliseconds; tests make up their own.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Reads the clock (CLOCK_REALTIME, a vDSO call of about 20 ns).
    package static func now() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Whole seconds since 1970, rounded down.
    var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }

    /// The milliseconds within the second, 0 to 999.
    var fraction: Int {
        Int(milliseconds - seconds * 1000)
    }
}

/// Writes times as RFC 3339, keeping the text of the last second.
///
/// At thousands of lines a second all but one of them fall into a second that was written before.
struct TimestampText: Sendable {
    private var second = Int64.min
    /// `2026-01-31T12:00:00`, 19 bytes while years have four digits.
    private(set) var prefix: [UInt8] = []

    /// Makes `prefix` the text of this second.
    mutating func prepare(_ time: Timestamp) {
        let wanted = time.seconds
        guard wanted != second || prefix.isEmpty else { return }
        second = wanted
        prefix.removeAll(keepingCapacity: true)
        let day = wanted >= 0 ? wanted / 86_400 : (wanted - 86_399) / 86_400
        let clock = Int(wanted - day * 86_400)
        let (year, month, monthDay) = Self.civilDate(daysSince1970: Int(day))
        prefix.appendDecimal(year, width: 4)
        prefix.append(UInt8(ascii: "-"))
        prefix.appendDecimal(month, width: 2)
        prefix.append(UInt8(ascii: "-"))
        prefix.appendDecimal(monthDay, width: 2)
        prefix.append(UInt8(ascii: "T"))
        prefix.appendDecimal(clock / 3600, width: 2)
        prefix.append(UInt8(ascii: ":"))
        prefix.appendDecimal(clock / 60 % 60, width: 2)
        prefix.append(UInt8(ascii: ":"))
        prefix.appendDecimal(clock % 60, width: 2)
    }

    /// The Gregorian date of a day number, by counting in eras of 400 years that begin on 1 March.
    static func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

extension [UInt8] {
    /// Appends a number in decimal digits, with leading zeros up to a width.
    mutating func appendDecimal(_ value: some BinaryInteger, width: Int = 1) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = UInt64(value.magnitude)
        let start = count
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        while count - start < width { append(UInt8(ascii: "0")) }
        self[start...].reverse()
    }
}
