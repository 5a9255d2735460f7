import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Links of version 1.0", .timeLimit(.minutes(1)))
struct LinkTests {
    private static let link = "/trg/465ea6fedf0a75fa9ee0b5fb8f9d5fe89af34054909af8bb/"
    /// XX hash and MD5 of example1@example.com and others, by the reference tools.
    private static let xxh = hex(XXHash64.hash(Array("john@example.com".utf8)))

    private static func hex(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    @Test(
        "A profile is found by address, MD5 and xxHash, by GET and POST",
        arguments: [
            "john@example.com", "john%40example.com", "d4c74594d841139328695756648b6bd6",
            "D4C74594D841139328695756648B6BD6", "0d1cf76dbb341cda", "0D1CF76DBB341CDA",
        ])
    func finds(segment: String) async throws {
        let playground = try Playground()
        for method in [HTTPRequest.Method.get, .post] {
            let answer = try await playground.send(method, Self.link + segment)
            #expect(answer.text == #"{"data":null,"error":0,"error_text":"Successful operation"}"#)
        }
        let launches = try await playground.launches()
        #expect(
            launches.map { $0["recipient"]?["profile_id"]?.string }
                == Array(repeating: "abcdefghijklmnqrstuvwxyz", count: 2))
        #expect(launches.allSatisfy { integer($0["target"]) == 96 && $0["endpoint"]?.string == "trg" })
    }

    @Test("The address of a subscription is found as well")
    func subscribed() async throws {
        let playground = try Playground()
        #expect(try await playground.send(.get, Self.link + "work@example.com").error == 0)
        #expect(try await playground.launchedProfiles() == ["sub"])
    }

    @Test(
        "What leads nowhere is refused",
        arguments: [
            ("/trg/00ff/john@example.com", "no such link"), (link + "nobody@example.com", "no profile matches"),
            (link + "0000000000000000", "no profile matches"), (link + "twin@example.com", "several profiles"),
        ])
    func refuses(path: String, debug: String) async throws {
        let playground = try Playground()
        let answer = try await playground.send(.get, path)
        #expect(answer.error == 400)
        #expect(answer.debug?.contains(debug) == true, "\(answer.text)")
        #expect(try await playground.launches().isEmpty)
    }

    @Test("A profile that does not exist can count as success here, too")
    func unmatched() async throws {
        let playground = try Playground { $0.unmatched = .success }
        #expect(try await playground.send(.get, Self.link + "nobody@example.com").error == 0)
        #expect(try await playground.launches().first?["sent"]?.bool == false)
    }

    @Test("Each campaign has a link of its own, told by triggers/get")
    func callURL() async throws {
        let playground = try Playground()
        let data = try await playground.call("campaigns/triggers/get", #"{"id": 1}"#).json["data"]
        let url = try #require(data?["call_url"]?.string)
        #expect(url.hasPrefix("/trg/") && url.hasSuffix("/") && url.count == 54)
        #expect(try await playground.send(.get, url + "john@example.com").error == 0)
        #expect(integer(try await playground.launches().first?["target"]) == 1)
        let other = try await playground.call("campaigns/triggers/get", #"{"id": 5}"#).json["data"]
        #expect(other?["call_url"]?.string != url)
    }

    /// The fields of the printed POST, with the three options.
    private static func fields(_ options: [Int]) -> String {
        let names = [("FirstName", "Jason"), ("Order", "123abc456-78")]
        let fields = zip(names, options).map { #"{"name": "\#($0.0)", "value": "\#($0.1)", "option": \#($1)}"# }
        return
            #"{"token": "t", "id": 96, "matching": "profile_id", "profile_id": "x", "fields": [\#(fields.joined(separator: ","))]}"#
    }

    private func post(_ playground: Playground, _ segment: String, _ body: String, type: String = "application/json")
        async throws -> Answer
    {
        try await playground.send(.post, Self.link + segment, Array(body.utf8), headers: [.contentType: type])
    }

    @Test("The printed POST is taken as it stands: what it names beside the fields counts for nothing")
    func printedPost() async throws {
        let playground = try Playground()
        let answer = try await post(
            playground, "john@example.com",
            """
            {
            "token": "abcdefghijklmnqrstuvwxyz",
            "id": 96,
            "matching": "profile_id",
            "profile_id": "6606e08f10bcdd88297057a7",
            "fields": [
            {
            "name": "FirstName",
            "value": "Jason",
            "option": 0
            },
            {
            "name": "Order",
            "value": "123abc456-78",
            "option": 1
            }
            ]
            }
            """)
        #expect(answer.text == #"{"data":null,"error":0,"error_text":"Successful operation"}"#)
        let launch = try #require(try await playground.launches().first)
        #expect(launch["recipient"]?["profile_id"]?.string == "abcdefghijklmnqrstuvwxyz")
        #expect(launch["message"]?["text"]?.string == "Jason: 123abc456-78")
    }

    @Test("Option 0 fills what is empty, 1 goes into the message, 2 into message and database")
    func options() async throws {
        // example1 is called Ann and has no field Order; both names are fields of the database.
        for (option, message, stored) in [
            (0, "Ann: 123abc456-78", "Ann"), (1, "Jason: 123abc456-78", "Ann"), (2, "Jason: 123abc456-78", "Jason"),
        ] {
            let playground = try Playground()
            let answer = try await post(playground, "example1@example.com", Self.fields([option, option]))
            #expect(answer.error == 0, "\(answer.text)")
            let launch = try #require(try await playground.launches().first)
            #expect(launch["message"]?["text"]?.string == message)
            #expect(launch["ignored"] == nil)
            let profile = playground.sandbox.with { world, _ in
                world.store[world.store.rows(.id("6606e08f10bcdd88297057a7"))[0]]
            }
            #expect(profile.fields["FirstName"]?.string == stored)
            #expect((profile.fields["Order"] != nil) == (option == 2))
        }
    }

    @Test("The fields are in the launch, with what was used of them")
    func fieldsAreShown() async throws {
        let playground = try Playground()
        _ = try await post(playground, "example1@example.com", Self.fields([0, 1]))
        let fields = try await playground.launches().first?["fields"]
        #expect(fields?.elements.map { $0["used"]?.bool } == [false, true])
        #expect(fields?.elements.map { integer($0["option"]) } == [0, 1])
    }

    @Test("A name that no field of the database has is not used")
    func unknownField() async throws {
        let playground = try Playground()
        let answer = try await post(
            playground, "john@example.com", #"{"fields": [{"name": "Unheard", "value": "x", "option": 2}]}"#)
        #expect(answer.error == 0)
        #expect(try await playground.launches().first?["fields"]?.element(0)?["used"]?.bool == false)
        let profile = playground.sandbox.with { world, _ in world.store[0] }
        #expect(profile.fields["Unheard"] == nil)
    }

    @Test("The printed XML is taken")
    func xml() async throws {
        let playground = try Playground()
        let answer = try await post(
            playground, "example1@example.com",
            """
            <xml>
            <token>2fefb577533d4cae919350c450755239</token>
            <id>96</id>
            <matching>profile_id</matching>
            <profile_id>6606e08f10bcdd88297057a4</profile_id>
            <fields>
            <name>FirstName</name>
            <value>Jason</value>
            <option>0</option>
            </fields>
            <fields>
            <name>Order</name>
            <value>123abc456-78</value>
            <option>1</option>
            </fields>
            </xml>
            """, type: "application/xml")
        #expect(answer.text.contains("<error>0</error>"), "\(answer.text)")
        #expect(try await playground.launches().first?["message"]?["text"]?.string == "Ann: 123abc456-78")
    }

    @Test(
        "Fields that are none are refused",
        arguments: [
            (#"{"fields": [{"value": "x", "option": 0}]}"#, "no \"name\""),
            (#"{"fields": [{"name": "Order", "option": 0}]}"#, "no \"value\""),
            (#"{"fields": [{"name": "Order", "value": "x"}]}"#, "must be 0, 1 or 2"),
            (#"{"fields": [{"name": "Order", "value": "x", "option": 3}]}"#, "must be 0, 1 or 2"),
            (#"{"fields": {"name": "Order"}}"#, "must be a list"),
            (#"{"fields": [{"name": "age", "value": "thirty", "option": 1}]}"#, "holds a number, not a text"),
        ])
    func badFields(body: String, debug: String) async throws {
        let playground = try Playground()
        let answer = try await post(playground, "john@example.com", body)
        #expect(answer.error == 400)
        #expect(answer.debug?.contains(debug) == true, "\(answer.text)")
        #expect(try await playground.launches().isEmpty)
    }

    @Test("A link takes no content; what is sent of it is told")
    func noContent() async throws {
        let playground = try Playground()
        _ = try await post(playground, "john@example.com", #"{"content": {"a": 1}, "custom_data": {"event_id": "e"}}"#)
        let launch = try #require(try await playground.launches().first)
        #expect(launch["content"]?.isNull == true)
        #expect(JSONText(launch["ignored"]) == #"["content","custom_data"]"#)
    }

    @Test("Without regard to case, the hash is that of the small letters")
    func folded() async throws {
        let playground = try Playground(
            #"{"campaigns": [{"id": 1, "link": "AB"}], "profiles": [{"id": "p", "email": "John@Example.com"}]}"#
        ) { $0.emailCase = .folded }
        #expect(try await playground.send(.get, "/trg/ab/\(Self.xxh)").error == 0)
        let exact = try Playground(
            #"{"campaigns": [{"id": 1, "link": "AB"}], "profiles": [{"id": "p", "email": "John@Example.com"}]}"#)
        #expect(try await exact.send(.get, "/trg/ab/\(Self.xxh)").error == 400)
    }
}
