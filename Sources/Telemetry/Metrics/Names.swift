/// Names as Prometheus takes them.
enum Names {
    /// A metric name from any text: letters, digits, `_` and `:`, not beginning with a digit.
    static func metric(_ text: String) -> String {
        sanitised(text, extra: ":")
    }

    /// A label name from any text: letters, digits and `_`; `le` is the histograms' own.
    static func label(_ text: String) -> String {
        let name = sanitised(text, extra: "")
        return name == "le" ? "le_" : name
    }

    /// The name of a counter ends in `_total`.
    static func counter(_ text: String) -> String {
        withSuffix("_total", metric(text))
    }

    /// The name of a timer ends in its unit.
    static func timer(_ text: String) -> String {
        withSuffix("_seconds", metric(text))
    }

    private static func withSuffix(_ suffix: String, _ name: String) -> String {
        name.hasSuffix(suffix) ? name : name + suffix
    }

    private static func sanitised(_ text: String, extra: String) -> String {
        var name = String(
            text.unicodeScalars.map { scalar in
                let isAllowed =
                    scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                return isAllowed || scalar == "_" || extra.unicodeScalars.contains(scalar) ? Character(scalar) : "_"
            })
        if name.isEmpty || name.first.map({ $0.isNumber }) == true { name = "_" + name }
        return name
    }
}

/// The labels of a series, rendered once and in the order given.
package struct LabelSet: Sendable, Hashable, CustomStringConvertible {
    /// The rendered pairs without braces: `end="launched",reason=""`.
    private let pairs: String

    /// Renders labels; names are made fit, values may be any text.
    package init(_ labels: [(String, String)] = []) {
        pairs = labels.map { "\(Names.label($0.0))=\"\(TextFormat.escapedLabel($0.1))\"" }.joined(separator: ",")
    }

    private init(pairs: String) {
        self.pairs = pairs
    }

    /// These labels and one more, whose name is taken as it is.
    func adding(_ name: String, _ value: String) -> LabelSet {
        LabelSet(pairs: pairs + (pairs.isEmpty ? "" : ",") + "\(name)=\"\(value)\"")
    }

    /// With braces, or nothing where there are no labels.
    package var description: String {
        pairs.isEmpty ? "" : "{\(pairs)}"
    }
}
