import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Batches", .timeLimit(.minutes(1)))
struct BatchTests {
    private static let path = "campaigns/triggers/start_batch"

    static let refused: [(body: String, debug: String)] = [
        (#"{"data": [{"email": "john@example.com"}]}"#, "\"trigger_id\" is missing"),
        (#"{"id": 1, "data": [{"email": "john@example.com"}]}"#, "\"trigger_id\" is missing"),
        (#"{"trigger_id": 99, "data": [{"email": "john@example.com"}]}"#, "trigger campaign 99 not found"),
        (#"{"trigger_id": 7, "data": [{"email": "john@example.com"}]}"#, "not active"),
        (#"{"trigger_id": 1}"#, "\"data\" is missing"),
        (#"{"trigger_id": 1, "data": []}"#, "\"data\" is empty"),
        (#"{"trigger_id": 1, "data": {"email": "john@example.com"}}"#, "\"data\" must be a list, not an object"),
        (#"{"trigger_id": 1, "data": "x"}"#, "\"data\" must be a list"),
        (#"{"trigger_id": 1, "data": ["john@example.com"]}"#, "a list of objects"),
        (#"{"trigger_id": 1, "data": [{"email": "john@example.com"}, {}]}"#, "data[1]: matching \"email\" needs"),
        (
            #"{"trigger_id": 1, "data": [{"email": "john@example.com"}, {"phone": "+79000000001"}]}"#,
            "data[1]: matching \"email\" needs \"email\""
        ),
        (
            #"{"trigger_id": 1, "matching": "custom", "data": [{"field_value": "1"}]}"#,
            "data[0]: matching \"custom\" needs \"field_name\""
        ),
        (
            #"{"trigger_id": 1, "matching": "custom", "field_name": "city", "data": [{"field_value": "Perm"}]}"#,
            "data[0]: 2 profiles match"
        ),
        (
            #"{"trigger_id": 1, "data": [{"email": "john@example.com", "custom_data": 5}]}"#,
            "data[0]: \"custom_data\" must be an object"
        ),
        (#"{"trigger_id": 1, "matching": "all", "data": [{}]}"#, "unknown matching"),
        (#"{"trigger_id": 1, "data": [{"custom_request": {"a": {"$x": 1}}}]}"#, "data[0]: custom_request"),
    ]

    @Test("A batch with one bad element is refused as a whole and launches nothing", arguments: refused)
    func refuses(body: String, debug: String) async throws {
        let playground = try Playground()
        let answer = try await playground.call(Self.path, body)
        #expect(answer.error == 400)
        #expect(answer.debug?.contains(debug) == true, "\(answer.text)")
        #expect(try await playground.launches().isEmpty)
    }

    static let modes: [(matching: String, root: String, elements: String, profiles: [String])] = [
        (
            "email", "", #"{"email": "work@example.com"}, {"email": "john@example.com"}"#,
            ["sub", "abcdefghijklmnqrstuvwxyz"]
        ),
        ("email_profile", "", #"{"email": "home@example.com"}"#, ["sub"]),
        ("email_sub", "", #"{"email": "second@example.com"}"#, ["sub"]),
        ("phone", "", #"{"phone": "+79000000001"}"#, ["phoneonly"]),
        ("phone_sub", "", #"{"phone": "+79106135133"}"#, ["sub"]),
        ("profile_id", "", #"{"profile_id": "a1"}, {"profile_id": "a2"}"#, ["a1", "a2"]),
        ("push_sub", "", #"{"provider": "Chrome", "subscription_id": "CAREFULWITHTHATAXE"}"#, ["sub"]),
        ("custom", #""field_name": "CRM_ID","#, #"{"field_value": 12345}"#, ["abcdefghijklmnqrstuvwxyz"]),
        ("custom_sub", #""field_name": "chat","#, #"{"field_value": "778899"}"#, ["sub"]),
        ("email_phone", "", #"{"phone": "+79000000009"}"#, ["sub"]),
        ("email_phone_sub", "", #"{"email": "work@example.com", "phone": "+79106135133"}"#, ["sub"]),
    ]

    @Test("All eleven modes work", arguments: modes)
    func takes(matching: String, root: String, elements: String, profiles: [String]) async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            Self.path, #"{"trigger_id": 11, "matching": "\#(matching)", \#(root) "data": [\#(elements)]}"#)
        #expect(answer.error == 0, "\(answer.text)")
        #expect(try answer.json["result"]?.elements.map { $0["profile_id"]?.string } == profiles)
        #expect(try await playground.launchedProfiles() == profiles)
    }

    @Test("Content and files are shared, custom data is an element's own or the root's")
    func sharedParts() async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            Self.path,
            """
            {"trigger_id": 1, "matching": "profile_id", "content": {"H1": "Weather alert"},
             "attach": {"name": "a.txt", "data": "data:text/plain;base64,SEVMTE8K"},
             "custom_data": {"event_id": "root"},
             "data": [{"profile_id": "a1"}, {"profile_id": "a2", "custom_data": {"event_id": "own"}}]}
            """)
        #expect(answer.error == 0, "\(answer.text)")
        let launches = try await playground.launches()
        #expect(launches.map { $0["content"]?["H1"]?.string } == ["Weather alert", "Weather alert"])
        #expect(launches.map { $0["attach"]?.count } == [1, 1])
        #expect(launches.map { $0["custom_data"]?["event_id"]?.string } == ["root", "own"])
        #expect(launches.map { integer($0["number"]) } == [1, 2])
        #expect(launches.map { integer($0["request"]) } == [1, 1])
    }

    @Test("Without matching, elements may be queries; with it they are not looked at")
    func queries() async throws {
        let playground = try Playground()
        let data = #"[{"custom_request": {"city": "Perm"}}, {"email": "john@example.com"}]"#
        let open = try await playground.call(Self.path, #"{"trigger_id": 1, "data": \#(data)}"#)
        #expect(try open.json["result"]?.count == 3)
        let named = try await playground.call(Self.path, #"{"trigger_id": 1, "matching": "email", "data": \#(data)}"#)
        #expect(named.debug == "data[0]: matching \"email\" needs \"email\"")
    }

    @Test("The result names those to whom something is sent, so a batch goes on past one without a subscription")
    func unsubscribed() async throws {
        let playground = try Playground { $0.unsubscribed = .error }
        let answer = try await playground.call(
            Self.path,
            #"{"trigger_id": 10, "matching": "profile_id", "data": [{"profile_id": "phoneonly"}, {"profile_id": "z1"}]}"#
        )
        #expect(JSONText(try answer.json["result"]) == #"[{"profile_id":"z1"}]"#)
        #expect(try await playground.launches().map { $0["sent"]?.bool } == [false, true])
    }

    @Test("One element of XML is a list of one")
    func oneElementOfXML() async throws {
        let playground = try Playground()
        let answer = try await playground.callXML(
            Self.path,
            "<xml><token>\(Playground.token)</token><trigger_id>1</trigger_id>"
                + "<data><email>john@example.com</email></data></xml>")
        #expect(answer.text.contains("<result><profile_id>abcdefghijklmnqrstuvwxyz</profile_id></result>"))
    }

    @Test("Ten thousand profiles go in one request")
    func large() async throws {
        let profiles = (0..<10_000).map { #"{"id": "p\#($0)", "email": "p\#($0)@example.com"}"# }
        let playground = try Playground(
            #"{"campaigns": [{"id": 1}], "profiles": [\#(profiles.joined(separator: ","))]}"#)
        let data = (0..<10_000).map { #"{"email": "p\#($0)@example.com"}"# }.joined(separator: ",")
        let answer = try await playground.call(Self.path, #"{"trigger_id": 1, "data": [\#(data)]}"#)
        #expect(try answer.json["result"]?.count == 10_000)
        let summary = try await playground.send(.get, "/sandbox/summary").json
        #expect(integer(summary["launches"]) == 10_000)
        #expect(integer(summary["targets"]?.element(0)?["recipients"]) == 10_000)
    }
}
