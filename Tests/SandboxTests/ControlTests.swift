import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("The sandbox's own paths", .timeLimit(.minutes(1)))
struct ControlTests {
    /// A sandbox with launches of two campaigns, a scenario, and three events, one of them twice.
    private func used() async throws -> Playground {
        let playground = try Playground()
        for (path, id, email, event) in [
            ("campaigns/triggers/start", 1, "john@example.com", "e1"),
            ("campaigns/triggers/start", 1, "john@example.com", "e1"),
            ("campaigns/triggers/start", 5, "john@example.com", "e1"),
            ("campaigns/triggers/start", 1, "zaycev@example.com", "e2"),
            ("workflows/start", 3, "zaycev@example.com", "e3"),
        ] {
            let answer = try await playground.call(
                path, #"{"id": \#(id), "email": "\#(email)", "custom_data": {"event_id": "\#(event)"}}"#)
            #expect(answer.error == 0)
        }
        _ = try await playground.call("workflows/start", #"{"id": 12, "email": "john@example.com"}"#)
        return playground
    }

    @Test(
        "Launches are shown by campaign, scenario, profile, event and number",
        arguments: [
            ("", [1, 2, 3, 4, 5, 6]), ("?campaign=1", [1, 2, 4]), ("?campaign=5", [3]), ("?scenario=3", [5]),
            ("?scenario=1", []), ("?profile_id=z1", [4, 5]), ("?event_id=e1", [1, 2, 3]), ("?event_id=none", []),
            ("?after=4", [5, 6]), ("?limit=2", [1, 2]), ("?after=2&limit=2", [3, 4]), ("?limit=0", []),
            ("?campaign=1&event_id=e1&after=1", [2]), ("?profile_id=z%31", [4, 5]),
        ])
    func filters(query: String, numbers: [Int]) async throws {
        #expect(try await used().launches(query).map { integer($0["number"]) } == numbers)
    }

    @Test("A filter that is none is told so", arguments: ["?campaing=1", "?campaign=x", "?after=-1", "?limit="])
    func badFilters(query: String) async throws {
        let answer = try await Playground().send(.get, "/sandbox/launches" + query)
        #expect(answer.status == 400)
        #expect(try answer.json["error"]?.string?.isEmpty == false)
    }

    @Test("The summary counts targets, recipients and events, and lists what was launched again")
    func summary() async throws {
        let answer = try await used().send(.get, "/sandbox/summary")
        #expect(
            try answer.value
                == parsed(
                    """
                    {"requests": 6, "refused": 0, "launches": 6, "uncounted": 0,
                     "targets": [
                      {"kind": "campaign", "target": 1, "name": "Greeting", "launches": 3, "recipients": 2},
                      {"kind": "campaign", "target": 5, "name": "Catalog", "launches": 1, "recipients": 1},
                      {"kind": "scenario", "target": 3, "name": "Welcome", "launches": 1, "recipients": 1},
                      {"kind": "scenario", "target": 12, "name": "Cart", "launches": 1, "recipients": 1}],
                     "recipients": [
                      {"kind": "campaign", "target": 1, "profile_id": "abcdefghijklmnqrstuvwxyz", "launches": 2},
                      {"kind": "campaign", "target": 1, "profile_id": "z1", "launches": 1},
                      {"kind": "campaign", "target": 5, "profile_id": "abcdefghijklmnqrstuvwxyz", "launches": 1},
                      {"kind": "scenario", "target": 3, "profile_id": "z1", "launches": 1},
                      {"kind": "scenario", "target": 12, "profile_id": "abcdefghijklmnqrstuvwxyz", "launches": 1}],
                     "events": {"distinct": 3, "launched_once": 3, "launched_again": 1, "without_event_id": 1,
                      "repeated": [{"event_id": "e1", "kind": "campaign", "target": 1,
                                    "profile_id": "abcdefghijklmnqrstuvwxyz", "launches": 2}]}}
                    """))
    }

    @Test("Requests that are refused, unreadable or hit by a fault are counted as what they are")
    func countsRequests() async throws {
        let playground = try Playground()
        _ = try await playground.call("campaigns/triggers/start", #"{"id": 99}"#)
        _ = try await playground.call("campaigns/triggers/start", "{")
        try await playground.faults(#"{"kind": "429", "count": 1}"#)
        _ = try await playground.call("campaigns/triggers/start", #"{"id": 1, "email": "john@example.com"}"#)
        let summary = try await playground.send(.get, "/sandbox/summary").json
        #expect(integer(summary["requests"]) == 2)
        #expect(integer(summary["refused"]) == 2)
    }

    @Test("Forgetting launches begins anew with number 1, and keeps profiles and faults")
    func forgets() async throws {
        let playground = try await used()
        try await playground.faults(#"{"latency_ms": 0}"#)
        #expect(try await playground.send(.delete, "/sandbox/launches").status == 200)
        #expect(try await playground.launches().isEmpty)
        let summary = try await playground.send(.get, "/sandbox/summary").json
        #expect(integer(summary["requests"]) == 0)
        #expect(summary["targets"]?.count == 0)
        _ = try await playground.call("campaigns/triggers/start", #"{"id": 1, "email": "john@example.com"}"#)
        #expect(try await playground.launches().map { integer($0["number"]) } == [1])
        #expect(try await playground.send(.get, "/sandbox/faults").json["faults"]?.count == 1)
    }

    @Test("HEAD has no body, also where nothing is", arguments: ["/nothing", "/api/v1.1/nothing", "/sandbox/launches"])
    func head(path: String) async throws {
        let answer = try await Playground().send(.head, path)
        #expect(answer.bytes == [])
    }

    @Test("Other paths and methods are answered with an error", arguments: ["/sandbox", "/sandbox/x", "/x", "/trg/ab"])
    func notFound(path: String) async throws {
        let answer = try await Playground().send(.get, path)
        #expect(answer.status == 404)
        #expect(try answer.json["error"]?.string == "Not Found")
    }
}
