import JSON

/// Functions that make exact decimals and reckon with them.
enum NumberFunctions {
    static let all: [FunctionSpec] = [decimal, integer, round, scale]

    static let decimal = FunctionSpec(
        "decimal", .scalar, to: .decimal,
        "Reads a number, or a text that is one, as an exact decimal of up to 38 digits; zeros at the end are kept.",
        example: FunctionExample(#""1499.90""#, #""decimal""#, "1499.90")
    ) { _ in PreparedFunction { value, _ in reading(value) { .value(.decimal($0)) } } }

    static let integer = FunctionSpec(
        "integer", .scalar, to: .decimal,
        "Reads a whole number, or a text that is one; a number with a fraction other than zero is invalid.",
        example: FunctionExample(#""3.00""#, #""integer""#, "3")
    ) { _ in
        PreparedFunction { value, _ in
            reading(value) { decimal in
                decimal.whole.map { .value(.decimal($0)) } ?? .invalid("the number is not whole; round it first")
            }
        }
    }

    static let round = FunctionSpec(
        "round", .number, to: .decimal,
        "Rounds to so many decimal places, a digit in the middle away from zero, and adds zeros that are lacking.",
        parameters: [
            ParameterSpec(
                "scale", .number, required: true, bare: true,
                "How many decimal places stay, -38 to 38; below 0, tens and hundreds are rounded.")
        ], example: FunctionExample("2.345", #"{"round":{"scale":2}}"#, "2.35")
    ) { constants throws(ArgumentFault) in
        _ = try constants.places("scale")
        return PreparedFunction { value, dynamic in
            let arguments = dynamic.joining(constants)
            return withArguments { () throws(ArgumentFault) in
                let places = try arguments.places("scale") ?? 0
                return reading(number: value, "round") { .value(.decimal($0.rounded(places: places, .halfAway))) }
            }
        }
    }

    static let scale = FunctionSpec(
        "scale", .number, to: .decimal,
        "Turns minor units into an amount: moves the decimal point left by so many places, or by those of a currency.",
        parameters: [
            ParameterSpec("by", .number, "How many places, -38 to 38: 2 makes 19.99 of 1999."),
            ParameterSpec("currency", .text, "The currency whose minor units these are, by ISO 4217."),
        ], example: FunctionExample("12999", #"{"scale":{"currency":"EUR"}}"#, "129.99")
    ) { constants throws(ArgumentFault) in
        _ = try constants.places("by")
        if let currency = try constants.name("currency") {
            _ = try KnownNames.currency(currency)
        }
        guard constants.isWritten("by") != constants.isWritten("currency") else {
            throw ArgumentFault(
                .unsuitable, parameter: nil, "\"scale\" needs \"by\" or \"currency\", and not both",
                hint: "write {\"scale\": {\"by\": 2}} or {\"scale\": {\"currency\": \"EUR\"}}")
        }
        return PreparedFunction { value, dynamic in
            let arguments = dynamic.joining(constants)
            return withArguments { () throws(ArgumentFault) in
                guard let places = try shift(arguments) else {
                    return .invalid("scale needs \"by\" or \"currency\", and not both")
                }
                return reading(number: value, "scale") { decimal in
                    decimal.movingPoint(left: places).map { .value(.decimal($0)) }
                        ?? .invalid("the number has too large an exponent")
                }
            }
        }
    }

    /// How far the point moves; nil without one clear argument.
    private static func shift(_ arguments: FunctionArguments) throws(ArgumentFault) -> Int? {
        switch (try arguments.places("by"), try arguments.name("currency")) {
        case (let places?, nil): places
        case (nil, let currency?): MinorUnits.places(of: try KnownNames.currency(currency))
        default: nil
        }
    }

    /// Does something with the decimal that a number is; a text is not read in passing.
    private static func reading(
        number value: FunctionValue, _ name: String, _ work: (ExactDecimal) -> FunctionResult
    ) -> FunctionResult {
        guard value.text == nil else {
            return .invalid("\(name) takes a number, and this is a text; put \"decimal\" before it")
        }
        return reading(value, work)
    }

    /// Does something with the decimal that a value is, or says why it is none.
    static func reading(_ value: FunctionValue, _ work: (ExactDecimal) -> FunctionResult) -> FunctionResult {
        if let decimal = exact(value) { return work(decimal) }
        guard case .json(let json) = value, json.kind == .number || json.kind == .string else {
            return .invalid("a number was expected, and this is \(value.noun)")
        }
        if json.kind == .number { return .invalid("the number has more than 38 digits, or too large an exponent") }
        guard json.string?.isEmpty == false else {
            return .invalid("the text is empty; put \"nonblank\" before it if that counts as missing")
        }
        guard !hasDecimalComma(json.string ?? "") else {
            return .invalid(
                "the text has a comma for the decimal point; put {\"replace\": {\"find\": \",\", \"with\": \".\"}} before it"
            )
        }
        return .invalid("the text is no decimal number of up to 38 digits, such as 1499.90")
    }

    /// Whether a text is a decimal but for its comma; before three digits that may as well part thousands.
    private static func hasDecimalComma(_ text: String) -> Bool {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].count != 3 && ExactDecimal(parts.joined(separator: ".")) != nil
    }

    /// The decimal that a number or text is; nil otherwise.
    static func exact(_ value: FunctionValue) -> ExactDecimal? {
        switch value {
        case .decimal(let decimal): decimal
        case .instant: nil
        case .json(let json):
            switch json.kind {
            case .number: json.number.flatMap { ExactDecimal($0) }
            case .string: json.string.flatMap { ExactDecimal($0) }
            default: nil
            }
        }
    }
}

extension FunctionArguments {
    /// The argument as a count of decimal places.
    fileprivate func places(_ name: String) throws(ArgumentFault) -> Int? {
        try integer(name, in: -ExactDecimal.mostDigits...ExactDecimal.mostDigits)
    }
}
