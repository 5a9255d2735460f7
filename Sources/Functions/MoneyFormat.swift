import Foundation

/// How one locale writes amounts of one currency, taken once from Foundation's ICU data.
///
/// Foundation takes over two microseconds for an amount, and a table of order lines has dozens. So a few amounts are
/// formatted by Foundation when the format is made; from these come sign, symbol, separators and digits, which are then
/// put around exact digits here. A test holds the result against Foundation for every locale.
struct MoneyFormat: Sendable {
    private let positive: Frame
    private let negative: Frame
    private let decimalSeparator: [UInt8]
    private let groupSeparator: [UInt8]
    /// Digits in the last group and in those before it; 0 without groups.
    private let lastGroup: Int
    private let otherGroups: Int
    /// How many digits must stand before the last group for it to be set off: 2 in Spanish, where it is 1234,50.
    private let leastBeforeGroup: Int
    /// How many decimal places the currency has by CLDR.
    private let places: Int
    /// The locale's digits; nil for those of ASCII.
    private let digits: [[UInt8]]?

    /// What stands around the digits.
    private struct Frame: Sendable {
        let before: [UInt8]
        let after: [UInt8]
    }

    private static let cache = BoundedCache<[String], MoneyFormat>(limit: 2_048)

    /// The format of a currency in a locale, by names that may come from an event.
    static func named(currency: String, locale: String) throws(ArgumentFault) -> MoneyFormat {
        try cache.value(for: [currency, locale]) { () throws(ArgumentFault) in
            let code = try KnownNames.currency(currency)
            let known = try KnownNames.locale(locale)
            guard let format = MoneyFormat(currency: code, locale: known) else {
                throw ArgumentFault(
                    .unknownName, parameter: "locale", "amounts cannot be written for the locale \"\(locale)\"",
                    hint: "write for example \"ru-RU\" or \"en-US\"")
            }
            return format
        }
    }

    /// Learns the format from amounts that Foundation writes; nil when they have no digits.
    init?(currency: String, locale: Locale) {
        let style = Decimal.FormatStyle.Currency(code: currency, locale: locale)
        func sample(_ amount: Int64) -> Sample? { Sample(Decimal(amount).formatted(style)) }
        guard let one = sample(1), let minus = sample(-1), let thousands = sample(1_234), let tens = sample(12_345),
            let long = sample(123_456_789_012), one.runs.count <= 2
        else { return nil }
        positive = Frame(before: Array(one.before.utf8), after: Array(one.after.utf8))
        negative = Frame(before: Array(minus.before.utf8), after: Array(minus.after.utf8))
        places = one.runs.count == 2 ? one.runs[1].count : 0
        decimalSeparator = places > 0 ? Array(one.separators[0].utf8) : []
        let fractionRuns = places > 0 ? 1 : 0
        let groups = long.runs.dropLast(fractionRuns)
        groupSeparator = groups.count > 1 ? Array(long.separators[0].utf8) : []
        lastGroup = groups.count > 1 ? groups.last?.count ?? 0 : 0
        otherGroups = groups.count > 2 ? groups.dropLast().last?.count ?? 0 : lastGroup
        leastBeforeGroup = thousands.runs.count > 1 + fractionRuns ? 1 : tens.runs.count > 1 + fractionRuns ? 2 : 3
        let zero = one.zero
        digits = zero == "0" ? nil : (0..<10).map { Array(String(zero.advanced(by: $0)).utf8) }
    }

    /// Writes an amount, rounded half to even to the places of the currency, as ICU does.
    ///
    /// What rounds to zero has no sign.
    func text(_ amount: ExactDecimal) -> String {
        let rounded = amount.rounded(places: places, .halfEven)
        var all = rounded.digits
        let lacking = rounded.coefficient == 0 ? 0 : rounded.exponent + places
        if lacking > 0 { all.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: lacking)) }
        let leading = max(0, places + 1 - all.count)
        if leading > 0 { all.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: leading), at: 0) }
        let whole = all.count - places
        let frame = rounded.isNegative ? negative : positive
        var text = frame.before
        text.reserveCapacity(text.count + 2 * all.count + 16)
        for place in 0..<whole {
            if place > 0, startsGroup(place, whole) { text += groupSeparator }
            append(all[place], to: &text)
        }
        if places > 0 {
            text += decimalSeparator
            for digit in all[whole...] { append(digit, to: &text) }
        }
        text += frame.after
        return String(decoding: text, as: UTF8.self)
    }

    private func startsGroup(_ place: Int, _ whole: Int) -> Bool {
        guard lastGroup > 0, whole - lastGroup >= leastBeforeGroup else { return false }
        let left = whole - place
        return left == lastGroup || (left > lastGroup && (left - lastGroup) % otherGroups == 0)
    }

    private func append(_ digit: UInt8, to text: inout [UInt8]) {
        guard let digits else { return text.append(digit) }
        text += digits[Int(digit - UInt8(ascii: "0"))]
    }

    /// An amount as Foundation wrote it, taken apart.
    private struct Sample {
        var before = ""
        var runs: [String.UnicodeScalarView] = []
        var separators: [String] = []
        var after = ""
        /// The locale's zero.
        let zero: Unicode.Scalar

        init?(_ text: String) {
            var gap = ""
            var isInRun = false
            var first: (scalar: Unicode.Scalar, value: Int)?
            for scalar in text.unicodeScalars {
                guard let value = scalar.decimalDigit else {
                    isInRun = false
                    gap.unicodeScalars.append(scalar)
                    continue
                }
                if !isInRun {
                    if runs.isEmpty { before = gap } else { separators.append(gap) }
                    runs.append(String.UnicodeScalarView())
                    gap = ""
                    isInRun = true
                }
                runs[runs.count - 1].append(scalar)
                first = first ?? (scalar, value)
            }
            guard let first else { return nil }
            after = gap
            zero = first.scalar.advanced(by: -first.value)
        }
    }
}
