import Foundation
import Synchronization

/// How moments are written by one pattern in one zone and locale.
///
/// Names of months and days, and the digits, are taken from Foundation's ICU data once; numbers are then written here.
/// A pattern with rarer fields (eras, weeks, names of zones) goes to Foundation's formatter, one caller at a time.
/// The calendar is the Gregorian, whatever the locale's own: a date in a letter must not turn into another era because
/// of a language setting.
final class DateFormat: Sendable {
    private let steps: [DateStep]
    private let digits: [[UInt8]]?
    private let zone: TimeZone
    private let fallback: SharedFormatter?

    private struct Key: Hashable {
        let pattern: String
        let zone: String
        let locale: String?
    }

    private static let cache = BoundedCache<Key, DateFormat>(limit: 1_024)

    /// The format that arguments ask for; their values may come from an event.
    static func named(_ arguments: FunctionArguments) throws(ArgumentFault) -> DateFormat {
        let key = Key(
            pattern: try arguments.required("pattern"), zone: try arguments.required("zone"),
            locale: try arguments.name("locale"))
        return try cache.value(for: key) { () throws(ArgumentFault) in
            try check(arguments)
            return DateFormat(
                pattern: try DatePattern(key.pattern), zone: try KnownNames.zone(key.zone),
                locale: try KnownNames.locale(key.locale ?? "en"))
        }
    }

    /// Checks the arguments whose values are known.
    ///
    /// - Throws: ``ArgumentFault`` for the first that can never work, and for a pattern with words but no locale.
    static func check(_ arguments: FunctionArguments) throws(ArgumentFault) {
        if let zone = try arguments.name("zone") { _ = try KnownNames.zone(zone) }
        if let locale = try arguments.name("locale") { _ = try KnownNames.locale(locale) }
        guard let text = try arguments.name("pattern") else { return }
        let pattern = try DatePattern(text)
        guard arguments.isWritten("locale") || !pattern.parts.contains(where: \.isWord) else {
            throw ArgumentFault(
                .unsuitable, parameter: nil, "a pattern with words needs \"locale\"", hint: "for example \"ru\"")
        }
    }

    init(pattern: DatePattern, zone: TimeZone, locale: Locale) {
        let symbols = DateSymbols(locale: locale)
        self.zone = zone
        let steps = pattern.parts.map { DateStep($0, symbols) }
        if let digits = symbols.digits, steps.allSatisfy({ $0 != nil }) {
            self.steps = steps.compactMap(\.self)
            self.digits = digits.first == [UInt8(ascii: "0")] ? nil : digits
            fallback = nil
        } else {
            self.steps = []
            digits = nil
            fallback = SharedFormatter(pattern.text, zone: zone, locale: locale)
        }
    }

    /// Writes a moment.
    func text(_ instant: Instant) -> String {
        if let fallback { return fallback.text(instant) }
        let clock = LocalClock(instant, offset: zone.offset(at: instant))
        var text: [UInt8] = []
        text.reserveCapacity(48)
        for step in steps {
            switch step {
            case .literal(let bytes): text += bytes
            case .word(let table, let field): text += table[Int(clock[field])]
            case .number(let field, let width): append(clock[field], width, to: &text)
            case .shortYear: append(clock.year % 100, 2, to: &text)
            case .fraction(let width): appendFraction(clock.nanoseconds, width, to: &text)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func append(_ value: Int64, _ width: Int, to text: inout [UInt8]) {
        let ascii = Array(String(value).utf8)
        for _ in 0..<max(0, width - ascii.count) { append(UInt8(ascii: "0"), to: &text) }
        for digit in ascii { append(digit, to: &text) }
    }

    /// The first digits of the fraction; the rest is cut, as CLDR asks.
    private func appendFraction(_ nanoseconds: Int64, _ width: Int, to text: inout [UInt8]) {
        append((0..<(9 - width)).reduce(nanoseconds) { rest, _ in rest / 10 }, width, to: &text)
    }

    private func append(_ digit: UInt8, to text: inout [UInt8]) {
        guard let digits else { return text.append(digit) }
        text += digits[Int(digit - UInt8(ascii: "0"))]
    }
}

/// A formatter of Foundation that several threads may use.
private final class SharedFormatter: Sendable {
    private let formatter: Mutex<DateFormatter>

    init(_ pattern: String, zone: TimeZone, locale: Locale) {
        formatter = Mutex(DateSymbols.formatter(pattern, zone: zone, locale: locale))
    }

    func text(_ instant: Instant) -> String {
        let date = instant.date
        return formatter.withLock { $0.string(from: date) }
    }
}

extension DatePattern.Part {
    /// Whether what is written depends on a language.
    var isWord: Bool {
        guard case .field(let letter, let width) = self else { return false }
        switch letter {
        case "y", "Y", "u", "d", "D", "w", "W", "F", "h", "H", "k", "K", "m", "s", "S", "A", "X", "x": return false
        case "M", "L", "Q", "q": return width > 2
        case "Z": return width == 4
        default: return true
        }
    }
}
