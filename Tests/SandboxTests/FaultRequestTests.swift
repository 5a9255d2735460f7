import Foundation
import Testing

@testable import Sandbox

@Suite("How faults are asked for", .timeLimit(.minutes(1)))
struct FaultRequestTests {
    private static let now = Date(timeIntervalSince1970: 1_000)

    private func read(_ json: String) throws -> FaultRequest {
        try FaultRequest(Array(json.utf8), now: Self.now)
    }

    static let kinds: [(json: String, kind: FaultKind)] = [
        (#"{"kind": "status", "status": 503}"#, .status(503, nil)),
        (#"{"status": 503}"#, .status(503, nil)),
        (#"{"kind": "429"}"#, .status(429, nil)),
        (#"{"kind": 429}"#, .status(429, nil)),
        (#"{"kind": "429", "retry_after": 7}"#, .status(429, RetryAfter(seconds: 7, asDate: false))),
        (
            #"{"kind": "status", "status": 503, "retry_after": 7, "retry_after_form": "date"}"#,
            .status(503, RetryAfter(seconds: 7, asDate: true))
        ),
        (#"{"kind": "5xx"}"#, .serverError(nil)),
        (#"{"kind": "5xx", "retry_after": 1}"#, .serverError(RetryAfter(seconds: 1, asDate: false))),
        (#"{"kind": "latency", "latency_ms": 20}"#, .latency(20...20)),
        (#"{"latency_ms": 20}"#, .latency(20...20)),
        (#"{"kind": "latency", "latency_ms": {"min": 5, "max": 20}}"#, .latency(5...20)),
        (#"{"kind": "slow", "latency_ms": 100}"#, .slow(100)),
        (#"{"kind": "hang"}"#, .hang),
        (#"{"kind": "timeout"}"#, .hang),
        (#"{"kind": "cut"}"#, .cut),
        (#"{"kind": "cut_before"}"#, .cutBefore),
        (#"{"kind": "reset"}"#, .reset),
        (#"{"kind": "truncate"}"#, .truncate),
        (#"{"kind": "garbage"}"#, .garbage),
        (#"{"kind": "redirect"}"#, .redirect("/elsewhere")),
        (#"{"kind": "redirect", "location": "https://x/"}"#, .redirect("https://x/")),
        (#"{"kind": "wrong_envelope"}"#, .wrongEnvelope),
        (#"{"kind": "error", "error": 402}"#, .error(402, nil)),
        (#"{"kind": "error", "error": 403, "error_text": "No"}"#, .error(403, "No")),
    ]

    @Test("Each kind is read", arguments: kinds)
    func reads(json: String, kind: FaultKind) throws {
        let request = try read(json)
        #expect(request.rules.map(\.kind) == [kind])
        #expect(request.rules.first?.share == 1)
        #expect(request.rules.first?.isCarriedOut == false)
        #expect(!request.replaces)
    }

    @Test("All scopes of a rule are read")
    func scopes() throws {
        let rule = try #require(
            try read(
                """
                {"kind": "cut", "share": 0.25, "after": 3, "count": 4, "start_seconds": 5, "seconds": 10,
                 "recipient": "a@x", "campaign": 84, "scenario": 3, "endpoint": "trg", "carried_out": true}
                """
            ).rules.first)
        #expect(rule.share == 0.25)
        #expect(rule.after == 3)
        #expect(rule.count == 4)
        #expect(rule.from == Self.now + 5)
        #expect(rule.until == Self.now + 15)
        #expect(rule.recipient == "a@x")
        #expect(rule.campaign == 84)
        #expect(rule.scenario == 3)
        #expect(rule.endpoint == "trg")
        #expect(rule.isCarriedOut)
        #expect(try read(#"{"kind": "cut", "rate": 0.5}"#).rules.first?.share == 0.5)
    }

    @Test("Several rules come as a list or under a name, with a seed and a replacement")
    func several() throws {
        #expect(try read(#"[{"kind": "cut"}, {"kind": "hang"}]"#).rules.map(\.kind) == [.cut, .hang])
        let request = try read(#"{"seed": 7, "replace": true, "faults": [{"kind": "cut"}], "latency_ms": 5}"#)
        #expect(request.rules.map(\.kind) == [.cut, .latency(5...5)])
        #expect(request.seed == 7)
        #expect(request.replaces)
        #expect(try read(#"{"faults": []}"#).rules.isEmpty)
    }

    @Test("Rates that add up hit each its share of all requests")
    func rates() throws {
        let wanted: [(String, Double)] = [("5xx", 0.2), ("429", 0.1), ("timeout", 0.3), ("cut", 0.4)]
        let members = wanted.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
        var plan = FaultPlan(seed: 5)
        plan.add(try read(#"{"rates": {\#(members)}}"#).rules, seed: nil)
        var hits: [String: Int] = [:]
        let probe = FaultProbe(endpoint: "workflows/start")
        for _ in 0..<20_000 {
            let effect = plan.decide(probe, now: Self.now).effect
            let name =
                switch effect {
                case .serverError: "5xx"
                case .status: "429"
                case .hang: "timeout"
                case .cut: "cut"
                default: "none"
                }
            hits[name, default: 0] += 1
        }
        for (name, share) in wanted { #expect(abs(Double(hits[name] ?? 0) / 20_000 - share) < 0.02, "\(hits)") }
        #expect(hits["none", default: 0] < 20)
    }

    static let wrong: [(json: String, message: String)] = [
        ("", "not JSON"), ("[1]", "a rule must be an object"), ("5", "must be an object or a list"),
        ("{}", "\"kind\" is missing"), (#"{"kind": "bogus"}"#, "there is no fault \"bogus\""),
        (#"{"kind": "status"}"#, "needs \"status\""), (#"{"kind": "status", "status": 99}"#, "200 to 599"),
        (#"{"kind": "status", "status": 100}"#, "200 to 599"), (#"{"kind": "100"}"#, "there is no fault \"100\""),
        (#"{"kind": "latency"}"#, "needs \"latency_ms\""), (#"{"kind": "slow"}"#, "needs \"latency_ms\""),
        (#"{"kind": "latency", "latency_ms": -1}"#, "\"latency_ms\" must be a whole number"),
        (#"{"kind": "latency", "latency_ms": {"min": 5}}"#, "needs \"max\""),
        (#"{"kind": "latency", "latency_ms": {"min": 5, "max": 4}}"#, "\"max\" must be"),
        (#"{"kind": "latency", "latency_ms": {"max": 4, "mean": 2}}"#, "there is no \"mean\""),
        (#"{"kind": "error"}"#, "needs \"error\""), (#"{"kind": "error", "error": 0}"#, "from 1 up"),
        (#"{"kind": "cut", "share": 1.5}"#, "share from 0 to 1"),
        (#"{"kind": "cut", "share": "x"}"#, "share from 0 to 1"),
        (#"{"kind": "cut", "share": 1e999}"#, "share from 0 to 1"),
        (#"{"kind": "cut", "after": 1.5}"#, "\"after\" must be a whole number"),
        (#"{"kind": "cut", "seconds": "long"}"#, "number of seconds"),
        (#"{"kind": "cut", "carried_out": 1}"#, "true or false"),
        (#"{"kind": "cut", "recipient": {}}"#, "must be a text"),
        (#"{"kind": "cut", "campagin": 5}"#, "there is no \"campagin\"; known are kind"),
        (#"{"rates": {"5xx": 0.6, "cut": 0.6}}"#, "add up to more than 1"), (#"{"rates": 5}"#, "an object of kinds"),
        (#"{"rates": {"bogus": 0.5}}"#, "there is no fault"), (#"{"faults": {}}"#, "a list of rules"),
        (#"{"faults": [], "kind": "cut"}"#, "there is no \"kind\""), (#"{"seed": -1, "kind": "cut"}"#, "\"seed\""),
    ]

    @Test("What is wrong is told, with what belongs there", arguments: wrong)
    func refuses(json: String, message: String) throws {
        let error = #expect(throws: FaultRequest.Fault.self) { try read(json) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("A date is written as HTTP writes it")
    func dates() {
        #expect(HTTPDate.text(Date(timeIntervalSince1970: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(Date(timeIntervalSince1970: 0)) == "Thu, 01 Jan 1970 00:00:00 GMT")
    }
}
