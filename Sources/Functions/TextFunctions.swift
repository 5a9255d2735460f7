import JSON

/// Functions from text to text.
enum TextFunctions {
    static let all: [FunctionSpec] = [
        trim, nonblank, lowercase, uppercase, digits, urlencode, truncate, replace,
    ]

    /// Most bytes that a text may grow to: more than any part of a launch has use for.
    static let mostBytes = 1 << 20

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

    static let digits = text(
        "digits", "Keeps the decimal digits, those of other scripts as 0 to 9.",
        example: FunctionExample(#""+7 (999) 123""#, #""digits""#, #""7999123""#)
    ) { text in
        var digits: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let digit = scalar.decimalDigit { digits.append(UInt8(ascii: "0") + UInt8(digit)) }
        }
        return .text(String(decoding: digits, as: UTF8.self))
    }

    static let urlencode = text(
        "urlencode", "Escapes a text for a part of a URL: all but letters, digits and `-._~` as `%` and two digits.",
        example: FunctionExample(#""a b&c""#, #""urlencode""#, #""a%20b%26c""#)
    ) { text in
        guard text.utf8.count <= mostBytes / 3 else { return tooLong("urlencode") }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                escaped.append(byte)
            } else {
                escaped.append(UInt8(ascii: "%"))
                escaped += [hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        return .text(String(decoding: escaped, as: UTF8.self))
    }

    static let truncate = FunctionSpec(
        "truncate", .text, to: .text,
        "Cuts a text that is longer than so many characters; the ellipsis counts among them.",
        parameters: [
            ParameterSpec(
                "length", .number, required: true, bare: true,
                "The most characters, as readers count them: a letter with its accents, or an emoji, is one."),
            ParameterSpec("ellipsis", .text, "What stands at the cut; `…` by default."),
        ], example: FunctionExample(#""Wireless kettle""#, #"{"truncate":{"length":9}}"#, #""Wireless…""#)
    ) { constants throws(ArgumentFault) in
        if constants.isComplete { _ = try Truncation(constants) } else { try Truncation.check(constants) }
        return function("truncate", constants) { (text, arguments) throws(ArgumentFault) in
            .text(try Truncation(arguments).cut(text))
        }
    }

    static let replace = FunctionSpec(
        "replace", .text, to: .text, "Replaces every occurrence of a text, from left to right, case and all.",
        parameters: [
            ParameterSpec("find", .text, required: true, "What is replaced; not empty."),
            ParameterSpec("with", .text, required: true, "What stands there instead; empty to remove it."),
        ], example: FunctionExample(#""1 499,90""#, #"{"replace":{"find":",","with":"."}}"#, #""1 499.90""#)
    ) { constants throws(ArgumentFault) in
        _ = try constants.name("with")
        if let find = try constants.name("find") { try check(find: find) }
        return function("replace", constants) { (text, arguments) throws(ArgumentFault) in
            let (find, with) = (try arguments.required("find"), try arguments.required("with"))
            try check(find: find)
            return replacing(find, in: text, with: with).map { .text($0) } ?? tooLong("replace")
        }
    }

    private static func check(find: String) throws(ArgumentFault) {
        guard find.isEmpty else { return }
        throw ArgumentFault(.unsuitable, parameter: "find", "\"find\" is empty, and would be found everywhere")
    }

    /// Byte by byte, which finds whole characters alone in UTF-8; nil when the result is too long.
    private static func replacing(_ find: String, in text: String, with: String) -> String? {
        let (bytes, find, with) = (Array(text.utf8), Array(find.utf8), Array(with.utf8))
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            if bytes[place] == find[0], bytes[place...].starts(with: find) {
                result += with
                place += find.count
            } else {
                result.append(bytes[place])
                place += 1
            }
            if result.count > mostBytes { return nil }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func tooLong(_ name: String) -> FunctionResult {
        .invalid("\(name) would make a text of more than \(mostBytes) bytes")
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)
    private static let marks = Set("-._~".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: marks.contains(byte)
        }
    }

    /// A function with arguments on a text; those of the file and of the event are one to it.
    private static func function(
        _ name: String, _ constants: FunctionArguments,
        _ work: @escaping @Sendable (String, FunctionArguments) throws(ArgumentFault) -> FunctionResult
    ) -> PreparedFunction {
        PreparedFunction { value, dynamic in
            guard let text = value.text else { return .invalid("\(name) takes a text, and this is \(value.noun)") }
            return withArguments { () throws(ArgumentFault) in try work(text, dynamic.joining(constants)) }
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
