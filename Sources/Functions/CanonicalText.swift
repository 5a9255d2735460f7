import JSON

/// One text for all spellings of a JSON value: members sorted, numbers in their normal form.
///
/// Equal values give equal texts, so a set of texts finds repeats in linear time whatever the event holds.
enum CanonicalText {
    static func of(_ value: JSONValue) -> String {
        switch value.kind {
        case .null, .opaque: "null"
        case .bool: value.bool == true ? "true" : "false"
        case .number: value.number.map(number) ?? "null"
        case .string: JSONValue.string(value.string ?? "").text()
        case .array: "[" + (value.elements ?? []).map(of).joined(separator: ",") + "]"
        case .object:
            "{"
                + (value.members ?? []).sorted { $0.name < $1.name }
                .map { JSONValue.string($0.name).text() + ":" + of($0.value) }.joined(separator: ",") + "}"
        }
    }

    /// Sign, digits and power of ten; a number whose power is too large to be read stays as it was written.
    private static func number(_ number: JSONNumber) -> String {
        let decimal = number.decimal
        guard let exponent = decimal.exponent else { return number.text }
        return (decimal.isNegative ? "-" : "") + decimal.digits.map(String.init).joined() + "e\(exponent)"
    }
}
