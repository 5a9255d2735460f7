/// Durations as settings write them: `25s`, `500ms`, `1h30m`, ISO 8601 `PT25S`, or plain seconds.
package enum DurationText {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000),
    ]

    /// Reads a duration; nil when the text is none, is negative, or is longer than 292 years.
    package static func parse(_ text: String) -> Duration? {
        let lower = text.lowercased()
        let nanoseconds: Int64?
        if lower.hasPrefix("p") {
            nanoseconds = isoNanoseconds(lower.dropFirst())
        } else if lower.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) {
            nanoseconds = scaled(lower[...], by: 1_000_000_000)
        } else {
            nanoseconds = sum(lower[...], units: units)
        }
        return nanoseconds.map { .nanoseconds($0) }
    }

    /// The shortest way to write a duration in whole units: `25s`, `500ms`, `90s`.
    ///
    /// Also the name of a step of the retry ladder, so that a queue is called the same however its time was written.
    package static func describe(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard attoseconds == 0 else {
            let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
            guard !milliseconds.overflow else { return "\(seconds)s" }
            return "\(milliseconds.partialValue + attoseconds / 1_000_000_000_000_000)ms"
        }
        if seconds == 0 { return "0s" }
        for (name, size) in [("d", Int64(86_400)), ("h", 3600), ("m", 60)] where seconds % size == 0 {
            return "\(seconds / size)\(name)"
        }
        return "\(seconds)s"
    }

    /// Numbers with units, largest unit first, each at most once.
    private static func sum(_ text: Substring, units: [(name: String, nanoseconds: Int64)]) -> Int64? {
        var rest = text
        var total: Int64 = 0
        var remaining = units[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0 == "." || $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let place = remaining.firstIndex(where: { $0.name == unit }),
                let amount = scaled(digits, by: remaining[place].nanoseconds)
            else { return nil }
            let (next, overflow) = total.addingReportingOverflow(amount)
            guard !overflow else { return nil }
            total = next
            remaining = remaining[(place + 1)...]
        }
        return total
    }

    /// What stands after the `P` of ISO 8601; years and months are no fixed time and are not taken.
    private static func isoNanoseconds(_ text: Substring) -> Int64? {
        let parts = text.split(separator: "t", maxSplits: 1, omittingEmptySubsequences: false)
        let days = parts[0].isEmpty ? 0 : sum(parts[0], units: [units[0]])
        let time = parts.count == 1 ? 0 : sum(parts[1], units: Array(units[1...3]))
        guard let days, let time, !text.isEmpty else { return nil }
        let (total, overflow) = days.addingReportingOverflow(time)
        return overflow ? nil : total
    }

    /// A decimal number times a unit, exactly, rounded down to nanoseconds.
    private static func scaled(_ digits: Substring, by unit: Int64) -> Int64? {
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), let whole = Int64(parts[0]) else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
        guard !overflow else { return nil }
        guard parts.count == 2 else { return product }
        var fraction: Int64 = 0
        var place = unit
        for digit in parts[1].utf8.prefix(15) {
            place /= 10
            fraction += Int64(digit - UInt8(ascii: "0")) * place
        }
        let (total, carried) = product.addingReportingOverflow(fraction)
        return carried ? nil : total
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
