import Foundation

/// The words and digits with which a locale writes dates, as Foundation writes them.
struct DateSymbols {
    private let locale: Locale

    init(locale: Locale) {
        self.locale = locale
    }

    /// A formatter of Foundation, in the Gregorian calendar.
    static func formatter(_ pattern: String, zone: TimeZone, locale: Locale) -> DateFormatter {
        let formatter = DateFormatter()
        var calendar = Calendar(identifier: .gregorian)
        calendar.locale = locale
        calendar.timeZone = zone
        formatter.locale = locale
        formatter.calendar = calendar
        formatter.timeZone = zone
        formatter.dateFormat = pattern
        return formatter
    }

    /// The digits 0 to 9; nil where numbers are not written with digits.
    var digits: [[UInt8]]? {
        let scalars = Array(write("d", [Instant(seconds: 9 * 86_400)])[0].unicodeScalars)
        guard scalars.count == 2, let one = scalars.first, one.decimalDigit == 1 else { return nil }
        return (0..<10).map { Array(String(one.advanced(by: $0 - 1)).utf8) }
    }

    /// The words for all values of a field; months begin at 1, so they have an empty one before them.
    func words(_ letter: Unicode.Scalar, _ width: Int, _ field: LocalClock.Field) -> [[UInt8]] {
        let pattern = String(repeating: String(letter), count: width)
        let moments: [Instant] =
            switch field {
            case .month: (1...12).map { Instant(seconds: Instant.days(fromCivil: 2_001, $0, 15) * 86_400) }
            // 1970-01-04 was a Sunday.
            case .weekday: (0..<7).map { Instant(seconds: (3 + $0) * 86_400) }
            default: [Instant(seconds: 6 * 3_600), Instant(seconds: 18 * 3_600)]
            }
        let words = write(pattern, moments).map { Array($0.utf8) }
        return field == .month ? [[]] + words : words
    }

    private func write(_ pattern: String, _ moments: [Instant]) -> [String] {
        let formatter = DateSymbols.formatter(pattern, zone: .gmt, locale: locale)
        return moments.map { formatter.string(from: $0.date) }
    }
}
