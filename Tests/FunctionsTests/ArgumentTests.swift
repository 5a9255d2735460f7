import Functions
import JSON
import Testing

/// Arguments: what is refused when the file is checked, and what an event brings.
@Suite(.timeLimit(.minutes(1))) struct ArgumentTests {
    @Test(arguments: [
        (
            #"{"money":{"currency":"RUR2","locale":"ru-RU"}}"#, "currency", #"there is no currency "RUR2""#,
            #"did you mean "RUB"?"#
        ),
        (
            #"{"money":{"currency":"EUT","locale":"ru-RU"}}"#, "currency", #"there is no currency "EUT""#,
            #"did you mean "EUR"?"#
        ),
        (
            #"{"money":{"currency":"RUB","locale":"ru-RUS"}}"#, "locale", #"there is no locale "ru-RUS""#,
            #"did you mean "ru-RU"?"#
        ),
        (
            #"{"date":{"pattern":"d","zone":"Europe/Moscov"}}"#, "zone", #"there is no zone "Europe/Moscov""#,
            #"did you mean "Europe/Moscow"?"#
        ),
        (
            #"{"date":{"pattern":"d","zone":"Moscow"}}"#, "zone", #"there is no zone "Moscow""#,
            #"did you mean "Europe/Moscow"?"#
        ),
        (#"{"date":{"pattern":"d MMMM","zone":"UTC","locale":"xx"}}"#, "locale", #"there is no locale "xx""#, nil),
        (#"{"phone":{"region":"XX"}}"#, "region", #"there is no region "XX""#, nil),
        (#"{"phone":"UK"}"#, "region", #"there is no region "UK""#, #"did you mean "GB"?"#),
        (#"{"phone":"en"}"#, "region", #"there is no region "en""#, #"did you mean "GB"?"#),
        (
            #"{"phone":"QX"}"#, "region", #"there is no region "QX""#,
            #"write two letters of ISO 3166, for example "RU""#
        ),
        (
            #"{"date":{"pattern":"d MMMM","zone":"UTC","locale":"ua"}}"#, "locale", #"there is no locale "ua""#,
            #"did you mean "uk"?"#
        ),
        (
            #"{"money":{"currency":"RUB","locale":"ua-UA"}}"#, "locale", #"there is no locale "ua-UA""#,
            #"did you mean "uk-UA"?"#
        ),
        (#"{"phone":"RUS"}"#, "region", #"there is no region "RUS""#, #"did you mean "RU"?"#),
        (#"{"scale":{"currency":"USDD"}}"#, "currency", #"there is no currency "USDD""#, #"did you mean "USD"?"#),
        (#"{"datetime":{"pattern":"yyyy-MM-dd","zone":"Mars/Base"}}"#, "zone", #"there is no zone "Mars/Base""#, nil),
    ])
    func `Names that do not exist are told, with the nearest`(
        call: String, parameter: String, message: String, hint: String?
    ) throws {
        let fault = try #require(try Pipes.fault(call))
        #expect(fault.kind == .unknownName)
        #expect(fault.parameter == parameter)
        #expect(fault.message == message)
        #expect(fault.hint != nil)
        if let hint { #expect(fault.hint == hint) }
    }

    @Test(arguments: [
        (#"{"round":{"scale":2.5}}"#, "scale"), (#"{"round":39}"#, "scale"), (#"{"round":1e99}"#, "scale"),
        (#"{"scale":{"by":100}}"#, "by"), (#"{"limit":-1}"#, "count"), (#"{"limit":1.5}"#, "count"),
        (#"{"truncate":{"length":-1}}"#, "length"), (#"{"truncate":{"length":0}}"#, "length"),
        (#"{"truncate":{"length":2,"ellipsis":"..."}}"#, "length"), (#"{"replace":{"find":"","with":"x"}}"#, "find"),
        (#"{"plus":"7D"}"#, "duration"), (#"{"plus":"P1M"}"#, "duration"), (#"{"plus":"--P1D"}"#, "duration"),
        (#"{"datetime":{"from":"rfc3393"}}"#, "from"), (#"{"datetime":{"from":"epoch"}}"#, "from"),
        (#"{"datetime":{"from":"unix","pattern":"yyyy-MM-ddX"}}"#, "from"), (#"{"datetime":{"zone":"UTC"}}"#, "zone"),
        (#"{"datetime":{"pattern":"yyyy-MM-dd"}}"#, nil),
        (#"{"datetime":{"pattern":"HH:mm","zone":"UTC"}}"#, "pattern"),
        (#"{"datetime":{"pattern":"yyyy-MM-dd hh:mm","zone":"UTC"}}"#, "pattern"),
        (#"{"datetime":{"pattern":"yyyy-MM-dd G","zone":"UTC"}}"#, "pattern"),
        (#"{"datetime":{"pattern":"yyyy-MM-dd d","zone":"UTC"}}"#, "pattern"),
        (#"{"date":{"pattern":"","zone":"UTC"}}"#, "pattern"), (#"{"date":{"pattern":"--","zone":"UTC"}}"#, "pattern"),
        (#"{"date":{"pattern":"DD.MM.YYYY","zone":"UTC"}}"#, "pattern"),
        (#"{"date":{"pattern":"d.M.Y","zone":"UTC"}}"#, "pattern"),
        (#"{"date":{"pattern":"D MMMM","zone":"UTC","locale":"en"}}"#, "pattern"),
        (#"{"date":{"pattern":"d of MMMM","zone":"UTC","locale":"en"}}"#, "pattern"),
        (#"{"date":{"pattern":"d 'of MMMM","zone":"UTC","locale":"en"}}"#, "pattern"),
        (#"{"date":{"pattern":"yyyyyyyyyy","zone":"UTC"}}"#, "pattern"),
        (#"{"date":{"pattern":"d MMMM","zone":"UTC"}}"#, nil),
        (#"{"scale":{}}"#, nil), (#"{"scale":{"by":2,"currency":"EUR"}}"#, nil),
    ])
    func `Arguments that can never work are told when the file is checked`(call: String, parameter: String?) throws {
        let fault = try #require(try Pipes.fault(call))
        #expect(fault.kind == .unsuitable)
        #expect(fault.parameter == parameter)
        #expect(!fault.message.isEmpty && !fault.message.hasSuffix("."))
    }

    @Test(arguments: [
        #"{"money":{"currency":"kzt","locale":"kk_KZ"}}"#, #"{"money":{"currency":"EUR","locale":"zh-Hant-TW"}}"#,
        #"{"money":{"currency":"EUR","locale":"RU-ru"}}"#, #"{"money":{"currency":"EUR","locale":"es-419"}}"#,
        #"{"date":{"pattern":"dd.MM.yyyy","zone":"Europe/Kyiv"}}"#, #"{"date":{"pattern":"d","zone":"GMT+3"}}"#,
        #"{"date":{"pattern":"'week' w, YYYY","zone":"UTC"}}"#, #"{"datetime":{"pattern":"yyyy-MM-dd'T'HH:mm:ssX"}}"#,
        #"{"phone":"kz"}"#, #"{"limit":0}"#, #"{"round":-2}"#, #"{"truncate":1}"#,
    ])
    func `Arguments that work are taken`(call: String) throws {
        #expect(try Pipes.fault(call) == nil)
    }

    @Test(arguments: [
        (#"{"money":{"locale":"ru-RU"}}"#, "currency"), (#"{"money":{"currency":"RUB"}}"#, "locale"),
        (#"{"date":{"pattern":"d MMMM","zone":"UTC"}}"#, "locale"),
        (#"{"date":{"pattern":"d","locale":"ru"}}"#, "zone"),
        (#"{"datetime":{"pattern":"yyyy-MM-dd"}}"#, "zone"), (#"{"datetime":{"zone":"UTC"}}"#, "pattern"),
        (#"{"scale":{}}"#, "by"), (#"{"truncate":{"ellipsis":"....."}}"#, "length"),
        (#"{"replace":{"find":"a"}}"#, "with"),
    ])
    func `Arguments that come with the event are not taken for missing`(call: String, later: String) throws {
        #expect(try Pipes.fault(call, later: [later]) == nil)
    }

    @Test(arguments: [
        (#"{"money":{"currency":"XQQ"}}"#, "locale"), (#"{"date":{"pattern":"dd","zone":"Nowhere"}}"#, "locale"),
        (#"{"scale":{"by":2}}"#, "currency"), (#"{"datetime":{"pattern":"MM","zone":"UTC"}}"#, "from"),
    ])
    func `What stands in the file is checked although the rest comes later`(call: String, later: String) throws {
        #expect(try Pipes.fault(call, later: [later]) != nil)
    }

    private static let moment = FunctionValue.instant(Instant(seconds: 1_772_355_907))

    @Test func `Arguments of the event work like those of the file`() throws {
        let decimal = FunctionValue.decimal(try #require(ExactDecimal("1499.9")))
        func text(_ name: String, _ value: String) -> (name: String, value: FunctionValue) {
            (name, .json(.string(value)))
        }
        let money = try Pipes.dynamic("money", decimal, [text("currency", "eur"), text("locale", "de_DE")])
        #expect(plain("\(money)") == #""1.499,90 €""#)
        let date = [text("pattern", "d MMMM yyyy"), text("zone", "Asia/Almaty"), text("locale", "kk")]
        #expect(try Pipes.dynamic("date", Self.moment, date) == .value(#""1 наурыз 2026""#))
        let by = [(name: "by", value: FunctionValue.json(.number(JSONNumber(2))))]
        #expect(try Pipes.dynamic("scale", .json(.number(JSONNumber(12_999))), by) == .value("129.99"))
        #expect(
            try Pipes.dynamic("plus", Self.moment, [text("duration", "PT1S")]) == .value(#""2026-03-01T09:05:08Z""#))
        let from = [text("from", "unix_ms")]
        #expect(
            try Pipes.dynamic("datetime", .json(.number(JSONNumber(0))), from) == .value(#""1970-01-01T00:00:00Z""#))
        #expect(
            try Pipes.dynamic("join", .json(.array([.string("a"), .string("b")])), [text("separator", "-")])
                == .value(#""a-b""#))
    }

    @Test(arguments: [
        ("money", "currency", #""XQQ""#), ("money", "currency", "5"), ("money", "locale", #""tlh""#),
        ("date", "zone", #""Mars""#),
        ("date", "pattern", #""d 'of""#), ("date", "locale", "null"), ("phone", "region", #""ZZ""#),
        ("phone", "region", "[]"),
        ("scale", "by", "1000"), ("scale", "by", #""2""#), ("round", "scale", "0.5"), ("plus", "duration", #""P1Y""#),
        ("datetime", "from", #""tomorrow""#), ("truncate", "length", "-1"), ("replace", "find", #""""#),
        ("join", "separator", "1"),
        ("limit", "count", "-1"), ("limit", "count", "1e30"),
    ])
    func `Arguments of the event that cannot work make the result invalid`(
        name: String, parameter: String, value: String
    ) throws {
        let good: [String: String] = [
            "currency": #""EUR""#, "locale": #""de""#, "zone": #""UTC""#, "pattern": #""d""#, "find": #""a""#,
            "with": #""b""#,
        ]
        let spec = try #require(FunctionCatalogue.spec(named: name))
        var arguments: [(name: String, value: FunctionValue)] = []
        for other in spec.parameters {
            let text = other.name == parameter ? value : other.isRequired ? good[other.name] : nil
            guard let text else { continue }
            arguments.append((other.name, .json(.node(try JSONDocument.parse(text).root))))
        }
        let input: FunctionValue =
            switch spec.input {
            case .decimal: .decimal(ExactDecimal(5))
            case .instant: Self.moment
            case .list: .json(.array([.string("a")]))
            case .number: .json(.number(JSONNumber(5)))
            default: .json(.string("abc"))
            }
        #expect(try Pipes.dynamic(name, input, arguments).isInvalid)
    }

    @Test(arguments: [
        ("DD.MM.YYYY", #""Y" is the year that a week belongs to; "D" is the day of the year"#, "dd.MM.yyyy"),
        ("%d.%m.%Y", #""Y" is the year that a week belongs to"#, "dd.MM.yyyy"),
        ("YYYY-mm-DD", #""Y" is the year that a week belongs to; "D" is the day of the year"#, "yyyy-MM-dd"),
    ])
    func `All letters that are mixed up are told at once`(pattern: String, message: String, instead: String) throws {
        let fault = try #require(try Pipes.fault(#"{"date":{"pattern":"\#(pattern)","zone":"UTC"}}"#))
        #expect(fault.message == message && fault.hint == "did you mean \"\(instead)\"?")
        #expect(DatePatternDoubts.doubt(instead) == nil)
    }

    @Test func `All letters that mean nothing are told at once`() throws {
        let fault = try #require(try Pipes.fault(#"{"date":{"pattern":"d of it MMMM","zone":"UTC","locale":"en"}}"#))
        #expect(fault.message.contains(#""f" means nothing"#) && fault.message.contains(#""i" means nothing"#))
    }

    @Test(arguments: [
        ("dd.mm.yyyy", #""m" is minutes"#, "dd.MM.yyyy"), ("%d.%m.%y", #""%" is printed"#, "dd.MM.yy"),
        ("dd.MM.yyyy hh:mm", #""h" is the clock of 12 hours"#, "dd.MM.yyyy HH:mm"),
        ("HH:MM dd.MM", #""M" is the month, and minutes"#, "HH:mm dd.mm"),
        ("yyyy-mm-dd'T'", #""m" is minutes"#, "yyyy-MM-dd'T'"),
    ])
    func `A pattern that hardly says what is meant is told`(pattern: String, message: String, instead: String) throws {
        let doubt = try #require(DatePatternDoubts.doubt(pattern))
        #expect(doubt.message.hasPrefix(message), "\(doubt)")
        #expect(pattern == "HH:MM dd.MM" || doubt.hint == "did you mean \"\(instead)\"?", "\(doubt)")
    }

    @Test(arguments: [
        "d MMMM yyyy", "dd.MM.yyyy HH:mm", "hh:mm a", "mm:ss", "HH:mm, d MMMM", "d MMMM 'at 100%'",
        "yyyy-MM-dd'T'HH:mm:ssX",
        "", "MMM",
    ])
    func `A pattern that says it is left alone`(pattern: String) {
        #expect(DatePatternDoubts.doubt(pattern) == nil)
    }

    @Test func `The rouble's old code is the rouble`() throws {
        let money = #"["decimal",{"money":{"currency":"RUR","locale":"ru-RU"}}]"#
        #expect(try Pipes.run("254.98", money) == Pipes.run("254.98", money.replacing("RUR", with: "RUB")))
    }
}
