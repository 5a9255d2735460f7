/// The Prometheus text exposition format, version 0.0.4.
package enum TextFormat {
    /// What the answer to a scrape says it is.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// A number as the format writes it: no exponent or fraction where a whole number does, `+Inf`, `-Inf`, `NaN`.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
        return String(value)
    }

    /// A label value: backslash, quote and newline are escaped, everything else stands for itself.
    static func escapedLabel(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else { return text }
        return text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    /// A help text: backslash and newline are escaped.
    static func escapedHelp(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    /// The two lines that begin a family.
    static func header(name: String, kind: MetricKind, help: String) -> String {
        var text = ""
        if !help.isEmpty { text += "# HELP \(name) \(escapedHelp(help))\n" }
        return text + "# TYPE \(name) \(kind.rawValue)\n"
    }
}

/// What a family holds, fixed at its first use.
package enum MetricKind: String, Sendable, Hashable {
    case counter
    case gauge
    case histogram
}
