import Altcraft
import Functions
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// Events from files, and messages that are none.
@Suite(.timeLimit(.minutes(1)))
struct EventFileTests {
    private func read(_ text: String) -> (EventFile?, [Diagnostic]) {
        EventFile.read(SourceFile(name: "e.json", text: text))
    }

    @Test func theLongForm() throws {
        let text =
            #"{"amqp": {"exchange": "e", "routing_key": "a.b", "headers": {"h": 1}, "properties": {"timestamp": 5}}, "body": {"id": 1.0}}"#
        let file = try #require(read(text).0)
        #expect(file.exchange == "e" && file.routingKey == "a.b")
        #expect(file.headers?["h"]?.text() == "1")
        #expect(file.body.root.text() == #"{"id":1.0}"#)
        #expect(file.time.seconds == 5)
    }

    @Test(arguments: [
        "1772355907", #""2026-03-01T09:05:07Z""#, #""2026-03-01T12:05:07.9+03:00""#, "1.772355907e9",
    ])
    func theTimeIsWhatADeliveredMessageShows(written: String) throws {
        let text = #"{"amqp": {"properties": {"type": "t", "timestamp": \#(written), "priority": 4}}, "body": 1}"#
        let file = try #require(read(text).0)
        #expect(file.properties?.text() == #"{"type":"t","timestamp":"2026-03-01T09:05:07Z","priority":4}"#)
        #expect(file.time.seconds == 1_772_355_907)
    }

    @Test(arguments: [#""soon""#, "1.5", "253402300800", "null", "{}"])
    func whatIsNoTimeStaysAsItIs(written: String) throws {
        let text = #"{"amqp": {"properties": {"timestamp": \#(written)}}, "body": 1}"#
        let file = try #require(read(text).0)
        #expect(file.properties?["timestamp"]?.text() == written)
        #expect(file.publishedAt == nil)
    }

    @Test func aMappingSeesTheTimeInItsTestsAsOnTheQueue() throws {
        let properties = #"{"message_id": "m", "timestamp": 1772355907}"#
        let event = try #require(
            read(#"{"amqp": {"routing_key": "a", "properties": \#(properties)}, "body": {"email": "a@b.ru"}}"#).0)
        let text = #"""
            {"name": "m", "when": {"routing_key": ["a"], "properties": {"timestamp": [{"prefix": "2026-03"}]}},
             "launch": {"campaign": 1}, "recipient": [{"email": "$.email"}],
             "content": {"hour": {"$meta": "/properties/timestamp",
                                  "pipe": ["datetime", {"date": {"pattern": "HH", "zone": "UTC"}}]}}}
            """#
        let mapping = try #require(Sample.compile(text).mapping)
        let plan = try #require(MappingSet([mapping]).evaluate(event.event(now: event.time)).mappings.first)
        #expect(plan.launches.first?.launch.content?.text() == #"{"hour":"09"}"#)
    }

    @Test(arguments: [
        #"{"id": 1}"#, "[1]", #"{"body": 1, "x": 2}"#, #"{"amqp": {"channel": 1}, "body": 1, "x": 2}"#,
        #"{"amqp": 1, "body": 2}"#,
    ])
    func aBareBody(text: String) throws {
        let file = try #require(read(text).0)
        #expect(file.exchange.isEmpty && file.headers == nil)
        #expect(file.body.root.text() == text.replacing(" ", with: ""))
    }

    @Test(arguments: [
        ("{", "1:2 "), (#"{"a": 1, "a": 2}"#, "1:10 "),
        (#"{"amqp": {"exchang": "e"}, "body": {}}"#, "1:11 /amqp/exchang"),
        (#"{"amqp": {"headers": []}, "body": {}}"#, "1:22 /amqp/headers"),
        (#"{"amqp": {"routing_key": "a"}, "body": {}, "comment": "paid"}"#, "1:44 /comment"),
        (#"{"note": 1, "amqp": {"exchange": "e"}, "body": {}}"#, "1:2 /note"),
    ])
    func faults(text: String, expected: String) {
        let (file, diagnostics) = read(text)
        #expect(file == nil)
        #expect(diagnostics.map { "\($0.position) \($0.pointer)" } == [expected])
        #expect(diagnostics.allSatisfy { $0.code == .eventFile })
    }

    @Test(arguments: [
        ("", Reason.notJSON), ("{", .notJSON), (#"{"a": 1, "a": 2}"#, .duplicateMember), ("[[[]]]", .tooDeep),
        (#""xxxxxxxxxxxxxxxxxxxxxxxx""#, .tooBig),
    ])
    func messagesThatAreNoEvents(text: String, reason: Reason) {
        let result = EventDecoder.decode(Array(text.utf8), limits: JSONLimits(bytes: 20, depth: 2))
        guard case .undecodable(let found, let detail) = result else {
            Issue.record("decoded \(text)")
            return
        }
        #expect(found == reason && !detail.isEmpty)
    }

    @Test func encodings() {
        #expect(EventDecoder.Encoding(nil) == .identity)
        #expect(EventDecoder.Encoding("GZIP") == .gzip)
        #expect(EventDecoder.Encoding("deflate") == .deflate)
        #expect(EventDecoder.Encoding("br") == .unsupported("br"))
        guard case .undecodable(.encoding, _)? = EventDecoder.Encoding("br").refusal else {
            Issue.record("br is taken")
            return
        }
    }

    @Test(.enabled(if: Corpora.isPresent("events"), "\(Corpora.absent)"))
    func theSampleEventsAreEvents() throws {
        for name in try Corpora.names(in: "events") where name.hasSuffix(".json") {
            let (file, diagnostics) = EventFile.read(SourceFile(name: name, bytes: try Corpora.bytes("events/\(name)")))
            #expect(file?.routingKey.isEmpty == false, "\(diagnostics)")
        }
    }
}
