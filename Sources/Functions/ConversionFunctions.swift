import JSON

/// Functions that change what a value is.
enum ConversionFunctions {
    static let all: [FunctionSpec] = [string, json]

    static let string = FunctionSpec(
        "string", .any, to: .text, "Writes a number, a text, true or false, a decimal or a moment as text.",
        example: FunctionExample("10.10", #""string""#, #""10.10""#)
    ) { _ in
        PreparedFunction { value, _ in
            let json = value.json
            switch json.kind {
            case .string: return .value(.json(json))
            case .number: return json.number.map { .text($0.text) } ?? .invalid("string cannot write this number")
            case .bool: return .text(json.bool == true ? "true" : "false")
            default: return .invalid("string cannot write \(json.kind.noun); use json")
            }
        }
    }

    static let json = FunctionSpec(
        "json", .any, to: .text, "Writes any value as JSON text.",
        example: FunctionExample(#"{"a": 1}"#, #""json""#, #""{\"a\":1}""#)
    ) { _ in PreparedFunction { value, _ in .text(value.json.text()) } }
}
