import Altcraft
import JSON
import Testing

@testable import Bridge

@Suite("recipients.allow", .timeLimit(.minutes(1)))
struct RecipientAllowListTests {
    /// SHA-256 of anna@example.com.
    private static let anna = "f7d54c22dda5b1780276601cd005909b70543fc4a6ba72d735b4cb9bbb611f01"

    private static func email(_ text: String) -> Audience {
        .profile(Recipient(matching: .email, email: text))
    }

    @Test(
        "An address is allowed by itself, its domain or its hash, however its letters are written",
        arguments: [
            (["anna@example.com"], "Anna@Example.com", true), (["ANNA@EXAMPLE.COM"], "anna@example.com", true),
            (["@example.com"], "anna@example.com", true), (["example.com"], "anna@example.com", true),
            (["@Example.com"], "anna@EXAMPLE.com", true), ([anna], "ANNA@example.com", true),
            ([anna.uppercased()], "anna@example.com", true), (["@example.com"], "anna@mail.example.com", false),
            (["@example.com"], "anna@example.com.evil.org", false), (["@example.com"], "example.com", false),
            (["example.com"], "anna@notexample.com", false), (["@example.com"], "x@example.com@evil.org", false),
            (["anna@example.com"], "bert@example.com", false), ([anna], "bert@example.com", false),
            ([], "anna@example.com", false), ([""], "", false), (["@"], "anna@", false), (["anna"], "anna@a.b", false),
        ] as [([String], String, Bool)])
    func addresses(entries: [String], address: String, isAllowed: Bool) {
        #expect(RecipientAllowList(entries).allows(Self.email(address)) == isAllowed)
    }

    @Test(
        "A phone number is compared by its digits",
        arguments: [
            ("+7 (999) 123-45-67", "+79991234567", true), ("79991234567", "+7 999 1234567", true),
            ("+79991234567", "+79991234568", false), ("+7", "7", false), ("call me", "+79991234567", false),
        ])
    func phones(entry: String, phone: String, isAllowed: Bool) {
        let audience = Audience.profile(Recipient(matching: .phone, phone: phone))
        #expect(RecipientAllowList([entry]).allows(audience) == isAllowed)
    }

    @Test("Everything that somebody could be found by must be allowed")
    func severalIdentities() {
        let both = Audience.profile(Recipient(matching: .emailPhone, email: "a@b.c", phone: "+79991234567"))
        #expect(!RecipientAllowList(["a@b.c"]).allows(both))
        #expect(!RecipientAllowList(["+79991234567"]).allows(both))
        #expect(RecipientAllowList(["a@b.c", "+79991234567"]).allows(both))
    }

    @Test("Other ids are allowed by themselves, as texts and numbers")
    func otherIdentities() {
        func custom(_ value: JSONValue) -> Audience {
            .profile(Recipient(matching: .custom, fieldName: "CRM", fieldValue: value))
        }
        #expect(RecipientAllowList(["A-17"]).allows(custom(.string("a-17"))))
        #expect(RecipientAllowList(["17"]).allows(custom(.number(JSONNumber(17)))))
        #expect(!RecipientAllowList(["18"]).allows(custom(.number(JSONNumber(17)))))
        let profile = Audience.profile(Recipient(matching: .profileID, profileID: "60ae529b3f62fcdebdb159bb"))
        #expect(RecipientAllowList(["60AE529B3f62fcdebdb159bb"]).allows(profile))
        #expect(!RecipientAllowList(["@example.com"]).allows(profile))
        // The digits of a phone number are no profile's id.
        #expect(!RecipientAllowList(["+7 999 1234567"]).allows(custom(.string("79991234567"))))
    }

    @Test(
        "What is said of a list names how many it allows",
        arguments: [
            (["a@b.c"], "1 recipient is"), (["@b.c"], "1 domain is"), (["a@b.c", "+79991234567"], "2 recipients are"),
            (["a@b.c", "b.c"], "2 recipients or domains are"),
        ])
    func warning(entries: [String], words: String) {
        #expect(
            RecipientAllowList.warning(entries)?.sentence
                == "only \(words) launched (recipients.allow): all others are skipped as not_allowed")
        #expect(RecipientAllowList.warning([]) == nil)
    }

    @Test("Whoever is in the audience of a query is not known, so it is never allowed")
    func query() {
        let query = Audience.query(.object([("email", .string("anna@example.com"))]))
        #expect(!RecipientAllowList(["anna@example.com", "@example.com"]).allows(query))
        #expect(!RecipientAllowList(["anna@example.com"]).allows(.profile(Recipient(matching: .email))))
    }
}
