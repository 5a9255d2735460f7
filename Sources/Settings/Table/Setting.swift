import Files

/// A setting with the type of its value: its row of the table, its default, and how its text is read.
package struct Setting<Value: Sendable>: Sendable {
    /// What the table says of it.
    package let spec: SettingSpec
    /// The value when nobody sets it.
    let fallback: Value
    /// Reads the text of a flag, a variable or the file; a list comes as its elements.
    let decode: @Sendable ([String]) throws(SettingProblem) -> Value
}

extension SettingSpec {
    /// A row for a setting whose text is one value.
    fileprivate func setting<Value: Sendable>(
        _ fallback: Value,
        _ decode: @escaping @Sendable (String) throws(SettingProblem) -> Value
    ) -> Setting<Value> {
        Setting(spec: self, fallback: fallback) { (texts) throws(SettingProblem) in
            let text = texts.joined(separator: ",")
            guard !text.isEmpty else { throw SettingProblem("is empty", "leave it out, or write \(fileForm)") }
            return try decode(text)
        }
    }

    fileprivate static func row(
        _ key: String, _ kind: Kind, _ fallback: String?, _ range: String?, _ summary: String, isSecret: Bool = false
    ) -> SettingSpec {
        SettingSpec(key: key, kind: kind, fallback: fallback, range: range, isSecret: isSecret, summary: summary)
    }
}

extension Setting {
    /// A text that may be absent.
    static func text(_ key: String, _ summary: String) -> Setting<String?> where Value == String? {
        SettingSpec.row(key, .text, nil, nil, summary).setting(nil) { $0 }
    }

    /// A secret that may be absent.
    static func secret(_ key: String, _ summary: String) -> Setting<Secret?> where Value == Secret? {
        SettingSpec.row(key, .text, nil, nil, summary, isSecret: true).setting(nil) { Secret($0) }
    }

    /// A text that is read into something, and may be absent.
    static func parsed<Parsed: Sendable>(
        _ key: String,
        _ summary: String,
        isSecret: Bool = false,
        _ parse: @escaping @Sendable (String) throws(SettingProblem) -> Parsed
    ) -> Setting<Parsed?> where Value == Parsed? {
        SettingSpec.row(key, .text, nil, nil, summary, isSecret: isSecret).setting(nil) {
            (text) throws(SettingProblem) in
            try parse(text)
        }
    }

    /// One of the raw values of an enumeration.
    static func choice(_ key: String, default fallback: Value, _ summary: String) -> Setting<Value>
    where Value: CaseIterable & RawRepresentable<String> {
        let words = Value.allCases.map(\.rawValue)
        return SettingSpec.row(key, .choice(words), fallback.rawValue, nil, summary)
            .setting(fallback) { (text) throws(SettingProblem) in
                guard let value = Value(rawValue: text.lowercased()) else {
                    throw SettingProblem("is none of its values", "write " + words.joined(separator: ", "))
                }
                return value
            }
    }

    /// True or false.
    static func boolean(_ key: String, default fallback: Bool, _ summary: String) -> Setting<Bool>
    where Value == Bool {
        SettingSpec.row(key, .boolean, fallback ? "true" : "false", nil, summary)
            .setting(fallback) { (text) throws(SettingProblem) in
                switch text.lowercased() {
                case "true", "yes", "1": return true
                case "false", "no", "0": return false
                default: throw SettingProblem("is neither true nor false", "write true or false")
                }
            }
    }

    /// A whole number within bounds.
    static func integer(
        _ key: String, default fallback: Int, in range: ClosedRange<Int>, _ summary: String
    ) -> Setting<Int> where Value == Int {
        let shown = "\(range.lowerBound) to \(range.upperBound)"
        return SettingSpec.row(key, .integer, String(fallback), shown, summary)
            .setting(fallback) { (text) throws(SettingProblem) in
                let hint = "write a whole number from \(shown), for example \(fallback)"
                guard let value = Int(text) else { throw SettingProblem("is no whole number", hint) }
                guard range.contains(value) else { throw SettingProblem("is out of range", hint) }
                return value
            }
    }

    /// A whole number within bounds that may be absent.
    static func optionalInteger(
        _ key: String, in range: ClosedRange<Int>, example: String, _ summary: String
    ) -> Setting<Int?> where Value == Int? {
        let shown = "\(range.lowerBound) to \(range.upperBound)"
        return SettingSpec.row(key, .integer, nil, shown, summary)
            .setting(nil) { (text) throws(SettingProblem) in
                let hint = "write a whole number from \(shown), for example \(example)"
                guard let value = Int(text) else { throw SettingProblem("is no whole number", hint) }
                guard range.contains(value) else { throw SettingProblem("is out of range", hint) }
                return value
            }
    }

    /// A number within bounds that may be absent.
    static func number(
        _ key: String, in range: ClosedRange<Double>, example: String, _ summary: String
    ) -> Setting<Double?> where Value == Double? {
        let shown = "\(plain(range.lowerBound)) to \(plain(range.upperBound))"
        return SettingSpec.row(key, .number, nil, shown, summary)
            .setting(nil) { (text) throws(SettingProblem) in
                let hint = "write a number from \(shown), for example \(example)"
                // Swift reads hexadecimal numbers too, which nobody means here.
                guard let value = Double(text), value.isFinite, !text.lowercased().contains("x") else {
                    throw SettingProblem("is no number", hint)
                }
                guard range.contains(value) else { throw SettingProblem("is out of range", hint) }
                return value
            }
    }

    /// A number of bytes within bounds.
    static func size(
        _ key: String, default fallback: Int, in range: ClosedRange<Int>, _ summary: String
    ) -> Setting<Int> where Value == Int {
        let shown = "\(SizeText.describe(range.lowerBound)) to \(SizeText.describe(range.upperBound))"
        return SettingSpec.row(key, .size, SizeText.describe(fallback), shown, summary)
            .setting(fallback) { (text) throws(SettingProblem) in
                let hint = "write a size from \(shown), for example \(SizeText.describe(fallback))"
                guard let value = SizeText.parse(text) else { throw SettingProblem("is no size", hint) }
                guard range.contains(value) else { throw SettingProblem("is out of range", hint) }
                return value
            }
    }

    /// A duration within bounds.
    static func duration(
        _ key: String, default fallback: Duration, in range: ClosedRange<Duration>, _ summary: String
    ) -> Setting<Duration> where Value == Duration {
        let shown = "\(DurationText.describe(range.lowerBound)) to \(DurationText.describe(range.upperBound))"
        return SettingSpec.row(key, .duration, DurationText.describe(fallback), shown, summary)
            .setting(fallback) { (text) throws(SettingProblem) in
                let hint = "write a time from \(shown), for example \(DurationText.describe(fallback))"
                guard let value = DurationText.parse(text) else { throw SettingProblem("is no duration", hint) }
                guard range.contains(value) else { throw SettingProblem("is out of range", hint) }
                return value
            }
    }

    /// A list of texts, each read into something.
    static func list<Element: Sendable>(
        _ key: String,
        default fallback: [Element],
        written: String?,
        _ summary: String,
        _ parse: @escaping @Sendable ([String]) throws(SettingProblem) -> [Element]
    ) -> Setting<[Element]> where Value == [Element] {
        Setting(spec: .row(key, .list, written, nil, summary), fallback: fallback, decode: parse)
    }

    /// Texts by name.
    static func names(_ key: String, _ summary: String) -> Setting<Secret?> where Value == Secret? {
        SettingSpec.row(key, .names, nil, nil, summary, isSecret: true).setting(nil) { Secret($0) }
    }

    private static func plain(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }
}
