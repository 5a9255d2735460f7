import HTTPTypes
import JSON
import Testing

@testable import Sandbox

/// Each example that the five documents print, sent as it stands there; only the token is the sandbox's.
@Suite("Printed examples", .timeLimit(.minutes(1)))
struct PrintedExamplesTests {
    /// One request of the documents and what the account makes of it.
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let path: String
        let body: String
        /// The profiles that are launched for.
        let profiles: [String]
        var testDescription: String { name }
    }

    static let json: [Example] = [
        Example(
            name: "one user by email (user guide)", path: "campaigns/triggers/start",
            body: """
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "id": 1,
                "matching": "email",
                "email": "zaycev@example.com"
                }
                """, profiles: ["z1"]),
        Example(
            name: "one user by custom field (user guide)", path: "campaigns/triggers/start",
            body: """
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "id": 5,
                "matching": "custom",
                "field_name": "vk_id",
                "field_value": "123456"
                }
                """, profiles: ["z1"]),
        Example(
            name: "single subscriber (developer guide)", path: "campaigns/triggers/start/",
            body: """
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "id": 84,
                "matching": "profile_id",
                "profile_id": "abcdefghijklmnqrstuvwxyz"
                }
                """, profiles: ["abcdefghijklmnqrstuvwxyz"]),
        Example(
            name: "audience by custom_request (developer guide)", path: "campaigns/triggers/start/",
            body: """
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "id": 84,
                "custom_request":{"Custom_ID": {"$in": ["IpHicQquekzYkufl", "xzFKLXeaJkCYHuMb", "SRNOwHVZiWFItJhr"]}}
                }
                """, profiles: ["a1", "a2"]),
        Example(
            name: "content and files (developer guide)", path: "campaigns/triggers/start/",
            body: """
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "id": 96,
                "matching": "profile_id",
                "profile_id": "6606e08f10bcdd88297057a7",
                "attach": [
                {
                "data": "data:text/csv;base64,5LuK5pel44GvCg==",
                "name": "日本.txt"
                },
                {
                "data": "data:text/csv;base64,SEVMTE8K",
                "name": "US.txt"
                }
                ],
                "content": {
                "data_lines": [
                "Channel A",
                "Channel B"
                ],
                "email_title": "New videos on your favorite channels"
                }
                }
                """, profiles: ["6606e08f10bcdd88297057a7"]),
        Example(
            name: "batch by email", path: "campaigns/triggers/start_batch",
            body: """
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "trigger_id": 8,
                "format": "json",
                "matching": "email",
                "data": [
                {
                "email": "example1@example.com"
                },
                {
                "email": "example2@example.com"
                }
                ]
                }
                """, profiles: ["6606e08f10bcdd88297057a7", "66101437dc4594c2934da6da"]),
        Example(
            name: "batch by custom field", path: "campaigns/triggers/start_batch",
            body: """
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "trigger_id": 96,
                "format": "json",
                "skip_triggers": false,
                "matching": "custom",
                "field_name": "Custom_ID",
                "data": [
                {
                "field_value": "003"
                },
                {
                "field_value": "002"
                }
                ]
                }
                """, profiles: ["6606e08f10bcdd88297057a7", "66101437dc4594c2934da6da"]),
        Example(
            name: "scenario by profile id (user guide)", path: "workflows/start/",
            body: """
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "id": 3,
                "matching": "profile_id",
                "profile_id": "66acb337240d5213037986d8"
                }
                """, profiles: ["66acb337240d5213037986d8"]),
        Example(
            name: "scenario by custom field (template of the notes)", path: "workflows/start",
            body: """
                { "token": "abcdefghijklmnqrstuvwxyz", "id": 3, "matching": "custom", "field_name": "CRM_ID",
                  "field_value": "12345", "content": { "cart_url": "https://shop.example/cart/1" } }
                """, profiles: ["abcdefghijklmnqrstuvwxyz"]),
    ]

    static let xml: [Example] = [
        Example(
            name: "single subscriber", path: "campaigns/triggers/start/",
            body: """
                <xml>
                <token>abcdefghijklmnqrstuvwxyz</token>
                <id>84</id>
                <matching>profile_id</matching>
                <profile_id>abcdefghijklmnqrstuvwxyz</profile_id>
                </xml>
                """, profiles: ["abcdefghijklmnqrstuvwxyz"]),
        Example(
            name: "audience by custom_request", path: "campaigns/triggers/start/",
            body: """
                <xml>
                <token>abcdefghijklmnqrstuvwxyz</token>
                <id>84</id>
                <custom_request>{"Custom_ID": {"$in": ["IpHicQquekzYkufl", "xzFKLXeaJkCYHuMb", "SRNOwHVZiWFItJhr"]}}\
                </custom_request>
                </xml>
                """, profiles: ["a1", "a2"]),
        Example(
            name: "content and files", path: "campaigns/triggers/start/",
            body: """
                <xml>
                <token>abcdefghijklmnqrstuvwxyz</token>
                <id>96</id>
                <matching>profile_id</matching>
                <profile_id>6606e08f10bcdd88297057a7</profile_id>
                <attach>
                <data>data:text/csv;base64,5LuK5pel44GvCg==</data>
                <name>日本.txt</name>
                </attach>
                <attach>
                <data>data:text/csv;base64,SEVMTE8K</data>
                <name>US.txt</name>
                </attach>
                <content>
                <data_lines>Channel A</data_lines>
                <data_lines>Channel B</data_lines>
                <email_title>New videos on your favorite channels</email_title>
                </content>
                </xml>
                """, profiles: ["6606e08f10bcdd88297057a7"]),
        Example(
            name: "batch by email", path: "campaigns/triggers/start_batch",
            body: """
                <xml>
                <token>abcdefghijklmnqrstuvwxyz</token>
                <trigger_id>85</trigger_id>
                <format>xml</format>
                <matching>email</matching>
                <data>
                <email>example3@example.com</email>
                </data>
                <data>
                <email>example4@example.com</email>
                </data>
                </xml>
                """, profiles: ["66acb337240d5213037986d8", "p4"]),
        Example(
            name: "batch by custom field", path: "campaigns/triggers/start_batch",
            body: """
                <xml>
                <token>abcdefghijklmnqrstuvwxyz</token>
                <trigger_id>85</trigger_id>
                <format>xml</format>
                <skip_triggers>false</skip_triggers>
                <matching>custom</matching>
                <field_name>Custom_ID</field_name>
                <data>
                <field_value>YY</field_value>
                </data>
                <data>
                <field_value>AA</field_value>
                </data>
                </xml>
                """, profiles: ["66acb337240d5213037986d8", "p4"]),
    ]

    @Test("JSON is accepted as printed, with and without the slash", arguments: json)
    func acceptsJSON(_ example: Example) async throws {
        let bare = example.path.hasSuffix("/") ? String(example.path.dropLast()) : example.path
        for path in [bare, bare + "/"] {
            let playground = try Playground()
            let answer = try await playground.call(path, example.body)
            #expect(answer.status == 200)
            #expect(answer.error == 0, "\(answer.text)")
            #expect(answer.headers[.contentType]?.hasPrefix("application/json") == true)
            #expect(try await playground.launchedProfiles() == example.profiles)
            #expect(try await playground.launches().allSatisfy { $0["ignored"] == nil })
        }
    }

    @Test("XML is accepted as printed and answered in XML", arguments: xml)
    func acceptsXML(_ example: Example) async throws {
        let playground = try Playground()
        let answer = try await playground.callXML(example.path, example.body)
        #expect(answer.status == 200)
        #expect(answer.text.contains("<error>0</error>"), "\(answer.text)")
        #expect(answer.headers[.contentType]?.hasPrefix("application/xml") == true)
        #expect(try await playground.launchedProfiles() == example.profiles)
    }

    @Test("The success of a start is the printed one, in JSON and XML")
    func successOfStart() async throws {
        let playground = try Playground()
        let json = try await playground.call("campaigns/triggers/start", Self.json[2].body)
        #expect(json.text == #"{"data":null,"error":0,"error_text":"Successful operation"}"#)
        let xml = try await playground.callXML("campaigns/triggers/start", Self.xml[0].body)
        #expect(
            without(xml.text)
                == "<xml><data/><error>0</error><error_text>Successful operation</error_text></xml>")
    }

    @Test("The success of a batch is the printed one, in JSON and XML")
    func successOfBatch() async throws {
        let playground = try Playground()
        let json = try await playground.call("campaigns/triggers/start_batch", Self.json[6].body)
        #expect(
            try json.value
                == parsed(
                    """
                    {
                    "error": 0,
                    "error_text": "Successful operation",
                    "result": [
                    {
                    "profile_id": "6606e08f10bcdd88297057a7"
                    },
                    {
                    "profile_id": "66101437dc4594c2934da6da"
                    }
                    ]
                    }
                    """))
        let xml = try await playground.callXML("campaigns/triggers/start_batch", Self.xml[4].body)
        #expect(
            without(xml.text)
                == "<xml><error>0</error><error_text>Successful operation</error_text>"
                + "<result><profile_id>66acb337240d5213037986d8</profile_id></result>"
                + "<result><profile_id>p4</profile_id></result></xml>")
    }

    @Test("A body over the limit gets the printed error, in JSON and XML")
    func overLimit() async throws {
        let playground = try Playground { $0.bodyLimit = 1_000 }
        let pad = String(repeating: "x", count: 1_000)
        let json = try await playground.call(
            "campaigns/triggers/start_batch",
            #"{"trigger_id": 8, "data": [{"email": "example1@example.com"}], "content": {"pad": "\#(pad)"}}"#)
        #expect(
            try json.value
                == parsed(
                    """
                    {
                    "error":400,
                    "error_debug":"http: request body too large",
                    "error_text":"Invalid request"
                    }
                    """))
        // Its format is known by the Content-Type: what stands in the body is not even looked at.
        let xml = try await playground.send(
            .post, "/api/v1.1/campaigns/triggers/start_batch",
            Array("<xml><token>\(Playground.token)</token><pad>\(pad)</pad></xml>".utf8),
            headers: [.contentType: "application/xml"])
        #expect(
            without(xml.text)
                == "<xml><error>400</error><error_debug>http: request body too large</error_debug>"
                + "<error_text>Invalid request</error_text></xml>")
        #expect(try await playground.launches().isEmpty)
    }

    @Test(
        "The subscription filters that are printed are read",
        arguments: [
            #"{"subscription_id": "CAREFULWITHTHATAXE", "provider": "Chrome", "not_strict": true}"#,
            #"{"email": "example@example.com", "not_strict": true}"#,
            #"{"phone": "+79106135133", "not_strict": false}"#,
        ])
    func filters(_ filter: String) async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "campaigns/triggers/start",
            #"{"id": 11, "matching": "profile_id", "profile_id": "sub", "subscription_filter": \#(filter)}"#)
        #expect(answer.error == 0)
        #expect(try await playground.launches().first?["sent"]?.bool == true)
    }

    @Test(
        "The data arrays that are printed are read",
        arguments: [
            ("email", #"[ {"email": "example1@example.com"}, {"email": "example2@example.com"} ]"#, 2),
            ("phone", #"[ {"phone": "+79000000000"}, {"phone": "+79000000001"} ]"#, 2),
            ("profile_id", #"[ {"profile_id": "6606e08f10bcdd88297057a7"}, {"profile_id": "z1"} ]"#, 2),
        ])
    func dataArrays(matching: String, data: String, count: Int) async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "campaigns/triggers/start_batch", #"{"trigger_id": 1, "matching": "\#(matching)", "data": \#(data)}"#)
        #expect(answer.error == 0)
        #expect(try answer.json["result"]?.count == count)
    }

    @Test(
        "The matching fragments of the guides and the rows of the table launch for whom they name",
        arguments: [
            (#""matching": "email", "email": "john@example.com""#, "abcdefghijklmnqrstuvwxyz"),
            (#""matching": "phone", "phone": "+79000000000""#, "abcdefghijklmnqrstuvwxyz"),
            (#""matching": "profile_id", "profile_id": "66acb337240d5213037986d8""#, "66acb337240d5213037986d8"),
            (#""matching": "custom", "field_name": "CRM_ID", "field_value": "12345""#, "abcdefghijklmnqrstuvwxyz"),
            (#""email": "john@example.com""#, "abcdefghijklmnqrstuvwxyz"),
            (#""email": "second@example.com", "resource_id": 24"#, "sub"),
            (
                #""custom_request": {"email": {"$in": ["asd@dsfsd.com", "zaycev@example.com"]}}"#,
                "z1"
            ),
            (
                #""email": "john@example.com", "content": { "field": "value" }, "custom_data": { "x": "y"}, "attach": []"#,
                "abcdefghijklmnqrstuvwxyz"
            ),
        ])
    func fragments(_ fragment: String, profile: String) async throws {
        for (path, id) in [("campaigns/triggers/start", 1), ("workflows/start", 3)] {
            let playground = try Playground()
            let answer = try await playground.call(path, "{\"id\": \(id), \(fragment)}")
            #expect(answer.text == #"{"data":null,"error":0,"error_text":"Successful operation"}"#)
            #expect(try await playground.launchedProfiles() == [profile])
        }
    }

    @Test("The one element that an import batch prints makes its profiles and launches for them")
    func printedImport() async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "campaigns/triggers/import_and_start_batch",
            #"""
            {"trigger_id": 1, "data":
            [ { "data": { "_fname": "John", "_lname": "Lambert", "email": "profile4@example.com", "phones": "+790000000000" } },
              { "data": { "_fname": "Tom",  "_lname": "Hard",    "email": "profile3@example.com", "phones": "+790000000001" } } ]}
            """#)
        #expect(answer.error == 0, "\(answer.text)")
        let made = playground.sandbox.with { world, _ in world.store.profiles.suffix(2) }
        #expect(made.map(\.email) == ["profile4@example.com", "profile3@example.com"])
        #expect(made.map(\.phone) == ["+790000000000", "+790000000001"])
        #expect(try await playground.launchedProfiles() == made.map(\.id))
    }

    @Test("Files and content are in the launch as they were sent")
    func filesAreDecoded() async throws {
        let playground = try Playground()
        _ = try await playground.call("campaigns/triggers/start", Self.json[4].body)
        let launch = try #require(try await playground.launches().first)
        #expect(
            JSONText(launch["attach"])
                == #"[{"name":"日本.txt","mime":"text/csv","bytes":10},{"name":"US.txt","mime":"text/csv","bytes":6}]"#)
        #expect(launch["content"]?["data_lines"]?.element(1)?.string == "Channel B")
        #expect(launch["content"]?["email_title"]?.string == "New videos on your favorite channels")
    }

    /// The XML without its line breaks.
    private func without(_ text: String) -> String { text.filter { $0 != "\n" } }
}
