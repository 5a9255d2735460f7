import JSON

/// Functions that change what a value is.
enum ConversionFunctions {
    static let all: [FunctionSpec] = [string, json, bool]

    static let string = FunctionSpec(
        "string", .scalar, to: .text, "Writes a number, a text, true or false, a decimal or a moment as text.",
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

    static let bool = FunctionSpec(
        "bool", .scalar, to: .bool,
        "Reads true and false, 1 and 0, and the texts `true`, `false`, `yes`, `no`, `1`, `0` in any case.",
        example: FunctionExample(#""yes""#, #""bool""#, "true")
    ) { _ in
        PreparedFunction { value, _ in
            truth(value).map { .value(.json(.bool($0))) } ?? .invalid("the value is neither true nor false")
        }
    }

    private static func truth(_ value: FunctionValue) -> Bool? {
        if case .json(let json) = value, let bool = json.bool { return bool }
        if let text = value.text {
            switch text.lowercased() {
            case "true", "yes", "1": return true
            case "false", "no", "0": return false
            default: return nil
            }
        }
        return switch NumberFunctions.exact(value) {
        case ExactDecimal(1): true
        case ExactDecimal(0): false
        default: nil
        }
    }
}
