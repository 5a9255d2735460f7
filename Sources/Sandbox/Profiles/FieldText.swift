import JSON

/// The text that a field's value is found by: XML has only texts, and the API takes `123` for `"123"`.
enum FieldText {
    /// The text of a value; a number by value, so that `1.0` is found as `1`.
    static func of(_ value: JSONValue) -> String {
        if let text = value.string { return text }
        if let number = value.number { return number.int64.map { String($0) } ?? number.text }
        if let bool = value.bool { return bool ? "true" : "false" }
        return value.text()
    }

    /// The tags of a search by combination: `"tag-1, tag-2"`.
    static func tags(_ text: String) -> [String] {
        text.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
