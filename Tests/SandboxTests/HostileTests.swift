import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Hostile bytes", .timeLimit(.minutes(2)))
struct HostileTests {
    private static let json: HTTPFields = [.contentType: "application/json"]
    private static let xml: HTTPFields = [.contentType: "application/xml"]

    static let bodies: [(name: String, bytes: [UInt8])] = [
        ("empty", []),
        ("not JSON", Array("hello".utf8)),
        ("half", Array(#"{"token": "abcdefghijklmnqrstuvwxyz", "id""#.utf8)),
        ("a list", Array("[]".utf8)),
        ("null", Array("null".utf8)),
        ("byte order mark", [0xEF, 0xBB, 0xBF] + Array("{}".utf8)),
        ("not UTF-8", Array(#"{"a": ""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)),
        ("UTF-16", Array("{\0}\0".utf8)),
        ("a name twice", Array(#"{"id": 1, "id": 2}"#.utf8)),
        ("deep", Array((String(repeating: "[", count: 100_000)).utf8)),
        ("deep in content", Array((#"{"content": "# + String(repeating: #"{"a":"#, count: 5_000)).utf8)),
        ("nothing but zeros", [UInt8](repeating: 0, count: 1_000)),
        ("XML", Array("<xml/>".utf8)),
    ]

    @Test("A body that is no JSON object gets 400 and where it is wrong", arguments: bodies)
    func badJSON(name: String, bytes: [UInt8]) async throws {
        let playground = try Playground()
        for path in ["campaigns/triggers/start", "workflows/import_and_start_batch", "tasks/status"] {
            let answer = try await playground.send(.post, "/api/v1.1/" + path, bytes, headers: Self.json)
            #expect(answer.status == 200)
            #expect(answer.error == 400)
            #expect(answer.debug?.hasPrefix("the body ") == true, "\(answer.text)")
        }
    }

    static let markup: [(name: String, text: String)] = [
        ("empty", ""), ("text", "hello"), ("half", "<xml><token>"), ("another root", "<root/>"),
        ("entities", "<!DOCTYPE xml [<!ENTITY a \"aaaa\">]><xml><token>&a;</token></xml>"),
        ("an outer entity", "<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><id>&a;</id></xml>"),
        ("deep", String(repeating: "<a>", count: 1_000)), ("two roots", "<xml/><xml/>"),
        ("a bad character", "<xml><id>\u{1}</id></xml>"),
    ]

    @Test("A body that is no XML of the platform's gets 400", arguments: markup)
    func badXML(name: String, text: String) async throws {
        let playground = try Playground()
        let answer = try await playground.callXML("campaigns/triggers/start", text)
        #expect(answer.status == 200)
        #expect(answer.error == 400, "\(answer.text)")
        #expect(!answer.text.contains("root:"))
    }

    @Test("A file of eleven million characters goes in XML, text of as many does not")
    func longXML() async throws {
        let playground = try Playground()
        let long = String(repeating: "QUJD", count: 2_750_000)
        func xml(_ rest: String) -> String {
            "<xml><token>\(Playground.token)</token><id>1</id><email>john@example.com</email>\(rest)</xml>"
        }
        let file = "<attach><name>a.csv</name><data>data:text/csv;base64,\(long)</data></attach>"
        let taken = try await playground.callXML("campaigns/triggers/start", xml(file))
        #expect(taken.error == 0, "\(taken.text)")
        let launch = try #require(try await playground.launches().first)
        #expect(integer(launch["attach"]?.element(0)?["bytes"]) == 8_250_000)
        let refused = try await playground.callXML("campaigns/triggers/start", xml("<content><a>\(long)</a></content>"))
        #expect(refused.text.contains("<error_debug>http: request body too large</error_debug>"))
    }

    @Test("What a client sends comes back in XML only as text")
    func xmlAnswersAreEscaped() async throws {
        let playground = try Playground()
        let answer = try await playground.call(
            "campaigns/triggers/start",
            #"{"id": 1, "matching": "<error>0</error>&\u0000\u0001]]>\uFFFF", "format": "xml"}"#)
        #expect(answer.text.contains("&lt;error&gt;0&lt;/error&gt;&amp;"))
        #expect(!answer.text.contains("<error>0</error>"))
        #expect(answer.text.contains("<error>400</error>"))
    }

    @Test("Values in the wrong place are refused for every parameter of every call")
    func wrongValues() async throws {
        let playground = try Playground()
        let values = ["null", "true", "0", "-1", "1e400", "\"\"", "\"x\"", "[]", "[[]]", "[null]", "{}", "{\"a\": {}}"]
        for endpoint in Endpoint.api {
            for parameter in endpoint.parameters.sorted() where parameter != "token" {
                for value in values {
                    let answer = try await playground.call(endpoint.rawValue, #"{"\#(parameter)": \#(value)}"#)
                    #expect(answer.error == 400, "\(endpoint.rawValue) \(parameter) \(value): \(answer.text)")
                }
            }
        }
        #expect(try await playground.launches().isEmpty)
    }

    @Test("Random changes of good requests never do more than be refused", arguments: 1...40)
    func mutations(seed: Int) async throws {
        var generator = SeededOrder(UInt64(seed))
        let playground = try Playground()
        let examples = PrintedExamplesTests.json + PrintedExamplesTests.xml
        for _ in 0..<25 {
            guard let example = examples.randomElement(using: &generator) else { return }
            var bytes = Array(example.body.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: bytes.prefix(place).suffix(20), at: place)
                default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &generator))
                }
            }
            let headers = example.body.hasPrefix("<") ? Self.xml : Self.json
            let answer = try await playground.send(.post, "/api/v1.1/" + example.path, bytes, headers: headers)
            #expect(answer.status == 200)
            #expect(answer.text.contains("error_text"), "seed \(seed): \(answer.text)")
        }
        #expect(try await playground.send(.get, "/sandbox/launches").status == 200)
        #expect(try await playground.send(.get, "/").status == 200)
    }

    @Test("The limits: files have one of their own, and a body above both is not kept")
    func limits() async throws {
        let playground = try Playground {
            $0.bodyLimit = 2_000
            $0.filesLimit = 10_000
        }
        func answer(file: Int, pad: Int) async throws -> Answer {
            let data = String(repeating: "QUJD", count: file / 4)
            let pad = String(repeating: "x", count: pad)
            return try await playground.call(
                "campaigns/triggers/start",
                """
                {"id": 1, "email": "john@example.com", "content": {"pad": "\(pad)"},
                 "attach": [{"name": "a", "data": "data:a/b;base64,\(data)"}]}
                """)
        }
        #expect(try await answer(file: 0, pad: 1_000).error == 0)
        #expect(try await answer(file: 8_000, pad: 1_000).error == 0)
        #expect(try await answer(file: 8_000, pad: 1_900).debug == "http: request body too large")
        #expect(try await answer(file: 12_000, pad: 0).debug == "http: request body too large")
        #expect(try await playground.launches().count == 2)
    }
}
