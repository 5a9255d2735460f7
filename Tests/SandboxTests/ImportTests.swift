import JSON
import Testing

@testable import Sandbox

@Suite("Import and start", .timeLimit(.minutes(1)))
struct ImportTests {
    /// The profile as it is after a test's requests.
    private func profile(_ playground: Playground, _ id: String) -> Profile? {
        playground.sandbox.with { world, _ in
            world.store.rows(.id(id)).first.map { world.store[$0] }
        }
    }

    private func count(_ playground: Playground) -> Int {
        playground.sandbox.with { world, _ in world.store.profiles.count }
    }

    @Test("A new profile is created, filled and launched for", arguments: ["campaigns/triggers", "workflows"])
    func creates(path: String) async throws {
        let playground = try Playground()
        let before = count(playground)
        let id = path.hasPrefix("c") ? "\"trigger_id\": 1" : "\"workflow_id\": 3"
        let answer = try await playground.call(
            path + "/import_and_start",
            """
            {\(id), "matching": "email", "email": "new@example.com", "content": {"page": "registration_form"},
             "custom_data": {"sending_time": "12:31:12"}, "skip_triggers": true, "detect_geo": false,
             "data": {"_fname": "John", "_lname": "Doe", "phones": ["+79000000077"], "n": 1.0}}
            """)
        #expect(answer.error == 0, "\(answer.text)")
        let profileID = try #require(try answer.json["profile_id"]?.string)
        #expect(profileID.count == 24)
        #expect(count(playground) == before + 1)
        let created = try #require(profile(playground, profileID))
        #expect(created.email == "new@example.com")
        #expect(created.phone == "+79000000077")
        #expect(created.fields["_lname"]?.string == "Doe")
        #expect(created.fields["n"]?.number?.text == "1.0")
        let launch = try #require(try await playground.launches().first)
        #expect(launch["recipient"]?["profile_id"]?.string == profileID)
        #expect(launch["content"]?["page"]?.string == "registration_form")
        #expect(launch["ignored"] == nil)
    }

    @Test("A profile that is there is updated, and what the import does not name stays")
    func updates() async throws {
        let playground = try Playground()
        let before = count(playground)
        let answer = try await playground.call(
            "campaigns/triggers/import_and_start",
            #"{"trigger_id": 84, "email": "john@example.com", "data": {"_fname": "Jack"}, "content": {"order_id": "1"}}"#
        )
        #expect(try answer.json["profile_id"]?.string == "abcdefghijklmnqrstuvwxyz")
        #expect(count(playground) == before)
        let updated = try #require(profile(playground, "abcdefghijklmnqrstuvwxyz"))
        #expect(updated.fields["_fname"]?.string == "Jack")
        #expect(updated.fields["CRM_ID"]?.string == "12345")
        #expect(updated.phone == "+79000000000")
        #expect(try await playground.launches().first?["message"]?["text"]?.string?.hasPrefix("Dear Jack") == true)
    }

    static let matchings: [(companions: String, data: String, field: String, value: String)] = [
        (#""matching": "email", "email": "n@x""#, "{}", "email", "n@x"),
        (#""matching": "email_profile", "email": "n@x""#, "{}", "email", "n@x"),
        (#""matching": "phone", "phone": "+7""#, "{}", "phone", "+7"),
        (#""matching": "custom", "field_name": "CRM_ID", "field_value": "777""#, "{}", "CRM_ID", "777"),
        (#""matching": "email", "email": "n@x""#, #"{"email": "other@x"}"#, "email", "other@x"),
        (#""matching": "email""#, #"{"email": "inside@x"}"#, "email", "inside@x"),
        (#""matching": "phone""#, #"{"phones": "+790"}"#, "phone", "+790"),
        (#""matching": "custom", "field_name": "CRM_ID""#, #"{"CRM_ID": "888"}"#, "CRM_ID", "888"),
        (#""email": "default@x""#, "{}", "email", "default@x"),
    ]

    @Test("What a profile is found by is stored in it", arguments: matchings)
    func storesCompanion(companions: String, data: String, field: String, value: String) async throws {
        let playground = try Playground()
        let body = #"{"trigger_id": 1, \#(companions), "data": \#(data)}"#
        let first = try await playground.call("campaigns/triggers/import_and_start", body)
        #expect(first.error == 0, "\(first.text)")
        let id = try #require(try first.json["profile_id"]?.string)
        #expect(profile(playground, id)?.value(field)?.string == value)
        // The second import finds what the first has made, unless the data moved it away from its companion.
        let second = try await playground.call("campaigns/triggers/import_and_start", body)
        #expect(try (second.json["profile_id"]?.string == id) == !data.contains("other@x"))
    }

    static let refused: [(path: String, body: String, debug: String)] = [
        ("campaigns/triggers/import_and_start", #"{"trigger_id": 1, "email": "n@x"}"#, "\"data\" is missing"),
        ("campaigns/triggers/import_and_start", #"{"id": 1, "email": "n@x", "data": {}}"#, "\"trigger_id\" is missing"),
        ("campaigns/triggers/import_and_start", #"{"trigger_id": 1, "data": {}}"#, "needs \"email\""),
        ("campaigns/triggers/import_and_start", #"{"trigger_id": 1, "email": "n@x", "data": []}"#, "must be an object"),
        (
            "campaigns/triggers/import_and_start",
            #"{"trigger_id": 1, "matching": "profile_id", "profile_id": "no", "data": {}}"#,
            "an import by it creates none"
        ),
        (
            "campaigns/triggers/import_and_start",
            #"{"trigger_id": 1, "matching": "email_sub", "email": "n@x", "data": {}}"#,
            "does not take matching \"email_sub\""
        ),
        (
            "campaigns/triggers/import_and_start", #"{"trigger_id": 1, "email": "twin@example.com", "data": {}}"#,
            "must be unique"
        ),
        (
            "campaigns/triggers/import_and_start",
            #"{"trigger_id": 1, "email": "n@x", "data": {"subscriptions": [{"resource_id": 99, "email": "n@x"}]}}"#,
            "resource 99, which does not exist"
        ),
        (
            "campaigns/triggers/import_and_start",
            #"{"trigger_id": 1, "email": "n@x", "data": {"subscriptions": [{"resource_id": 1}]}}"#,
            "neither channel nor address"
        ),
        (
            "campaigns/triggers/import_and_start",
            #"{"trigger_id": 1, "email": "n@x", "data": {}, "skip_triggers": "no"}"#,
            "\"skip_triggers\" must be true or false"
        ),
        (
            "campaigns/triggers/import_and_start",
            #"{"trigger_id": 1, "email": "n@x", "data": {}, "timeout": {"days": -1}}"#,
            "\"timeout\" has no such \"days\""
        ),
        ("workflows/import_and_start", #"{"workflow_id": 4, "email": "n@x"}"#, "workflow 4 is not active"),
        ("workflows/import_and_start", #"{"id": 3, "email": "n@x"}"#, "\"workflow_id\" is missing"),
        ("campaigns/triggers/import_and_start_batch", #"{"trigger_id": 1, "data": []}"#, "at least one profile"),
        (
            "campaigns/triggers/import_and_start_batch", #"{"trigger_id": 1, "data": {"data": {"email": "n@x"}}}"#,
            "must be a list"
        ),
        (
            "campaigns/triggers/import_and_start_batch", #"{"trigger_id": 1, "data": [{"email": "n@x"}]}"#,
            "data[0]: \"data\" is missing"
        ),
        (
            "campaigns/triggers/import_and_start_batch",
            #"{"trigger_id": 1, "data": [{"data": {"email": "n@x"}}, {"data": {"_fname": "A"}}]}"#,
            "data[1]: matching \"email\" needs"
        ),
        (
            "workflows/import_and_start_batch",
            #"{"workflow_id": 3, "data": [{"email": "n@x"}, {"email": "twin@example.com"}]}"#, "must be unique"
        ),
    ]

    @Test("What is wrong is refused, and nothing is imported or launched", arguments: refused)
    func refuses(path: String, body: String, debug: String) async throws {
        let playground = try Playground()
        let before = count(playground)
        let answer = try await playground.call(path, body)
        #expect(answer.error == 400)
        #expect(answer.debug?.contains(debug) == true, "\(answer.text)")
        #expect(count(playground) == before)
        #expect(try await playground.launches().isEmpty)
    }

    @Test("A scenario's import needs no data")
    func withoutData() async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "workflows/import_and_start", #"{"workflow_id": 3, "matching": "email", "email": "n@x"}"#)
        #expect(answer.error == 0)
    }

    @Test("The printed batch is taken: wrappers around data, with the address inside")
    func printedBatch() async throws {
        for (path, id) in [("campaigns/triggers", "trigger_id"), ("workflows", "workflow_id")] {
            let playground = try Playground()
            let number = path.hasPrefix("c") ? 1 : 3
            let answer = try await playground.call(
                path + "/import_and_start_batch",
                """
                {"\(id)": \(number), "matching": "email", "data":
                [ { "data": { "_fname": "John", "_lname": "Lambert", "email": "profile4@example.com", "phones": "+790000000000" } },
                  { "data": { "_fname": "Tom",  "_lname": "Hard",    "email": "profile3@example.com", "phones": "+790000000001" } } ]}
                """)
            #expect(answer.error == 0, "\(answer.text)")
            let ids = try answer.json["result"]?.elements.map { $0["profile_id"]?.string ?? "" } ?? []
            #expect(Set(ids).count == 2)
            #expect(ids.map { profile(playground, $0)?.email } == ["profile4@example.com", "profile3@example.com"])
            #expect(ids.map { profile(playground, $0)?.phone } == ["+790000000000", "+790000000001"])
            #expect(try await playground.launchedProfiles() == ids)
        }
    }

    @Test("One profile twice in a batch is one profile")
    func repeated() async throws {
        let playground = try Playground()
        let before = count(playground)
        let answer = try await playground.call(
            "campaigns/triggers/import_and_start_batch",
            #"{"trigger_id": 1, "data": [{"data": {"email": "n@x", "a": 1}}, {"data": {"email": "n@x", "a": 2}}]}"#)
        let ids = try answer.json["result"]?.elements.map { $0["profile_id"]?.string ?? "" } ?? []
        #expect(Set(ids).count == 1)
        #expect(count(playground) == before + 1)
        #expect(profile(playground, ids[0])?.fields["a"]?.number?.int64 == 2)
    }

    @Test("Each profile of a batch has its own custom data")
    func customData() async throws {
        let playground = try Playground()
        _ = try await playground.call(
            "campaigns/triggers/import_and_start_batch",
            """
            {"trigger_id": 1, "custom_data": {"event_id": "root"},
             "data": [{"data": {"email": "a@x"}, "custom_data": {"event_id": "own"}}, {"data": {"email": "b@x"}}]}
            """)
        #expect(try await playground.launches().map { $0["custom_data"]?["event_id"]?.string } == ["own", "root"])
    }

    @Test("Subscriptions are imported, and decide who is sent to")
    func subscriptions() async throws {
        let playground = try Playground()
        let body = """
            {"trigger_id": 84, "email": "n@x", "data": {"subscriptions":
             [{"email": "n@x", "resource_id": 1, "priority": 3}, {"phone": "+7", "resource_id": 2},
              {"provider": "Chrome", "subscription_id": "s", "resource_id": 2}]}}
            """
        let answer = try await playground.call("campaigns/triggers/import_and_start", body)
        let id = try #require(try answer.json["profile_id"]?.string)
        #expect(profile(playground, id)?.subscriptions?.map(\.channel) == ["email", "sms", "push"])
        #expect(try await playground.launches().first?["subscription"]?["email"]?.string == "n@x")
        // The same subscription again, given up: nothing is left of resource 1.
        let left = try await playground.call(
            "campaigns/triggers/import_and_start",
            """
            {"trigger_id": 84, "email": "n@x", "data": {"subscriptions":
             [{"email": "n@x", "resource_id": 1, "status": "unsubscribed"}]}}
            """)
        #expect(left.error == 0)
        #expect(profile(playground, id)?.subscriptions?.count == 3)
        #expect(try await playground.launches().map { $0["sent"]?.bool } == [true, false])
    }

    @Test("Invalid subscriptions can be left out")
    func skipsInvalid() async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "campaigns/triggers/import_and_start",
            """
            {"trigger_id": 1, "email": "n@x", "skip_invalid_subscriptions": true, "data": {"subscriptions":
             [{"resource_id": 99, "email": "n@x"}, {"channel": "email", "email": "n@x", "resource_id": 1}, {"status": 5}]}}
            """)
        #expect(answer.error == 0, "\(answer.text)")
        let id = try #require(try answer.json["profile_id"]?.string)
        #expect(profile(playground, id)?.subscriptions?.map(\.resourceID) == [1])
    }

    @Test("A timeout delays the launch, not the import")
    func timeout() async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "campaigns/triggers/import_and_start",
            #"{"trigger_id": 1, "email": "n@x", "data": {}, "timeout": {"days": 0, "hours": 0, "minutes": 5}}"#)
        let id = try #require(try answer.json["profile_id"]?.string)
        #expect(profile(playground, id) != nil)
        playground.wait(seconds: 299)
        #expect(try await playground.launches().isEmpty)
        playground.wait(seconds: 1)
        #expect(try await playground.launchedProfiles() == [id])
    }

    @Test("A task imports when it is carried out, once")
    func task() async throws {
        let playground = try Playground()
        let before = count(playground)
        for path in ["campaigns/triggers/import_and_start_batch_task", "workflows/import_and_start_batch_task"] {
            let answer = try await playground.call(
                path, #"{"trigger_id": 1, "workflow_id": 3, "data": [{"data": {"email": "n@x"}}]}"#)
            #expect(try answer.json["data"]?["task_id"]?.string != nil, "\(answer.text)")
        }
        #expect(count(playground) == before)
        playground.wait(seconds: 1)
        #expect(try await playground.launches().count == 2)
        #expect(count(playground) == before + 1)
    }

    @Test("XML imports as JSON does")
    func xml() async throws {
        let playground = try Playground()
        let answer = try await playground.callXML(
            "campaigns/triggers/import_and_start_batch",
            """
            <xml><token>\(Playground.token)</token><trigger_id>1</trigger_id><skip_triggers>1</skip_triggers>
            <data><data><email>a@x</email><_fname>A</_fname><subscriptions><channel>email</channel><email>a@x</email>\
            <resource_id>1</resource_id></subscriptions></data></data>
            <data><data><email>b@x</email></data></data></xml>
            """)
        #expect(answer.text.contains("<error>0</error>"), "\(answer.text)")
        #expect(answer.text.matches(of: /<result><profile_id>[0-9a-f]{24}<\/profile_id><\/result>/).count == 2)
        let made = playground.sandbox.with { world, _ in world.store.profiles.suffix(2).map(\.email) }
        #expect(made == ["a@x", "b@x"])
    }

    @Test("What is kept of a request is its own, not the request")
    func detached() throws {
        let document = try JSONDocument.parse(
            #"{"big": "\#(String(repeating: "x", count: 10_000))", "small": {"a": [1]}}"#)
        let value = JSONValue.node(try #require(document.root["small"])).detached
        guard case .node(let node) = value else {
            Issue.record("a container is kept as a node")
            return
        }
        #expect(node.document.bytes.count == 9)
        #expect(value == JSONValue.node(try #require(document.root["small"])))
    }
}
