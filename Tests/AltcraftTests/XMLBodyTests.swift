import JSON
import Testing
import XML

@testable import Altcraft

/// Bodies in XML: what they look like, and what cannot be written.
@Suite(.timeLimit(.minutes(1)))
struct XMLBodyTests {
    private func written(_ text: String) throws -> String {
        String(decoding: try XMLBody.bytes(Array(text.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        ("{}", "<xml/>"), (#"{"a": null}"#, "<xml><a/></xml>"), (#"{"a": ""}"#, "<xml><a></a></xml>"),
        (#"{"a": [1, 2.50, true]}"#, "<xml><a>1</a><a>2.50</a><a>true</a></xml>"), (#"{"a": []}"#, "<xml/>"),
        (#"{"a": [{"b": 1}, {"b": null}]}"#, "<xml><a><b>1</b></a><a><b/></a></xml>"),
        (
            #"{"custom_request": {"a": {"$in": ["<&>"]}}}"#,
            #"<xml><custom_request>{&quot;a&quot;:{&quot;$in&quot;:[&quot;&lt;&amp;&gt;&quot;]}}</custom_request></xml>"#
        ),
        (
            #"{"content": {"custom_request": {"a": 1}}}"#,
            "<xml><content><custom_request><a>1</a></custom_request></content></xml>"
        ),
        (
            #"{"data": [{"custom_request": {"a": 1}}]}"#,
            #"<xml><data><custom_request>{&quot;a&quot;:1}</custom_request></data></xml>"#
        ),
    ])
    func transcription(json: String, xml: String) throws {
        #expect(try written(json) == xml)
    }

    @Test(arguments: [
        "</email><id>2</id><email>", "<![CDATA[x]]>", "]]>", "&lt;", "<!-- -->", "<?x?>", "\" ' & < >", "a\tb\nc\rd",
        "日本 😀 é", "&#x41;",
    ])
    func textCannotLeaveItsPlace(text: String) throws {
        let options = RequestOptions(encoding: .xml)
        let request = try LaunchRequest(.campaign(1, .email(text)), options: options)
        let encoded = try RequestEncoder(baseURL: "http://h", options: options).encode(request, token: token("t"))
        let root = try XMLReader.parse(encoded.body)
        #expect(root.children.map(\.name) == ["token", "id", "matching", "email"])
        #expect(root["email"]?.text == text)
        #expect(root["id"]?.text == "1")
    }

    @Test(arguments: ["a\u{0}b", "\u{7}", "\u{1B}[31m", "\u{B}", "\u{FFFE}", "\u{FFFF}"])
    func charactersThatXMLHasNot(text: String) {
        let error = #expect(throws: LaunchFault.self) {
            try LaunchRequest(.campaign(1, .email(text)), options: RequestOptions(encoding: .xml))
        }
        #expect(error?.kind == .notInXML)
        #expect(error?.message.contains("U+") == true)
    }

    @Test(arguments: ["", "1a", "a b", "a:b", "-a", "a/b", "<", "a>", "a=\"b\"", "{{name}}"])
    func namesThatXMLHasNot(name: String) {
        let launch = Launch.campaign(1, .email("a@example.com")).with { $0.content = .object([(name, .null)]) }
        #expect(throws: LaunchFault.self) { try LaunchRequest(launch, options: RequestOptions(encoding: .xml)) }
    }

    @Test func listOfListsHasNoForm() throws {
        let content = try json(#"{"a": [[1, 2], [3]]}"#)
        let launch = Launch.campaign(1, .email("a@example.com")).with { $0.content = content }
        #expect(throws: LaunchFault.self) { try LaunchRequest(launch, options: RequestOptions(encoding: .xml)) }
    }

    @Test func batchIsRepeatedSiblings() throws {
        let options = RequestOptions(tokenPlace: .header, encoding: .xml)
        let requests = try ["a", "b"].map {
            try LaunchRequest(.campaign(8, .email("\($0)@example.com")), as: .batch, options: options)
        }
        var batch = try #require(BatchRequest(requests[0]))
        _ = batch.append(requests[1], limits: BatchLimits(items: 2))
        let encoded = try RequestEncoder(baseURL: "http://h", options: options).encode(batch, token: token("t"))
        let root = try XMLReader.parse(encoded.body)
        #expect(root.children.map(\.name) == ["trigger_id", "matching", "data", "data"])
        #expect(root.children.suffix(2).map { $0["email"]?.text } == ["a@example.com", "b@example.com"])
    }
}
