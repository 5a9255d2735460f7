/// Functions that write numbers, moments and phone numbers for people.
enum FormatFunctions {
    /// What makes a recipient's address fit to be matched.
    static let recipients: [FunctionSpec] = [email, phone]

    static let money = FunctionSpec(
        "money", .decimal, to: .text,
        "Writes an exact decimal as an amount of money, as is usual in the locale (CLDR, standard form).",
        parameters: [
            ParameterSpec("currency", .text, required: true, "The code of ISO 4217, such as `RUB`."),
            ParameterSpec("locale", .text, required: true, "The reader's locale, such as `ru-RU`."),
        ],
        example: FunctionExample(
            "1499.9", #"{"money":{"currency":"RUB","locale":"ru-RU"}}"#, "\"1\u{A0}499,90\u{A0}₽\"")
    ) { constants throws(ArgumentFault) in
        let (currency, locale) = (try constants.name("currency"), try constants.name("locale"))
        if let currency { _ = try KnownNames.currency(currency) }
        if let locale { _ = try KnownNames.locale(locale) }
        guard let currency, let locale else {
            return PreparedFunction { value, dynamic in
                let arguments = dynamic.joining(constants)
                return withArguments { () throws(ArgumentFault) in
                    let (currency, locale) = (try arguments.required("currency"), try arguments.required("locale"))
                    return write(value, try MoneyFormat.named(currency: currency, locale: locale))
                }
            }
        }
        let format = try MoneyFormat.named(currency: currency, locale: locale)
        return PreparedFunction { value, _ in write(value, format) }
    }

    private static func write(_ value: FunctionValue, _ format: MoneyFormat) -> FunctionResult {
        guard case .decimal(let amount) = value else {
            return .invalid("money takes an exact decimal, and this is \(value.noun); put \"decimal\" before it")
        }
        return .text(format.text(amount))
    }

    static let date = FunctionSpec(
        "date", .instant, to: .text,
        "Writes a moment by a pattern of CLDR, on the clocks of a zone and in the words of a locale.",
        parameters: [
            ParameterSpec("pattern", .text, required: true, "The pattern: `d MMMM yyyy`, `dd.MM.yyyy HH:mm`."),
            ParameterSpec("zone", .text, required: true, "The IANA name of the time zone, such as `Europe/Moscow`."),
            ParameterSpec("locale", .text, "The locale of words and digits, such as `ru`; needed for words."),
        ],
        example: FunctionExample(
            #""2026-03-01T22:05:07Z""#,
            #"{"date":{"pattern":"d MMMM yyyy","zone":"Europe/Moscow","locale":"ru"}}"#,
            #""2 марта 2026""#)
    ) { constants throws(ArgumentFault) in
        guard constants.isComplete else {
            try DateFormat.check(constants)
            return PreparedFunction { value, dynamic in
                withArguments { () throws(ArgumentFault) in
                    write(value, try DateFormat.named(dynamic.joining(constants)))
                }
            }
        }
        let format = try DateFormat.named(constants)
        return PreparedFunction { value, _ in write(value, format) }
    }

    private static func write(_ value: FunctionValue, _ format: DateFormat) -> FunctionResult {
        guard case .instant(let instant) = value else {
            return .invalid("date takes a moment, and this is \(value.noun); put \"datetime\" before it")
        }
        return .text(format.text(instant))
    }

    static let phone = FunctionSpec(
        "phone", .scalar, to: .text,
        "Writes a phone number in its E.164 form; one that is not valid by its numbering plan counts as missing.",
        parameters: [
            ParameterSpec(
                "region", .text, required: true, bare: true,
                "Where numbers without a country code belong: two letters of ISO 3166.")
        ], example: FunctionExample(#""8 (999) 123-45-67""#, #"{"phone":{"region":"RU"}}"#, #""+79991234567""#)
    ) { constants throws(ArgumentFault) in
        let known: String? = if let region = try constants.name("region") { try KnownNames.region(region) } else { nil }
        return PreparedFunction { value, dynamic in
            guard let text = dialled(value) else {
                return .invalid("phone takes a text or a whole number, and this is \(value.noun)")
            }
            return withArguments { () throws(ArgumentFault) in
                let region = if let known { known } else { try KnownNames.region(try dynamic.required("region")) }
                return PhoneNumber.e164(text, region: region).map { .text($0) }
                    ?? .missing("the text is no valid phone number")
            }
        }
    }

    /// What would be dialled: a text, or a number as some feeds send it.
    private static func dialled(_ value: FunctionValue) -> String? {
        if let text = value.text { return text }
        return NumberFunctions.exact(value)?.whole?.description
    }

    static let email = TextFunctions.text(
        "email", "Takes a text that has the shape of an e-mail address; any other counts as missing.",
        example: FunctionExample(#""anna@example""#, #""email""#, nil)
    ) { text in
        EmailShape.holds(for: text) ? .text(text) : .missing("the text has not the shape of an e-mail address")
    }
}
