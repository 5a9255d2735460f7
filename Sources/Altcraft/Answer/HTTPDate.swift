/// The dates of HTTP (RFC 9110 section 5.6.7): the one form in use and the two that a reader must still know.
package enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds since 1970 of a date; nil when it is none.
    ///
    /// `now` places a year of two digits within 50 years.
    package static func seconds(_ text: Substring, now: Int64) -> Int64? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," })
        switch words.count {
        case 6 where words[5] == "GMT": return seconds(day: words[1], month: words[2], year: words[3], time: words[4])
        case 4 where words[3] == "GMT": return shortForm(words, now: now)
        case 5: return seconds(day: words[2], month: words[1], year: words[4], time: words[3])
        default: return nil
        }
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`.
    private static func shortForm(_ words: [Substring], now: Int64) -> Int64? {
        let parts = words[1].split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[2], digits: 2...2) else { return nil }
        // A date that would lie more than 50 years ahead is one of the past with the same digits, and the reverse: at the
        // turn of a century the next year has small ones.
        let thisYear = 1970 + now / 31_556_952
        var full = thisYear - thisYear % 100 + Int64(year)
        if full > thisYear + 50 { full -= 100 } else if full < thisYear - 49 { full += 100 }
        return seconds(day: parts[0], month: parts[1], year: Substring(String(full)), time: words[2])
    }

    private static func seconds(day: Substring, month: Substring, year: Substring, time: Substring) -> Int64? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false)
        guard let month = months.firstIndex(where: { $0 == month }), let year = number(year, digits: 4...4),
            let day = number(day, digits: 1...2), (1...31).contains(day), clock.count == 3,
            let hour = number(clock[0], digits: 2...2), hour < 24, let minute = number(clock[1], digits: 2...2),
            minute < 60, let second = number(clock[2], digits: 2...2), second <= 60
        else { return nil }
        let days = daysSince1970(year: year, month: month + 1, day: day)
        return ((days * 24 + Int64(hour)) * 60 + Int64(minute)) * 60 + Int64(second)
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    /// Days of the Gregorian calendar, counted in years that begin in March so that the leap day comes last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }
}
