import Functions
import JSON
import TestSupport
import Testing

/// E-mail addresses and phone numbers: what is taken, and what counts as missing.
@Suite(.timeLimit(.minutes(1))) struct AddressTests {
    private static let label = String(repeating: "a", count: 63)

    @Test(arguments: [
        "anna@example.com", "a@b.co", "anna.petrova+shop@mail.example.com", "o'brien@example.ie", "1@2.example",
        "a_b-c~d@x-y.example", "ANNA@EXAMPLE.COM", "info@пример.рф", "info@xn--e1afmkfd.xn--p1ai", "a@bücher.example",
        "a@\(label).com", String(repeating: "a", count: 64) + "@example.com", "{x}|y@example.com", "a@例え.jp",
    ])
    func `Addresses that providers give out are taken as they are`(address: String) throws {
        #expect(try Pipes.run(Pipes.quoted(address), #""email""#) == .value(Pipes.quoted(address)))
    }

    @Test(arguments: [
        "", " ", "anna", "anna@", "@example.com", "anna@example", "anna@@example.com", "a@b@c.com", ".anna@example.com",
        "anna.@example.com", "an..na@example.com", "anna@example..com", "anna@.example.com", "anna@example.com.",
        "anna@-example.com", "anna@example-.com", "anna petrova@example.com", " anna@example.com", "anna@example.com ",
        "\"anna\"@example.com", "anna@[127.0.0.1]", "anna@127.0.0.1", "anna@example.c", "Anna <anna@example.com>",
        "anna@exam_ple.com", "anna@example.com\n", "анна@example.com", "a@\(label)a.com", "anna@example.😀😀",
        String(repeating: "a", count: 65) + "@example.com", "a@" + String(repeating: "a.", count: 126) + "com",
        "anna,boris@example.com", "anna@example,com", "an\u{0}na@example.com", "anna@exam\u{200B}ple.com",
    ])
    func `Other texts count as missing`(address: String) throws {
        #expect(try Pipes.run(Pipes.quoted(address), #""email""#) == .missing)
    }

    @Test(arguments: [
        ("8 (999) 123-45-67", "RU", "+79991234567"), ("9991234567", "RU", "+79991234567"),
        ("+49 30 901820", "RU", "+4930901820"), ("030 901820", "DE", "+4930901820"),
        ("8 701 123 4567", "KZ", "+77011234567"),
        ("tel:+7-999-123-45-67", "RU", "+79991234567"), ("+7٩٩٩١٢٣٤٥٦٧", "RU", "+79991234567"),
        ("810 49 30 901820", "RU", "+4930901820"), ("(650) 253-0000", "us", "+16502530000"),
        ("+7 495 123-45-67 доб. 12", "RU", "+74951234567"),
    ])
    func `Valid numbers become E.164`(input: String, region: String, output: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), #"{"phone":"\#(region)"}"#) == .value(Pipes.quoted(output)))
        let dynamic = try Pipes.dynamic("phone", .json(.string(input)), [("region", .json(.string(region)))])
        #expect(dynamic == .value(Pipes.quoted(output)))
    }

    @Test(arguments: [
        "", " ", "-", "+", "call me", "112", "+7 999 123-45-6", "+999 1234567", "8 (999) 123-45-678", "0000000000",
        "+7 999 123-45-67; +7 999 765-43-21", String(repeating: "9", count: 5_000), "1e10", "\u{0}",
    ])
    func `Numbers that are not valid count as missing`(input: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), #"{"phone":{"region":"RU"}}"#) == .missing)
    }

    @Test(arguments: [
        ("79991234567", "+79991234567"), ("9991234567", "+79991234567"), ("89991234567.0", "+79991234567"),
    ])
    func `A number that a feed sends without quotes is dialled as its digits`(input: String, output: String) throws {
        #expect(try Pipes.run(input, #"{"phone":"RU"}"#) == .value(Pipes.quoted(output)))
    }

    @Test(arguments: ["true", "[]", "{}", "1.5", "1e100"])
    func `What cannot be dialled is invalid`(input: String) throws {
        #expect(try Pipes.run(input, #"{"phone":"RU"}"#).isInvalid)
    }

    @Test(arguments: Fuzzing.seeds(from: 400, count: 10))
    func `A number in E.164 stays as it is, whatever the region`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let digits = (0..<7).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
            let number = "+7" + generator.pick(["999", "916", "495"], or: "812") + digits
            let region = generator.pick(["RU", "DE", "US", "KZ", "JP"], or: "RU")
            let outcome = try Pipes.run(Pipes.quoted(number), #"{"phone":"\#(region)"}"#)
            #expect(outcome == .missing || outcome == .value(Pipes.quoted(number)), "\(number) \(region)")
        }
    }
}
