import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Starts for one profile", .timeLimit(.minutes(1)))
struct StartTests {
    /// A start and what it is answered with.
    struct Case: Sendable, CustomTestStringConvertible {
        let body: String
        var path = "campaigns/triggers/start"
        var error = 400
        /// What `error_debug` says, as far as it matters.
        var debug = ""
        var testDescription: String { "\(path) \(body)" }
    }

    static let refused: [Case] = [
        Case(body: "{}", debug: "\"id\" is missing"),
        Case(body: #"{"id": null}"#, debug: "\"id\" is missing"),
        Case(body: #"{"id": "Greeting", "email": "john@example.com"}"#, debug: "\"id\" must be a whole number"),
        Case(body: #"{"id": 1.5, "email": "john@example.com"}"#, debug: "\"id\" must be a whole number"),
        Case(body: #"{"id": 99, "email": "john@example.com"}"#, debug: "trigger campaign 99 not found"),
        Case(body: #"{"trigger_id": 1, "email": "john@example.com"}"#, debug: "\"id\" is missing"),
        Case(body: #"{"id": 7, "email": "john@example.com"}"#, debug: "trigger campaign 7 is not active"),
        Case(body: #"{"id": 9, "email": "john@example.com"}"#, debug: "is of type import, not api_call"),
        Case(body: #"{"id": 1}"#, debug: "matching \"email\" needs \"email\""),
        Case(body: #"{"id": 1, "email": ""}"#, debug: "needs \"email\""),
        Case(body: #"{"id": 1, "email": 7}"#, debug: "\"email\" must be a text, not a number"),
        Case(body: #"{"id": 1, "email": "nobody@example.com"}"#, debug: "no profile matches \"email\""),
        Case(body: #"{"id": 1, "email": "John@Example.com"}"#, debug: "no profile matches \"email\""),
        Case(body: #"{"id": 1, "matching": "phone", "email": "john@example.com"}"#, debug: "needs \"phone\""),
        Case(body: #"{"id": 1, "matching": "phone", "phone": "79000000000"}"#, debug: "no profile matches \"phone\""),
        Case(body: #"{"id": 1, "matching": "profile_id"}"#, debug: "needs \"profile_id\""),
        Case(body: #"{"id": 1, "matching": "custom", "field_value": "1"}"#, debug: "needs \"field_name\""),
        Case(body: #"{"id": 1, "matching": "custom", "field_name": "CRM_ID"}"#, debug: "needs \"field_value\""),
        Case(
            body: #"{"id": 1, "matching": "custom", "field_name": "CRM_ID", "field_value": ["1"]}"#,
            debug: "\"field_value\" must be a text or a number, not a list"),
        Case(
            body: #"{"id": 1, "matching": "custom", "field_name": "city", "field_value": "Perm"}"#,
            debug: "2 profiles match \"custom\"; the value must be unique"),
        Case(body: #"{"id": 1, "email": "twin@example.com"}"#, debug: "must be unique"),
        Case(body: #"{"id": 1, "matching": "mail", "email": "john@example.com"}"#, debug: "unknown matching \"mail\""),
        Case(body: #"{"id": 1, "matching": 1, "email": "john@example.com"}"#, debug: "\"matching\" must be a text"),
        Case(
            body: #"{"id": 1, "matching": "email_profile", "email": "john@example.com"}"#,
            debug: "does not take matching \"email_profile\""),
        Case(
            body: #"{"id": 1, "matching": "push_sub", "provider": "Chrome", "subscription_id": "CAREFULWITHTHATAXE"}"#,
            debug: "does not take matching \"push_sub\""),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "resource_id": 99}"#, debug: "resource 99 not found"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "content": "text"}"#,
            debug: "\"content\" must be an object, not a text"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "custom_data": []}"#,
            debug: "\"custom_data\" must be an object, not a list"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "attach": "x"}"#, debug: "\"attach\" must be a list"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "attach": [{"data": "data:a/b;base64,QQ=="}]}"#,
            debug: "no \"name\""),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "attach": [{"name": "a"}]}"#, debug: "no \"data\""),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "attach": [{"name": "a", "data": "data:a/b;base64,Q"}]}"#,
            debug: "is not base64"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "attach": [{"name": "a", "data": "data:a/b,QQ=="}]}"#,
            debug: "must be data:TYPE/SUBTYPE;base64"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "attach": [{"name": "a", "data": "data:QQ=="}]}"#,
            debug: "no comma"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "attach": [{"name": "a", "data": "QQ=="}]}"#,
            debug: "must be a data URI"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "subscription_filter": {}}"#,
            debug: "\"subscription_filter\" needs"),
        Case(
            body: #"{"id": 1, "email": "john@example.com", "subscription_filter": {"email": "a", "not_strict": 1}}"#,
            debug: "\"not_strict\" must be true or false"),
        Case(
            body: #"{"id": 1, "matching": "email", "email": "john@example.com", "custom_request": {"email": "a"}}"#,
            debug: "for requests without \"matching\""),
        Case(body: #"{"id": 1, "custom_request": {"email": "nobody"}}"#, debug: "no profile matches custom_request"),
        Case(body: #"{"id": 1, "custom_request": "{}"}"#, debug: "\"custom_request\" must be an object"),
        Case(
            body: #"{"id": 99, "email": "john@example.com"}"#, path: "workflows/start", debug: "workflow 99 not found"),
        Case(
            body: #"{"id": 4, "email": "john@example.com"}"#, path: "workflows/start", debug: "workflow 4 is not active"
        ),
        Case(
            body: #"{"workflow_id": 3, "email": "john@example.com"}"#, path: "workflows/start",
            debug: "\"id\" is missing"),
        Case(
            body: #"{"token": "wrong", "id": 1, "email": "john@example.com"}"#, error: 401,
            debug: "the token is not valid"),
        Case(
            body: #"{"token": null, "id": 1, "email": "john@example.com"}"#, error: 401,
            debug: "the request has no token"),
        Case(
            body: #"{"token": 7, "id": 1, "email": "john@example.com"}"#, debug: "\"token\" must be a text"),
    ]

    @Test("What is wrong is refused with 400 or 401 and says why; nothing is launched", arguments: refused)
    func refuses(_ wrong: Case) async throws {
        let playground = try Playground()
        let answer = try await playground.call(wrong.path, wrong.body)
        #expect(answer.status == 200)
        #expect(answer.error == wrong.error)
        #expect(
            try answer.json["error_text"]?.string == (wrong.error == 400 ? "Invalid request" : "API token required"))
        #expect(answer.debug?.contains(wrong.debug) == true, "\(answer.text)")
        #expect(try answer.json["data"] == nil)
        #expect(try await playground.launches().isEmpty)
    }

    static let accepted: [(body: String, profile: String)] = [
        (#"{"id": 1, "email": "john@example.com", "matching": null}"#, "abcdefghijklmnqrstuvwxyz"),
        (#"{"id": 1, "email": "work@example.com"}"#, "sub"),
        (#"{"id": 1, "email": "home@example.com"}"#, "sub"),
        (#"{"id": 1, "matching": "phone", "phone": "+79106135133"}"#, "sub"),
        (#"{"id": 1, "matching": "phone", "phone": "+79000000001"}"#, "phoneonly"),
        (#"{"id": 1, "matching": "profile_id", "profile_id": "z1"}"#, "z1"),
        (#"{"id": 1, "matching": "custom", "field_name": "CRM_ID", "field_value": 12345}"#, "abcdefghijklmnqrstuvwxyz"),
        (#"{"id": 1, "matching": "custom", "field_name": "age", "field_value": "30"}"#, "abcdefghijklmnqrstuvwxyz"),
        (#"{"id": 1, "matching": "custom", "field_name": "age", "field_value": 41.0}"#, "z1"),
        (
            #"{"id": 1, "matching": "custom", "field_name": "tags", "field_value": "tag-1, tag-2"}"#,
            "abcdefghijklmnqrstuvwxyz"
        ),
        (#"{"id": 1, "matching": "custom", "field_name": "tags", "field_value": "tag-1"}"#, "abcdefghijklmnqrstuvwxyz"),
        (#"{"id": 1, "email": "john@example.com", "resource_id": 24}"#, "abcdefghijklmnqrstuvwxyz"),
        (#"{"id": 1, "email": "john@example.com", "unheard_of": {"a": 1}}"#, "abcdefghijklmnqrstuvwxyz"),
    ]

    @Test("What can be carried out is, for the right profile", arguments: accepted)
    func accepts(body: String, profile: String) async throws {
        let playground = try Playground()
        let campaign = try await playground.call("campaigns/triggers/start", body)
        #expect(campaign.error == 0, "\(campaign.text)")
        // The number 3 is a scenario, however it is written.
        let scenario = try await playground.call(
            "workflows/start", body.replacing("\"id\": 1", with: "\"id\": 3"))
        #expect(scenario.error == 0, "\(scenario.text)")
        #expect(try await playground.launchedProfiles().allSatisfy { $0 == profile })
        #expect(try await playground.launches().first?["kind"]?.string == "campaign")
    }

    @Test("A launch tells everything that was asked")
    func tellsAll() async throws {
        let playground = try Playground()
        _ = try await playground.call(
            "campaigns/triggers/start",
            """
            {"id": 84, "email": "john@example.com", "extra": 1,
             "content": {"order_id": "A-1", "lines": [{"name": "Tea"}]},
             "custom_data": {"event_id": "e-1", "n": 1.50}}
            """)
        let launch = try #require(try await playground.launches().first)
        #expect(
            JSONValue.node(launch)
                == (try parsed(
                    """
                    {"number": 1, "request": 1, "time": "2026-09-21T14:13:20.000Z",
                     "endpoint": "campaigns/triggers/start", "kind": "campaign", "target": 84, "name": "Order paid",
                     "recipient": {"matching": "email", "value": "john@example.com",
                                   "profile_id": "abcdefghijklmnqrstuvwxyz"},
                     "content": {"order_id": "A-1", "lines": [{"name": "Tea"}]},
                     "custom_data": {"event_id": "e-1", "n": 1.50}, "attach": [],
                     "subscription": {"channel": "email", "email": "john@example.com"}, "sent": true,
                     "message": {"subject": "Order A-1", "text": "Dear John, Tea and {missing}"},
                     "ignored": ["extra"]}
                    """)))
        #expect(playground.lines.count == 1)
        #expect(playground.lines.first?.contains("launch 1: campaign 84 \"Order paid\" for") == true)
    }

    @Test("The id may be a number however written, or its digits", arguments: ["1", "1.0", "10e-1", "\"1\""])
    func idSpellings(id: String) async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "campaigns/triggers/start", #"{"id": \#(id), "email": "john@example.com"}"#)
        #expect(answer.error == 0, "\(answer.text)")
    }

    @Test("The token is taken from the body, the header or the URL, and each must be right")
    func tokens() async throws {
        let playground = try Playground()
        let bare = #"{"id": 1, "email": "john@example.com"}"#
        let inBody = #"{"token": "abcdefghijklmnqrstuvwxyz", "id": 1, "email": "john@example.com"}"#
        func error(_ body: String, _ header: String?, query: String = "") async throws -> Int? {
            var headers: HTTPFields = [.contentType: "application/json"]
            headers[.authorization] = header
            let path = "/api/v1.1/campaigns/triggers/start" + query
            return try await playground.send(.post, path, Array(body.utf8), headers: headers).error
        }
        #expect(try await error(inBody, nil) == 0)
        #expect(try await error(bare, "Bearer abcdefghijklmnqrstuvwxyz") == 0)
        #expect(try await error(bare, "bearer abcdefghijklmnqrstuvwxyz") == 0)
        #expect(try await error(inBody, "Bearer abcdefghijklmnqrstuvwxyz") == 0)
        #expect(try await error(bare, nil, query: "?token=abcdefghijklmnqrstuvwxyz") == 0)
        #expect(try await error(bare, nil) == 401)
        #expect(try await error(bare, "Bearer wrong") == 401)
        #expect(try await error(bare, "Basic abcdefghijklmnqrstuvwxyz") == 401)
        #expect(try await error(bare, "Bearer") == 401)
        #expect(try await error(inBody, "Bearer wrong") == 401)
        #expect(try await error(bare, nil, query: "?token=wrong") == 401)
        #expect(try await playground.launches().count == 5)
    }

    @Test(
        "The Content-Type decides how the body is read",
        arguments: [
            ("application/json", 0), ("application/json; charset=utf-8", 0), ("Application/JSON;charset=\"UTF-8\"", 0),
            ("application/json; charset=latin1", 400), ("text/plain", 400), ("application/xml", 400), ("", 400),
            ("application/x-www-form-urlencoded", 400), (nil, 400),
        ] as [(String?, Int)])
    func contentTypes(type: String?, error: Int) async throws {
        let playground = try Playground()
        let body = #"{"token": "abcdefghijklmnqrstuvwxyz", "id": 1, "email": "john@example.com"}"#
        var headers: HTTPFields = [:]
        headers[.contentType] = type
        let answer = try await playground.send(
            .post, "/api/v1.1/campaigns/triggers/start", Array(body.utf8), headers: headers)
        #expect(answer.error == error, "\(answer.text)")
    }

    @Test("Paths that are none get an envelope as well")
    func unknownPaths() async throws {
        let playground = try Playground()
        for path in ["/api/v1.1/nothing", "/api/v1.1/campaigns/triggers/start/x", "/api/v1.1/"] {
            let answer = try await playground.send(.post, path, Array("{}".utf8))
            #expect(answer.status == 404)
            #expect(answer.error == 404, "\(path): \(answer.text)")
        }
        let get = try await playground.send(.get, "/api/v1.1/campaigns/triggers/start")
        #expect(get.status == 404 || get.status == 405)
        #expect(get.error != 0)
    }
}
