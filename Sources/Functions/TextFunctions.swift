import JSON

/// Functions from text to text.
enum TextFunctions {
    static let all: [FunctionSpec] = [trim, nonblank, lowercase, uppercase]

    static let trim = text(
        "trim", "Removes white space at both ends.", example: FunctionExample(#""  a b ""#, #""trim""#, #""a b""#)
    ) { text in .text(trimmed(text)) }

    static let nonblank = text(
        "nonblank", "Rejects a text that is empty or nothing but white space: it counts as missing.",
        example: FunctionExample(#""  ""#, #""nonblank""#, nil)
    ) { text in text.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? .missing("the text is blank") : .text(text)
    }

    static let lowercase = text(
        "lowercase", "Makes all letters small.",
        example: FunctionExample(#""Anna@Example.com""#, #""lowercase""#, #""anna@example.com""#)
    ) { text in .text(text.lowercased()) }

    static let uppercase = text(
        "uppercase", "Makes all letters capital.", example: FunctionExample(#""rub""#, #""uppercase""#, #""RUB""#)
    ) { text in .text(text.uppercased()) }

    /// A function without arguments on a text; anything else is told what was expected.
    static func text(
        _ name: String, _ summary: String, example: FunctionExample,
        _ work: @escaping @Sendable (String) -> FunctionResult
    ) -> FunctionSpec {
        FunctionSpec(name, .text, to: .text, summary, example: example) { _ in
            PreparedFunction { value, _ in
                guard let text = value.text else { return .invalid("\(name) takes a text, and this is \(value.noun)") }
                return work(text)
            }
        }
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
