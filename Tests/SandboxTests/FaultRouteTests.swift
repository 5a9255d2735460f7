import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Faults through the router", .timeLimit(.minutes(1)))
struct FaultRouteTests {
    private static let start = #"{"id": 1, "email": "john@example.com", "custom_data": {"event_id": "e"}}"#

    private func hit(_ fault: String, _ playground: Playground) async throws -> Answer {
        #expect(try await playground.faults(fault).status == 200)
        return try await playground.call("campaigns/triggers/start", Self.start)
    }

    @Test("There is a most of faults, and ending them makes room")
    func most() async throws {
        let playground = try Playground()
        let rules = Array(repeating: #"{"kind": "cut", "recipient": "nobody"}"#, count: FaultPlan.most)
        let list = "[\(rules.joined(separator: ","))]"
        #expect(try await playground.faults(list).status == 200)
        let refused = try await playground.faults(#"{"kind": "hang"}"#)
        #expect(refused.status == 400)
        #expect(refused.text.contains("DELETE /sandbox/faults"))
        #expect(try await playground.faults(#"{"kind": "429", "replace": true}"#).status == 200)
        #expect(try await playground.send(.get, "/sandbox/faults").json["faults"]?.count == 1)
    }

    @Test("A status has a body that is no envelope, and its Retry-After in seconds or as a date")
    func statuses() async throws {
        let plain = try await hit(#"{"kind": "status", "status": 503}"#, try Playground())
        #expect(plain.status == 503)
        #expect(plain.error == nil)
        #expect(plain.headers[.retryAfter] == nil)
        let seconds = try await hit(#"{"kind": "429", "retry_after": 12}"#, try Playground())
        #expect(seconds.status == 429)
        #expect(seconds.headers[.retryAfter] == "12")
        let date = try await hit(#"{"kind": "429", "retry_after": 12, "retry_after_form": "date"}"#, try Playground())
        #expect(date.headers[.retryAfter]?.hasSuffix(" GMT") == true)
        let empty = try await hit(#"{"kind": "204"}"#, try Playground())
        #expect(empty.status == 204)
        #expect(empty.bytes.isEmpty)
    }

    @Test("5xx is some status from 500 to 504")
    func serverErrors() async throws {
        let playground = try Playground()
        try await playground.faults(#"{"kind": "5xx"}"#)
        var seen: Set<Int> = []
        for _ in 0..<60 { seen.insert(try await playground.call("campaigns/triggers/start", Self.start).status) }
        #expect(seen == [500, 501, 502, 503, 504])
        #expect(try await playground.launches().isEmpty)
    }

    @Test("Garbage, redirects and wrong envelopes are what they say, and launch nothing")
    func wrongAnswers() async throws {
        let garbage = try await hit(#"{"kind": "garbage"}"#, try Playground())
        #expect(garbage.status == 200)
        #expect(garbage.headers[.contentType]?.hasPrefix("text/html") == true)
        #expect(garbage.text.hasPrefix("<!DOCTYPE html>"))
        let redirect = try await hit(#"{"kind": "redirect", "location": "http://other/"}"#, try Playground())
        #expect(redirect.status == 302)
        #expect(redirect.headers[.location] == "http://other/")
        let playground = try Playground()
        try await playground.faults(#"{"kind": "wrong_envelope"}"#)
        var bodies: Set<String> = []
        for _ in 0..<100 {
            let answer = try await playground.call("campaigns/triggers/start", Self.start)
            #expect(answer.status == 200)
            #expect(answer.error == nil)
            bodies.insert(answer.text)
        }
        #expect(bodies.count == Reply.wrongEnvelopes.count)
        #expect(try await playground.launches().isEmpty)
    }

    @Test("An envelope's error can be any, with its documented text or another")
    func errors() async throws {
        let tariff = try await hit(#"{"kind": "error", "error": 402}"#, try Playground())
        #expect(tariff.text == #"{"error":402,"error_text":"Tariff limit reached"}"#)
        let other = try await hit(#"{"kind": "error", "error": 777, "error_text": "Sorry"}"#, try Playground())
        #expect(other.text == #"{"error":777,"error_text":"Sorry"}"#)
        let mirrored = try await hit(
            #"{"kind": "error", "error": 403}"#, try Playground { $0.statusOnError = .mirrored })
        #expect(mirrored.status == 403)
        let playground = try Playground()
        try await playground.faults(#"{"kind": "error", "error": 402}"#)
        let xml = try await playground.callXML("campaigns/triggers/start", "<xml><id>1</id></xml>")
        #expect(xml.text.contains("<error>402</error>"))
    }

    @Test("A request that is carried out is launched, though the answer says otherwise")
    func carriedOut() async throws {
        let playground = try Playground()
        let answer = try await hit(#"{"kind": "status", "status": 500, "carried_out": true}"#, playground)
        #expect(answer.status == 500)
        #expect(try await playground.launches().count == 1)
        // The client sends it again and the summary shows the double.
        try await playground.send(.delete, "/sandbox/faults").expectSuccess()
        #expect(try await playground.call("campaigns/triggers/start", Self.start).error == 0)
        let events = try await playground.send(.get, "/sandbox/summary").json["events"]
        #expect(integer(events?["launched_again"]) == 1)
        #expect(events?["repeated"]?.element(0)?["event_id"]?.string == "e")
        #expect(integer(events?["repeated"]?.element(0)?["launches"]) == 2)
    }

    @Test("A fault for one recipient lets others pass, in batches, imports and links as well")
    func oneRecipient() async throws {
        let playground = try Playground()
        try await playground.faults(#"{"kind": "status", "status": 500, "recipient": "john@example.com"}"#)
        func status(_ path: String, _ body: String) async throws -> Int {
            try await playground.call(path, body).status
        }
        #expect(try await status("campaigns/triggers/start", Self.start) == 500)
        #expect(try await status("campaigns/triggers/start", #"{"id": 1, "email": "zaycev@example.com"}"#) == 200)
        #expect(
            try await status(
                "campaigns/triggers/start_batch",
                #"{"trigger_id": 1, "data": [{"email": "zaycev@example.com"}, {"email": "john@example.com"}]}"#) == 500)
        #expect(
            try await status(
                "campaigns/triggers/import_and_start_batch",
                #"{"trigger_id": 1, "data": [{"data": {"email": "john@example.com"}}]}"#) == 500)
        let link = try await playground.call("campaigns/triggers/get", #"{"id": 1}"#).json["data"]?["call_url"]?.string
        #expect(try await playground.send(.get, (link ?? "") + "john@example.com").status == 500)
        #expect(try await playground.send(.get, (link ?? "") + "zaycev@example.com").status == 200)
    }

    @Test("A fault for one campaign hits all its calls and its link, and no scenario of that number")
    func oneCampaign() async throws {
        let playground = try Playground(
            #"{"campaigns": [{"id": 3, "link": "ab"}, {"id": 4}], "scenarios": [{"id": 3}], "profiles": [{"id": "p"}]}"#
        )
        try await playground.faults(#"{"kind": "error", "error": 403, "campaign": 3}"#)
        func error(_ path: String, _ body: String) async throws -> Int? { try await playground.call(path, body).error }
        let who = #""matching": "profile_id", "profile_id": "p""#
        #expect(try await error("campaigns/triggers/start", #"{"id": 3, \#(who)}"#) == 403)
        #expect(try await error("campaigns/triggers/get", #"{"id": 3}"#) == 403)
        #expect(try await error("campaigns/triggers/start", #"{"id": 4, \#(who)}"#) == 0)
        #expect(try await error("workflows/start", #"{"id": 3, \#(who)}"#) == 0)
        #expect(try await playground.send(.get, "/trg/ab/00").error == 403)
    }

    @Test("Faults for a time end with it")
    func forATime() async throws {
        let playground = try Playground()
        #expect(try await hit(#"{"kind": "status", "status": 500, "seconds": 10}"#, playground).status == 500)
        playground.wait(seconds: 10)
        #expect(try await playground.call("campaigns/triggers/start", Self.start).status == 200)
    }

    @Test("Faults are listed with what they did, and ended one by one or all")
    func control() async throws {
        let playground = try Playground()
        try await playground.faults(
            #"{"faults": [{"kind": "429", "share": 0.5, "campaign": 84}, {"kind": "latency", "latency_ms": {"max": 3}}]}"#
        )
        _ = try await playground.call("campaigns/triggers/start", Self.start)
        let listed = try await playground.send(.get, "/sandbox/faults")
        #expect(
            try listed.value
                == parsed(
                    """
                    {"seed": 1, "faults": [
                      {"id": 1, "kind": "status", "status": 429, "share": 0.5, "campaign": 84, "carried_out": false,
                       "seen": 0, "hits": 0},
                      {"id": 2, "kind": "latency", "latency_ms": {"min": 0, "max": 3}, "share": 1, "carried_out": false,
                       "seen": 1, "hits": 1}]}
                    """))
        #expect(try await playground.send(.delete, "/sandbox/faults/9").status == 404)
        #expect(try await playground.send(.delete, "/sandbox/faults/1").json["faults"]?.count == 1)
        let replaced = try await playground.faults(#"{"replace": true, "seed": 4, "kind": "cut"}"#)
        #expect(try replaced.json["faults"]?.count == 1)
        #expect(integer(try replaced.json["seed"]) == 4)
        #expect(try await playground.send(.delete, "/sandbox/faults").json["faults"]?.count == 0)
        #expect(try await playground.call("campaigns/triggers/start", Self.start).error == 0)
    }

    @Test("A body that is no fault is told so and changes nothing")
    func badFault() async throws {
        let playground = try Playground()
        try await playground.faults(#"{"kind": "garbage"}"#)
        let answer = try await playground.faults(#"{"replace": true, "kind": "bogus"}"#)
        #expect(answer.status == 400)
        #expect(try answer.json["error"]?.string?.contains("there is no fault") == true)
        #expect(try await playground.send(.get, "/sandbox/faults").json["faults"]?.count == 1)
    }

    @Test("The sandbox's own paths have no faults")
    func ownPaths() async throws {
        let playground = try Playground()
        try await playground.faults(#"{"kind": "status", "status": 500}"#)
        for path in ["/", "/sandbox/launches", "/sandbox/summary", "/sandbox/faults"] {
            #expect(try await playground.send(.get, path).status == 200)
        }
    }
}

extension Answer {
    /// For answers of which only success matters.
    func expectSuccess() { #expect(status == 200) }
}
