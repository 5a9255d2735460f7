/// Functions that make moments.
enum TimeFunctions {
    static let all: [FunctionSpec] = [datetime, plus]

    static let datetime = FunctionSpec(
        "datetime", .scalar, to: .instant,
        "Reads a moment: RFC 3339, a count since 1970, or a text by a pattern of CLDR with its zone.",
        parameters: [
            ParameterSpec("from", .text, "`rfc3339` (the default), `unix`, `unix_ms` or `unix_us`."),
            ParameterSpec("pattern", .text, "In place of `from`: the text's form, such as `yyyy-MM-dd HH:mm:ss`."),
            ParameterSpec("zone", .text, "With `pattern`: the IANA name of the zone, unless the text has its offset."),
        ],
        example: FunctionExample(
            #""2026-03-01 12:05:07""#,
            #"{"datetime":{"pattern":"yyyy-MM-dd HH:mm:ss","zone":"Europe/Moscow"}}"#, #""2026-03-01T09:05:07Z""#)
    ) { constants throws(ArgumentFault) in
        guard constants.isComplete else {
            try MomentForm.check(constants)
            return PreparedFunction { value, dynamic in
                withArguments { () throws(ArgumentFault) in
                    try MomentForm(dynamic.joining(constants)).read(value)
                }
            }
        }
        let form = try MomentForm(constants)
        return PreparedFunction { value, _ in form.read(value) }
    }

    static let plus = FunctionSpec(
        "plus", .instant, to: .instant, "Moves a moment by a duration; with a minus before it, to the past.",
        parameters: [
            ParameterSpec(
                "duration", .text, required: true, bare: true, "A duration of ISO 8601, such as `P7D` or `-PT6H`.")
        ],
        example: FunctionExample(
            #""2026-03-01T09:05:07Z""#, #"{"plus":{"duration":"P7D"}}"#, #""2026-03-08T09:05:07Z""#)
    ) { constants throws(ArgumentFault) in
        let constant: Duration? = if let text = try constants.name("duration") { try duration(text) } else { nil }
        return PreparedFunction { value, dynamic in
            guard case .instant(let instant) = value else {
                return .invalid("plus takes a moment, and this is \(value.noun); put \"datetime\" before it")
            }
            return withArguments { () throws(ArgumentFault) in
                let step = if let constant { constant } else { try duration(try dynamic.required("duration")) }
                let moved = instant.advanced(by: step)
                // A moment that cannot be moved so far stops at the end of the range.
                return moved.advanced(by: .zero - step) == instant
                    ? .value(.instant(moved)) : .invalid("the moment would be outside of the years 0 to 9999")
            }
        }
    }

    /// Reads a duration that may have a minus before it.
    private static func duration(_ text: String) throws(ArgumentFault) -> Duration {
        let isBack = text.hasPrefix("-")
        do throws(ISODuration.Fault) {
            let duration = try ISODuration.parse(isBack ? String(text.dropFirst()) : text)
            return isBack ? .zero - duration : duration
        } catch {
            throw ArgumentFault(.unsuitable, parameter: "duration", error.message, hint: error.hint)
        }
    }
}
