import JSON
import Testing

@testable import Sandbox

@Suite("Matching", .timeLimit(.minutes(1)))
struct MatchingTests {
    private func store(_ emailCase: EmailCase = .exact) throws -> ProfileStore {
        let data = try SandboxData.parse(Array(Account.text.utf8), path: "account.json")
        return ProfileStore(data.profiles, emailCase: emailCase)
    }

    private func query(_ mode: MatchingMode, _ json: String) throws -> RecipientQuery {
        try RecipientQuery(mode, Parameters(try parsed(json), isXML: false))
    }

    /// Who is found: the profile's id, `-` for nobody, `*` for several.
    private func found(
        _ store: ProfileStore, _ mode: MatchingMode, _ json: String, resource: Int? = nil,
        emailPhone: EmailPhone = .email
    ) throws -> String {
        var query = try query(mode, json)
        query.resourceID = resource
        switch store.find(query, emailPhone: emailPhone) {
        case .none: return "-"
        case .one(let row): return store[row].id
        case .several: return "*"
        }
    }

    static let modes: [(mode: MatchingMode, companions: String, found: String)] = [
        (.email, #"{"email": "home@example.com"}"#, "sub"),
        (.email, #"{"email": "work@example.com"}"#, "sub"),
        (.email, #"{"email": "gone@example.com"}"#, "-"),
        (.email, #"{"email": "john@example.com"}"#, "abcdefghijklmnqrstuvwxyz"),
        (.email, #"{"email": "JOHN@example.com"}"#, "-"),
        (.email, #"{"email": "twin@example.com"}"#, "*"),
        (.emailProfile, #"{"email": "home@example.com"}"#, "sub"),
        (.emailProfile, #"{"email": "work@example.com"}"#, "-"),
        (.emailSub, #"{"email": "work@example.com"}"#, "sub"),
        (.emailSub, #"{"email": "home@example.com"}"#, "-"),
        (.emailSub, #"{"email": "gone@example.com"}"#, "-"),
        (.emailSub, #"{"email": "john@example.com"}"#, "abcdefghijklmnqrstuvwxyz"),
        (.phone, #"{"phone": "+79000000009"}"#, "sub"),
        (.phone, #"{"phone": "+79106135133"}"#, "sub"),
        (.phone, #"{"phone": "+7 910 613-51-33"}"#, "-"),
        (.phoneSub, #"{"phone": "+79106135133"}"#, "sub"),
        (.phoneSub, #"{"phone": "+79000000009"}"#, "-"),
        (.phoneSub, #"{"phone": "+79000000001"}"#, "phoneonly"),
        (.profileID, #"{"profile_id": "z1"}"#, "z1"),
        (.profileID, #"{"profile_id": "Z1"}"#, "-"),
        (.pushSub, #"{"provider": "Chrome", "subscription_id": "CAREFULWITHTHATAXE"}"#, "sub"),
        (.pushSub, #"{"provider": "Firefox", "subscription_id": "CAREFULWITHTHATAXE"}"#, "-"),
        (.pushSub, #"{"provider": "Chrome", "subscription_id": "other"}"#, "-"),
        (.custom, #"{"field_name": "CRM_ID", "field_value": "12345"}"#, "abcdefghijklmnqrstuvwxyz"),
        (.custom, #"{"field_name": "CRM_ID", "field_value": 12345}"#, "abcdefghijklmnqrstuvwxyz"),
        (.custom, #"{"field_name": "crm_id", "field_value": "12345"}"#, "-"),
        (.custom, #"{"field_name": "age", "field_value": 30}"#, "abcdefghijklmnqrstuvwxyz"),
        (.custom, #"{"field_name": "age", "field_value": "30"}"#, "abcdefghijklmnqrstuvwxyz"),
        (.custom, #"{"field_name": "age", "field_value": "030"}"#, "-"),
        (.custom, #"{"field_name": "badge", "field_value": 7}"#, "*"),
        (.custom, #"{"field_name": "city", "field_value": "Perm"}"#, "*"),
        (.custom, #"{"field_name": "tags", "field_value": "tag-2"}"#, "*"),
        (.custom, #"{"field_name": "tags", "field_value": "tag-2, tag-1"}"#, "abcdefghijklmnqrstuvwxyz"),
        (.custom, #"{"field_name": "tags", "field_value": "tag-1,tag-2"}"#, "abcdefghijklmnqrstuvwxyz"),
        (.custom, #"{"field_name": "tags", "field_value": "tag-1, tag-3"}"#, "-"),
        (.custom, #"{"field_name": "tags", "field_value": ","}"#, "-"),
        (.customSub, #"{"field_name": "chat", "field_value": 778899}"#, "sub"),
        (.customSub, #"{"field_name": "chat", "field_value": "778899"}"#, "sub"),
        (.customSub, #"{"field_name": "chat", "field_value": "1"}"#, "-"),
        (.customSub, #"{"field_name": "CRM_ID", "field_value": "12345"}"#, "-"),
        (.emailPhone, #"{"email": "home@example.com"}"#, "sub"),
        (.emailPhone, #"{"phone": "+79000000009"}"#, "sub"),
        (.emailPhone, #"{"email": "home@example.com", "phone": "+79000000009"}"#, "sub"),
        (.emailPhone, #"{"email": "nobody@x", "phone": "+79000000009"}"#, "sub"),
        (.emailPhone, #"{"email": "nobody@x", "phone": "+7"}"#, "-"),
        (.emailPhone, #"{"email": "work@example.com"}"#, "-"),
        (.emailPhoneSub, #"{"email": "work@example.com"}"#, "sub"),
        (.emailPhoneSub, #"{"phone": "+79106135133"}"#, "sub"),
        (.emailPhoneSub, #"{"email": "home@example.com"}"#, "-"),
    ]

    @Test("Each mode finds by what it says and by nothing else", arguments: modes)
    func finds(mode: MatchingMode, companions: String, found wanted: String) throws {
        #expect(try found(try store(), mode, companions) == wanted)
    }

    @Test("All eleven modes are there, spelled as documented")
    func names() {
        #expect(
            MatchingMode.allCases.map(\.rawValue) == [
                "email", "email_profile", "email_sub", "phone", "phone_sub", "profile_id", "push_sub", "custom",
                "custom_sub", "email_phone", "email_phone_sub",
            ])
        #expect(Set(MatchingTests.modes.map(\.mode)) == Set(MatchingMode.allCases))
    }

    @Test("Without regard to case, addresses are found however they are written")
    func folded() throws {
        let store = try store(.folded)
        #expect(try found(store, .email, #"{"email": "JOHN@Example.com"}"#) == "abcdefghijklmnqrstuvwxyz")
        #expect(try found(store, .emailSub, #"{"email": "WORK@example.com"}"#) == "sub")
    }

    @Test("A resource narrows down subscriptions, and profiles without any are in all of them")
    func resources() throws {
        let store = try store()
        #expect(try found(store, .email, #"{"email": "work@example.com"}"#, resource: 2) == "sub")
        #expect(try found(store, .email, #"{"email": "work@example.com"}"#, resource: 24) == "-")
        #expect(try found(store, .email, #"{"email": "second@example.com"}"#, resource: 24) == "sub")
        #expect(try found(store, .phone, #"{"phone": "+79106135133"}"#, resource: 1) == "-")
        #expect(try found(store, .emailSub, #"{"email": "john@example.com"}"#, resource: 24) != "-")
    }

    @Test("Who wins when email and phone find different profiles is an option")
    func emailAgainstPhone() throws {
        let store = try store()
        let both = #"{"email": "zaycev@example.com", "phone": "+79000000001"}"#
        #expect(try found(store, .emailPhone, both) == "z1")
        #expect(try found(store, .emailPhone, both, emailPhone: .phone) == "phoneonly")
        #expect(try found(store, .emailPhone, both, emailPhone: .error) == "*")
        #expect(try found(store, .emailPhoneSub, both, emailPhone: .phone) == "phoneonly")
    }

    @Test(
        "A mode without its companions is refused by name",
        arguments: [
            (MatchingMode.email, "{}"), (.emailSub, #"{"email": ""}"#), (.phone, #"{"email": "a"}"#),
            (.phoneSub, "{}"), (.profileID, #"{"profile_id": 5}"#), (.pushSub, #"{"provider": "Chrome"}"#),
            (.pushSub, #"{"subscription_id": "x"}"#), (.custom, #"{"field_name": "a"}"#),
            (.custom, #"{"field_value": "a"}"#), (.customSub, #"{"field_name": "a", "field_value": {}}"#),
            (.emailPhone, "{}"), (.emailPhoneSub, #"{"email": null}"#), (.emailProfile, #"{"email": []}"#),
        ])
    func companions(mode: MatchingMode, json: String) throws {
        let error = #expect(throws: Refusal.self) { try query(mode, json) }
        #expect(error?.code == 400)
        #expect(error?.debug?.isEmpty == false)
    }

    @Test("An update moves a profile to its new values in every index")
    func updates() throws {
        var store = try store()
        let row = try #require(store.rows(.id("z1")).first)
        var profile = store[row]
        profile.email = "new@example.com"
        profile.fields["vk_id"] = .string("777")
        profile.fields["tags"] = .array([.string("tag-9")])
        profile.subscriptions = []
        store.update(row, profile)
        #expect(try found(store, .email, #"{"email": "zaycev@example.com"}"#) == "-")
        #expect(try found(store, .email, #"{"email": "new@example.com"}"#) == "z1")
        #expect(try found(store, .emailSub, #"{"email": "new@example.com"}"#) == "-")
        #expect(try found(store, .custom, #"{"field_name": "vk_id", "field_value": "123456"}"#) == "-")
        #expect(try found(store, .custom, #"{"field_name": "vk_id", "field_value": "777"}"#) == "z1")
        #expect(
            try found(store, .custom, #"{"field_name": "tags", "field_value": "tag-2"}"#)
                == "abcdefghijklmnqrstuvwxyz")
        #expect(try found(store, .custom, #"{"field_name": "tags", "field_value": "tag-9"}"#) == "z1")
    }

    @Test(
        "Random profiles are found by everything they hold, and the index agrees with a walk over all",
        arguments: 1...20)
    func randomProfiles(seed: Int) throws {
        var generator = SeededOrder(UInt64(seed))
        var store = ProfileStore()
        for number in 0..<60 {
            var profile = Profile(id: "id\(number)")
            profile.email = Bool.random(using: &generator) ? "e\(Int.random(in: 0..<40, using: &generator))@x" : nil
            profile.phone = Bool.random(using: &generator) ? "+\(Int.random(in: 0..<40, using: &generator))" : nil
            profile.fields["f"] = .string("v\(Int.random(in: 0..<20, using: &generator))")
            store.insert(profile)
            if number % 3 == 0 {
                var other = store[number / 2]
                other.email = "e\(Int.random(in: 0..<40, using: &generator))@x"
                store.update(number / 2, other)
            }
        }
        for value in 0..<40 {
            let byEmail = store.profiles.indices.filter { store[$0].email == "e\(value)@x" }
            #expect(Set(store.rows(.email("e\(value)@x"))) == Set(byEmail))
            let byPhone = store.profiles.indices.filter { store[$0].phone == "+\(value)" }
            #expect(Set(store.rows(.phone("+\(value)"))) == Set(byPhone))
            let byField = store.profiles.indices.filter { store[$0].fields["f"]?.string == "v\(value)" }
            #expect(Set(store.rows(.field(name: "f", text: "v\(value)"))) == Set(byField))
        }
    }
}
