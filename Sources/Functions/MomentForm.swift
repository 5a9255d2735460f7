import EventPattern
import Foundation

/// How a moment is written where `datetime` reads it.
enum MomentForm: Sendable {
    /// Text with its offset: `2026-03-01T12:05:07+03:00`.
    case rfc3339
    /// A count since 1970 in units of which so many make a second, as a power of ten.
    case count(decimals: Int)
    /// Text of a pattern.
    case pattern(DateReader)

    private static let forms: [(name: String, form: MomentForm)] = [
        ("rfc3339", .rfc3339), ("unix", .count(decimals: 0)), ("unix_ms", .count(decimals: 3)),
        ("unix_us", .count(decimals: 6)),
    ]

    private struct Key: Hashable {
        let pattern: String
        let zone: String?
    }

    private static let cache = BoundedCache<Key, DateReader>(limit: 1_024)

    /// The form that arguments ask for; their values may come from an event.
    init(_ arguments: FunctionArguments) throws(ArgumentFault) {
        try MomentForm.check(arguments)
        guard let pattern = try arguments.name("pattern") else {
            self = try arguments.name("from").map(MomentForm.named) ?? .rfc3339
            return
        }
        let key = Key(pattern: pattern, zone: try arguments.name("zone"))
        self = .pattern(
            try MomentForm.cache.value(for: key) { () throws(ArgumentFault) in
                let zone = if let zone = key.zone { try KnownNames.zone(zone) } else { nil as TimeZone? }
                return try DateReader(pattern: try DatePattern(pattern), zone: zone)
            })
    }

    /// Checks the arguments whose values are known, and which stand together.
    static func check(_ arguments: FunctionArguments) throws(ArgumentFault) {
        if let from = try arguments.name("from") { _ = try named(from) }
        if let zone = try arguments.name("zone") { _ = try KnownNames.zone(zone) }
        if let pattern = try arguments.name("pattern") {
            let zone = arguments.isWritten("zone") ? TimeZone.gmt : nil
            _ = try DateReader(pattern: try DatePattern(pattern), zone: zone)
        }
        if arguments.isWritten("pattern"), arguments.isWritten("from") {
            throw ArgumentFault(
                .unsuitable, parameter: "from", "\"from\" and \"pattern\" exclude each other",
                hint: "\"from\" is for counts since 1970 and for RFC 3339, \"pattern\" for any other text")
        }
        if arguments.isWritten("zone"), !arguments.isWritten("pattern") {
            throw ArgumentFault(
                .unsuitable, parameter: "zone", "\"zone\" is for texts that \"pattern\" describes",
                hint: "for example \"pattern\": \"yyyy-MM-dd HH:mm:ss\"")
        }
    }

    private static func named(_ name: String) throws(ArgumentFault) -> MomentForm {
        if let known = forms.first(where: { $0.name == name }) { return known.form }
        let names = forms.map(\.name)
        let hint = Spelling.nearest(name, among: names).map { "did you mean \"\($0)\"?" }
        throw ArgumentFault(
            .unsuitable, parameter: "from", "\"from\" cannot be \"\(name.prefix(40))\"",
            hint: hint ?? "there are \(names.joined(separator: ", ")); \"pattern\" describes any other")
    }

    /// Reads a moment; one that has been read already stays as it is.
    func read(_ value: FunctionValue) -> FunctionResult {
        if case .instant = value { return .value(value) }
        switch self {
        case .rfc3339:
            return text(value, Instant.init(rfc3339:), MomentForm.fault(ofRFC3339: value.text ?? ""))
        case .pattern(let reader): return text(value, reader.instant, "the text is no date of the pattern")
        case .count(let decimals):
            return NumberFunctions.reading(value) { count in
                result(Instant(count, decimals: decimals), "the number is no time between the years 0 and 9999")
            }
        }
    }

    /// Why a text is no time of RFC 3339; one that lacks nothing but its zone is told so.
    private static func fault(ofRFC3339 text: String) -> String {
        let forms = [("yyyy-MM-dd HH:mm:ss", " "), ("yyyy-MM-dd'T'HH:mm:ss", "T")]
        let zoneless = forms.first { _, separator in
            text.utf8.count == 19 && text.contains(separator)
                && Instant(rfc3339: text.replacing(separator, with: "T") + "Z") != nil
        }
        guard let pattern = zoneless?.0 else { return "the text is no time of RFC 3339, such as 2026-03-01T09:05:07Z" }
        return "the time has no zone; write {\"datetime\": {\"pattern\": \"\(pattern)\", \"zone\": \"Europe/Moscow\"}} "
            + "with the zone of the shop"
    }

    private func text(_ value: FunctionValue, _ read: (String) -> Instant?, _ fault: String) -> FunctionResult {
        guard let text = value.text else {
            return .invalid("datetime takes a text here, and this is \(value.noun); counts need \"from\": \"unix\"")
        }
        return result(read(text), fault)
    }

    private func result(_ instant: Instant?, _ fault: String) -> FunctionResult {
        guard let instant, Instant.range.contains(instant) else { return .invalid(fault) }
        return .value(.instant(instant))
    }
}

extension Instant {
    /// The moment that a count since 1970 names; nil when it is out of range.
    ///
    /// What is finer than nanoseconds is cut.
    fileprivate init?(_ count: ExactDecimal, decimals: Int) {
        guard let nanoseconds = count.movingPoint(left: decimals - 9),
            let total = Int128(nanoseconds.roundedDown.description)
        else { return nil }
        let second: Int128 = 1_000_000_000
        var (whole, rest) = total.quotientAndRemainder(dividingBy: second)
        if rest < 0 { (whole, rest) = (whole - 1, rest + second) }
        guard let seconds = Int64(exactly: whole) else { return nil }
        self.init(seconds: seconds, nanoseconds: Int32(rest))
    }
}
