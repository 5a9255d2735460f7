/// Durations of ISO 8601 with a fixed length: weeks, days, hours, minutes, seconds.
///
/// Years and months have no fixed length and are refused: "P1M" after 31 January is anybody's guess.
package enum ISODuration {
    /// Why a text is no such duration.
    package struct Fault: Error, Sendable, Hashable {
        /// One sentence without a full stop.
        package let message: String
        /// What to write instead.
        package let hint: String
    }

    /// The longest duration: a hundred years.
    private static let mostSeconds: Int64 = 36_525 * 86_400

    /// Reads a duration such as `P7D`, `PT6H` or `PT1.5H`.
    ///
    /// - Throws: ``Fault`` saying what is wrong.
    package static func parse(_ text: String) throws(Fault) -> Duration {
        var rest = Substring(text)
        guard rest.first == "P" else { throw unreadable(text) }
        rest.removeFirst()
        var total = Duration.zero
        var units = Substring("WD")
        var isTime = false
        var parts = 0
        while !rest.isEmpty {
            if rest.first == "T", !isTime {
                isTime = true
                units = "HMS"
                rest.removeFirst()
                guard !rest.isEmpty else { throw unreadable(text) }
                continue
            }
            let (part, unit) = try part(&rest, of: text)
            if !isTime, "YM".contains(unit) {
                throw Fault(message: "years and months have no fixed length", hint: "write days, for example \"P30D\"")
            }
            // A fraction stands in the last part alone, as in ISO 8601.
            guard let place = units.firstIndex(of: unit), part.fraction == nil || (isTime && rest.isEmpty) else {
                throw unreadable(text)
            }
            units = units[units.index(after: place)...]
            guard let seconds = part.whole.multiplied(by: length(of: unit)), seconds <= mostSeconds else {
                throw Fault(message: "\"\(text)\" is longer than a hundred years", hint: "write a shorter duration")
            }
            total += .seconds(seconds) + .nanoseconds((part.fraction ?? 0) * length(of: unit))
            parts += 1
        }
        guard parts > 0 else { throw unreadable(text) }
        return total
    }

    /// Why a text is no duration; nil when it is one.
    package static func fault(_ text: String) -> Fault? {
        do throws(Fault) {
            _ = try parse(text)
            return nil
        } catch {
            return error
        }
    }

    private static func unreadable(_ text: String) -> Fault {
        Fault(
            message: "\"\(text.prefix(40))\" is no duration of ISO 8601",
            hint: meant(by: text).map { "did you mean \"\($0)\"?" }
                ?? "for example \"PT30M\" (30 minutes), \"PT6H\" (6 hours), \"P7D\" (7 days)")
    }

    /// A duration whose `T` stands in the wrong place: hours are behind it, days before it.
    private static func meant(by text: String) -> String? {
        let units = text.dropFirst().filter { $0 != "T" && $0 != "P" }
        guard text.first == "P", text.count < 40, let last = units.last, units.dropLast().allSatisfy(\.isNumber),
            units.count > 1
        else { return nil }
        switch last {
        case "H", "S": return "PT\(units)"
        case "D", "W": return "P\(units)"
        default: return nil
        }
    }

    private static func length(of unit: Character) -> Int64 {
        switch unit {
        case "W": 604_800
        case "D": 86_400
        case "H": 3_600
        case "M": 60
        default: 1
        }
    }

    private typealias Part = (whole: Int64, fraction: Int64?)

    /// Takes digits, perhaps with a fraction, and the letter behind them.
    private static func part(_ rest: inout Substring, of text: String) throws(Fault) -> (Part, Character) {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard (1...12).contains(digits.count), let whole = Int64(digits) else { throw unreadable(text) }
        rest = rest.dropFirst(digits.count)
        var fraction: Int64?
        if let sign = rest.first, sign == "." || sign == "," {
            rest.removeFirst()
            let decimals = rest.prefix { $0.isASCII && $0.isNumber }
            let padded = decimals.prefix(9) + String(repeating: "0", count: max(0, 9 - decimals.count))
            guard !decimals.isEmpty, let nanoseconds = Int64(padded) else { throw unreadable(text) }
            fraction = nanoseconds
            rest = rest.dropFirst(decimals.count)
        }
        guard let unit = rest.popFirst() else { throw unreadable(text) }
        return ((whole, fraction), unit)
    }
}

extension Int64 {
    /// The product, or nil where it does not fit.
    fileprivate func multiplied(by other: Int64) -> Int64? {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? nil : product
    }
}
