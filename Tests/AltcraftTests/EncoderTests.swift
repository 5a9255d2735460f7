import JSON
import Testing

@testable import Altcraft

/// The token and the frame of a request.
@Suite(.timeLimit(.minutes(1)))
struct EncoderTests {
    private let launch = Launch.campaign(1, .email("zaycev@example.com"))

    @Test func tokenInTheHeader() throws {
        let options = RequestOptions(tokenPlace: .header)
        let encoder = RequestEncoder(baseURL: "https://example.com", options: options)
        let encoded = try encoder.encode(LaunchRequest(launch, options: options), token: token("bfc505684d77"))
        #expect(
            encoded.headers == [
                .init("Content-Type", "application/json"), .init("Authorization", "Bearer bfc505684d77"),
            ])
        #expect(try json(encoded.body) == json(#"{"id": 1, "matching": "email", "email": "zaycev@example.com"}"#))
    }

    @Test(arguments: RequestOptions.TokenPlace.allCases)
    func previewHidesTheToken(place: RequestOptions.TokenPlace) throws {
        let encoder = RequestEncoder(baseURL: "https://example.com", options: RequestOptions(tokenPlace: place))
        let single = try encoder.preview(LaunchRequest(launch))
        let batch = try encoder.preview(#require(BatchRequest(LaunchRequest(launch, as: .batch))))
        for preview in [single, batch] {
            let shown = preview.headers.map(\.value).joined() + String(decoding: preview.body, as: UTF8.self)
            #expect(shown.contains("***"))
        }
    }

    @Test(arguments: ["", " ", "a b", "a\nb", "a\r\nX-Evil: 1", "tök", "a\u{0}", String(repeating: "a", count: 4_097)])
    func whatIsNoToken(text: String) {
        #expect(APIToken(text) == nil)
    }

    @Test func tokenDoesNotPrint() throws {
        let token = try token("bfc505684d774e52b188fa1f003cd5ed")
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!"\(token) \(String(reflecting: token)) \(dumped)".contains("bfc505"))
        #expect(!"\(["t": token])".contains("bfc505"))
    }

    @Test func tokenIsEscapedInTheBody() throws {
        let encoded = try RequestEncoder(baseURL: "http://h").encode(
            LaunchRequest(launch), token: token(#"a","id":2,"x":"\"#))
        let body = try json(encoded.body)
        #expect(body["token"]?.string == #"a","id":2,"x":"\"#)
        #expect(body["id"]?.number?.int64 == 1)
    }

    @Test func questions() throws {
        let encoder = RequestEncoder(baseURL: "https://example.com")
        let task = try encoder.encode(.task("task_b2f9"), token: token("t"))
        #expect(task.url == "https://example.com/api/v1.1/tasks/status")
        #expect(try json(task.body) == json(#"{"token": "t", "task_id": "task_b2f9"}"#))
        let campaign = try encoder.encode(.campaign(84), token: token("t"))
        #expect(campaign.url == "https://example.com/api/v1.1/campaigns/triggers/get")
        #expect(try json(campaign.body) == json(#"{"token": "t", "id": 84}"#))
    }

    @Test func formatIsSentWhereTheTablesListIt() throws {
        let options = RequestOptions(sendsFormat: true)
        let scenario = launch.with { $0.target = .scenario(1) }
        #expect(try json(LaunchRequest(launch, options: options).body)["format"] == nil)
        #expect(try json(LaunchRequest(scenario, options: options).body)["format"]?.string == "json")
    }

    @Test func valuesOfEventsStayAsTheyCame() throws {
        let event = try json(
            #"{"n": 10.10, "big": 1234567890123456789012, "s": "\u00e9\ud83d\ude00", "o": {"b": 1, "a": 2}}"#)
        let request = try LaunchRequest(launch.with { $0.content = event })
        let text = String(decoding: request.body, as: UTF8.self)
        #expect(
            text.hasSuffix(
                #""content":{"n":10.10,"big":1234567890123456789012,"s":"\u00e9\ud83d\ude00","o":{"b":1,"a":2}}}"#))
    }

    @Test func textCannotLeaveItsPlaceInJSON() throws {
        let nasty = #"x","id":2,"y":{"#
        let request = try LaunchRequest(
            .campaign(1, .custom(nasty, nasty)).with { $0.content = .object([(nasty, .string(nasty))]) })
        let body = try json(request.body)
        #expect(body.members?.map(\.name) == ["id", "matching", "field_name", "field_value", "content"])
        #expect(body["content"]?[nasty]?.string == nasty)
    }

    @Test func resourceNarrowsTheSearch() throws {
        let recipient = Recipient(matching: .phone, phone: "+79000000000", resourceID: 24)
        let body = try json(LaunchRequest(.campaign(1, recipient)).body)
        #expect(try body == json(#"{"id": 1, "matching": "phone", "phone": "+79000000000", "resource_id": 24}"#))
    }

    @Test(arguments: [
        (Int64(0), 0, 0, 0), (1, 0, 0, 1), (300, 0, 0, 5), (3_601, 0, 1, 1), (90_000, 1, 1, 0), (-5, 0, 0, 0),
    ])
    func delays(seconds: Int64, days: Int, hours: Int, minutes: Int) {
        #expect(StartDelay(seconds: seconds) == StartDelay(days: days, hours: hours, minutes: minutes))
    }
}
