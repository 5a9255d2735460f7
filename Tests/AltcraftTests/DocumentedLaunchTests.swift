import JSON
import Testing

@testable import Altcraft

/// A launch that a document prints, in JSON and, where the document has it, in XML.
struct DocumentedLaunch: Sendable, CustomTestStringConvertible {
    let name: String
    let launch: Launch
    let token: String
    let path: String
    let json: String
    var xml: String?
    var options = RequestOptions()

    var testDescription: String { name }
}

/// Single launches, as the five documents and the pages beside them print them.
@Suite(.timeLimit(.minutes(1)))
struct DocumentedLaunchTests {
    @Test(arguments: DocumentedLaunch.all)
    func isWrittenAsPrintedInJSON(example: DocumentedLaunch) throws {
        let request = try LaunchRequest(example.launch, options: example.options)
        let encoder = RequestEncoder(baseURL: "https://example.com", options: example.options)
        let encoded = try encoder.encode(request, token: token(example.token))
        #expect(encoded.method == .post)
        #expect(encoded.url == "https://example.com\(example.path)")
        #expect(encoded.headers == [.init("Content-Type", "application/json")])
        #expect(try json(encoded.body) == json(example.json))
    }

    @Test(arguments: DocumentedLaunch.all.filter { $0.xml != nil })
    func isWrittenAsPrintedInXML(example: DocumentedLaunch) throws {
        var options = example.options
        options.encoding = .xml
        let request = try LaunchRequest(example.launch, options: options)
        let encoder = RequestEncoder(baseURL: "https://example.com", options: options)
        let encoded = try encoder.encode(request, token: token(example.token))
        #expect(encoded.headers == [.init("Content-Type", "application/xml")])
        #expect(try xml(encoded.body) == xml(example.xml ?? ""))
    }

    @Test func tokenComesFirstInTheBody() throws {
        let request = try LaunchRequest(.campaign(1, .email("zaycev@example.com")))
        let encoded = try RequestEncoder(baseURL: "https://example.com").encode(request, token: token("abc"))
        let text = String(decoding: encoded.body, as: UTF8.self)
        #expect(text == #"{"token":"abc","id":1,"matching":"email","email":"zaycev@example.com"}"#)
    }
}

extension DocumentedLaunch {
    private static let start = "/api/v1.1/campaigns/triggers/start/"
    private static let files = [
        Attachment(name: "日本.txt", mediaType: "text/csv", base64: "5LuK5pel44GvCg=="),
        Attachment(name: "US.txt", mediaType: "text/csv", base64: "SEVMTE8K"),
    ]
    private static let query = JSONValue.object([
        (
            "Custom_ID",
            .object([("$in", .array(["IpHicQquekzYkufl", "xzFKLXeaJkCYHuMb", "SRNOwHVZiWFItJhr"].map { .string($0) }))])
        )
    ])

    static let all = triggers + rows + audiences + scenarios + imports

    private static let triggers: [DocumentedLaunch] = [
        .init(
            name: "user guide: by email", launch: .campaign(1, .email("zaycev@example.com")),
            token: "abcdefghklmnopqrstzxc", path: start,
            json: #"""
                {
                "token": "abcdefghklmnopqrstzxc",
                "id": 1,
                "matching": "email",
                "email": "zaycev@example.com"
                }
                """#),
        .init(
            name: "user guide: by custom field", launch: .campaign(5, .custom("vk_id", "123456")),
            token: "abcdefghklmnopqrstzxc", path: start,
            json: #"""
                {
                "token": "abcdefghklmnopqrstzxc",
                "id": 5,
                "matching": "custom",
                "field_name": "vk_id",
                "field_value": "123456"
                }
                """#),
        .init(
            name: "developer guide: by profile id", launch: .campaign(84, .profile("abcdefghijklmnqrstuvwxyz")),
            token: "abcdefghijklmnqrstuvwxyz", path: start,
            json: #"""
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "id": 84,
                "matching": "profile_id",
                "profile_id": "abcdefghijklmnqrstuvwxyz"
                }
                """#,
            xml: """
                <xml>
                <token>abcdefghijklmnqrstuvwxyz</token>
                <id>84</id>
                <matching>profile_id</matching>
                <profile_id>abcdefghijklmnqrstuvwxyz</profile_id>
                </xml>
                """),
        .init(
            name: "developer guide: content and files",
            launch: Launch(
                target: .campaign(96), audience: .profile(.profile("6606e08f10bcdd88297057a7")),
                content: .object([
                    ("data_lines", .array([.string("Channel A"), .string("Channel B")])),
                    ("email_title", .string("New videos on your favorite channels")),
                ]),
                attachments: files),
            token: "abcdefghijklmnqrstuvwxyz", path: start,
            json: #"""
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
                """#,
            xml: """
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
                """),
    ]

    /// The example of each row of the parameters' table, and the guides' fragments about matching.
    private static let rows: [DocumentedLaunch] = [
        .init(
            name: "table: content and custom_data",
            launch: .campaign(5_511, .email("john@example.com")).with {
                $0.content = .object([("field", .string("value"))])
                $0.customData = .object([("x", .string("y"))])
            },
            token: "abcdefghijklmnqrstuvwxyz", path: start,
            json: #"""
                {"token": "abcdefghijklmnqrstuvwxyz", "id": 5511, "matching": "email", "email": "john@example.com",
                 "content": { "field": "value" }, "custom_data": { "x": "y"}}
                """#),
        .init(
            name: "table and guides: phone, with a resource",
            launch: .campaign(5_511, Recipient(matching: .phone, phone: "+79000000000", resourceID: 24)),
            token: "abcdefghijklmnqrstuvwxyz", path: start,
            json: #"""
                {"token": "abcdefghijklmnqrstuvwxyz", "id": 5511, "matching": "phone", "phone": "+79000000000",
                 "resource_id": 24}
                """#),
        .init(
            name: "guides: profile id", launch: .campaign(1, .profile("012452gf62fcd71fjh8ec0")), token: "t",
            path: start,
            json: #"{"token": "t", "id": 1, "matching": "profile_id", "profile_id": "012452gf62fcd71fjh8ec0"}"#),
        .init(
            name: "guides: custom field", launch: .campaign(1, .custom("CRM_ID", "12345")), token: "t", path: start,
            json: #"{"token": "t", "id": 1, "matching": "custom", "field_name": "CRM_ID", "field_value": "12345"}"#),
        .init(
            name: "table: tags", launch: .campaign(1, .custom("CRM_ID", "tag-1, tag-2")), token: "t", path: start,
            json:
                #"{"token": "t", "id": 1, "matching": "custom", "field_name": "CRM_ID", "field_value": "tag-1, tag-2"}"#
        ),
        .init(
            name: "table: query",
            launch: Launch(
                target: .campaign(1),
                audience: .query(
                    .object([
                        ("email", .object([("$in", .array([.string("asd@dsfsd.com"), .string("zxcv@sdfsd.com")]))]))
                    ]))),
            token: "t", path: start,
            json: #"""
                {"token": "t", "id": 1, "custom_request": {
                "email": {
                "$in": [
                "asd@dsfsd.com",
                "zxcv@sdfsd.com"
                ]
                }
                }}
                """#),
    ]

    private static let audiences: [DocumentedLaunch] = [
        .init(
            name: "developer guide: by query", launch: Launch(target: .campaign(84), audience: .query(query)),
            token: "abcdefghijklmnqrstuvwxyz", path: start,
            json: #"""
                {
                "token": "abcdefghijklmnqrstuvwxyz",
                "id": 84,
                "custom_request":{"Custom_ID": {"$in": ["IpHicQquekzYkufl", "xzFKLXeaJkCYHuMb", "SRNOwHVZiWFItJhr"]}}
                }
                """#,
            xml: #"""
                <xml>
                <token>abcdefghijklmnqrstuvwxyz</token>
                <id>84</id>
                <custom_request>{"Custom_ID": {"$in": ["IpHicQquekzYkufl", "xzFKLXeaJkCYHuMb", "SRNOwHVZiWFItJhr"]}}</custom_request>
                </xml>
                """#),
        .init(
            name: "developer guide: push filter",
            launch: filtered(.push(provider: "Chrome", subscriptionID: "CAREFULWITHTHATAXE"), notStrict: true),
            token: "t", path: start,
            json: #"""
                {"token": "t", "id": 84, "matching": "email", "email": "john@example.com",
                "subscription_filter": {
                   "subscription_id": "CAREFULWITHTHATAXE",
                   "provider": "Chrome",
                   "not_strict": true
                }}
                """#),
        .init(
            name: "developer guide: email filter",
            launch: filtered(.email("example@example.com"), notStrict: true), token: "t", path: start,
            json: #"""
                {"token": "t", "id": 84, "matching": "email", "email": "john@example.com",
                "subscription_filter": {
                   "email": "example@example.com",
                   "not_strict": true
                }}
                """#),
        .init(
            name: "developer guide: phone filter", launch: filtered(.phone("+79106135133"), notStrict: false),
            token: "t", path: start,
            json: #"""
                {"token": "t", "id": 84, "matching": "email", "email": "john@example.com",
                "subscription_filter": {
                   "phone": "+79106135133",
                   "not_strict": false
                }}
                """#),
    ]

    private static func filtered(_ selector: SubscriptionFilter.Selector, notStrict: Bool) -> Launch {
        .campaign(84, .email("john@example.com"))
            .with { $0.subscriptionFilter = SubscriptionFilter(selector, notStrict: notStrict) }
    }

    private static let scenarios: [DocumentedLaunch] = [
        .init(
            name: "user guide: a profile in a scenario",
            launch: Launch(target: .scenario(3), audience: .profile(.profile("66acb337240d5213037986d8"))),
            token: "abcdefghklmnopqrstzxc", path: "/api/v1.1/workflows/start",
            json: #"""
                {
                "token": "abcdefghklmnopqrstzxc",
                "id": 3,
                "matching": "profile_id",
                "profile_id": "66acb337240d5213037986d8"
                }
                """#)
    ]

    /// Only pieces of these pages are at hand: the tables' examples, put together.
    private static let imports: [DocumentedLaunch] = [
        .init(
            name: "import and launch: the table's examples",
            launch: .campaign(1, .email("john@example.com")).with {
                $0.profile = ProfileImport(
                    fields: .object([("_fname", .string("John")), ("_lname", .string("Doe"))]),
                    timeout: StartDelay(minutes: 5))
                $0.customData = .object([("sending_time", .string("12:31:12"))])
                $0.content = .object([("page", .string("registration_form"))])
                $0.attachments = [Attachment(name: "Attach.txt", mediaType: "text/csv", base64: "SEVMTE8K")]
            },
            token: "t", path: "/api/v1.1/campaigns/triggers/import_and_start",
            json: #"""
                {"token": "t", "trigger_id": 1, "matching": "email", "email": "john@example.com",
                 "data": {"_fname": "John", "_lname": "Doe"}, "timeout": {"days": 0, "hours": 0, "minutes": 5},
                 "custom_data": {"sending_time": "12:31:12"}, "content": {"page": "registration_form"},
                 "attach": [{"data": "data:text/csv;base64,SEVMTE8K", "name": "Attach.txt"}]}
                """#),
        .init(
            name: "import and engage: the printed beginning",
            launch: Launch(
                target: .scenario(7), audience: .profile(.email("example001@example.com")),
                content: .object([("one", .string("My email = importStart9219@example.com"))]),
                profile: ProfileImport(
                    fields: .object([
                        (
                            "subscriptions",
                            .array([
                                .object([
                                    ("email", .string("example001@example.com")),
                                    ("resource_id", .number(JSONNumber(1))),
                                ])
                            ])
                        )
                    ]))),
            token: "abcdefghkijlmnopqrstuv0123456789", path: "/api/v1.1/workflows/import_and_start",
            json: #"""
                { "token": "abcdefghkijlmnopqrstuv0123456789", "workflow_id": 7,
                  "data": { "subscriptions": [ { "email": "example001@example.com", "resource_id": 1 } ] },
                  "db_id": 1, "matching": "email", "email": "example001@example.com",
                  "content": { "one": "My email = importStart9219@example.com" } }
                """#,
            options: RequestOptions(databaseID: 1)),
    ]
}
