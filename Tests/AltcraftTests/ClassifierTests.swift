import Outcome
import Testing

@testable import Altcraft

/// One answer and what it means.
struct AnswerCase: Sendable, CustomTestStringConvertible {
    let status: Int
    let body: String
    let outcome: LaunchOutcome
    var testDescription: String { "\(status) \(body.prefix(60))" }

    init(_ status: Int, _ body: String, _ outcome: LaunchOutcome) {
        (self.status, self.body, self.outcome) = (status, body, outcome)
    }
}

/// What each answer means: the table of classes, row by row.
@Suite(.timeLimit(.minutes(1)))
struct ClassifierTests {
    @Test(
        arguments: AnswerCase.successes + AnswerCase.codes + AnswerCase.refusals + AnswerCase.statuses
            + AnswerCase.noEnvelopes)
    func answerMeans(example: AnswerCase) {
        let outcome = LaunchOutcome.classify(answer(example.status, example.body), now: 0)
        #expect(outcome == example.outcome)
        #expect((outcome.launchClass == .accepted) == (outcome.reason == nil))
    }

    @Test(arguments: [
        (TransportFailure.certainlyNotWritten(.connect), LaunchOutcome.busy(Busy(.connect))),
        (.certainlyNotWritten(.timeout), .busy(Busy(.timeoutBeforeWrite))),
        (.certainlyNotWritten(.cut), .busy(Busy(.connect))), (.certainlyNotWritten(.badAnswer), .busy(Busy(.connect))),
        (.maybeWritten(.timeout), .unknown(.timeout)), (.maybeWritten(.cut), .unknown(.cut)),
        (.maybeWritten(.connect), .unknown(.cut)), (.maybeWritten(.badAnswer), .unknown(.notAnEnvelope)),
    ])
    func failureMeans(failure: TransportFailure, outcome: LaunchOutcome) {
        #expect(LaunchOutcome.classify(failure) == outcome)
    }

    /// No HTTP status but 2xx makes a success of the platform's words for one.
    @Test func onlySuccessStatusIsSuccess() {
        for status in 0..<1_000 where !(200..<300).contains(status) {
            let outcome = LaunchOutcome.classify(answer(status, AnswerCase.success), now: 0)
            #expect(outcome.launchClass != .accepted, "\(status)")
        }
    }

    /// No `error` but 0 is a success, whatever the status.
    @Test func onlyZeroIsSuccess() {
        for code in -1_000...1_000 where code != 0 {
            let outcome = LaunchOutcome.classify(answer(200, #"{"error": \#(code), "error_text": ""}"#), now: 0)
            #expect(outcome.launchClass != .accepted, "\(code)")
        }
    }

    @Test func waitIsReadForBusyAnswers() {
        for status in [401, 402, 403, 429, 503] {
            let outcome = LaunchOutcome.classify(answer(status, "", retryAfter: "7"), now: 0)
            guard case .busy(let busy) = outcome else {
                Issue.record("\(status) is \(outcome)")
                continue
            }
            #expect(busy.retryAfter == .seconds(7))
            #expect(busy.scope == (status == 403 ? .maybeTarget : .platform))
        }
    }

    @Test func textsAreCleanedAndCut() {
        let text = #"line\nbreak \u001b[31mred\u202Eback \u2028"# + String(repeating: "я", count: 400)
        let outcome = LaunchOutcome.classify(answer(200, #"{"error": 400, "error_text": "\#(text)"}"#), now: 0)
        guard case .refused(let refusal) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(refusal.text.hasPrefix("line break  [31mred back  яяя"))
        #expect(refusal.text.unicodeScalars.count == 301 && refusal.text.hasSuffix("…"))
    }

    @Test func textInAnotherEncodingLeavesTheMeaning() {
        let body = Array(#"{"error": 0, "error_text": ""#.utf8) + [0xD3, 0xF1, 0xEF, 0xE5, 0xF5] + Array(#""}"#.utf8)
        #expect(LaunchOutcome.classify(Answer(status: 200, body: body), now: 0) == .accepted(Acceptance()))
    }

    @Test func hugeAnswerIsNotRead() {
        let body = Array(AnswerCase.success.utf8) + Array(repeating: 0x20, count: Envelope.mostBytes)
        #expect(LaunchOutcome.classify(Answer(status: 200, body: body), now: 0) == .unknown(.notAnEnvelope))
    }

    @Test func refusalHidesTheToken() throws {
        let refusal = Refusal(code: 400, text: "no such token: abc123", debug: "abc123!")
        let redacted = refusal.redacting(try token("abc123"))
        #expect(redacted == Refusal(code: 400, text: "no such token: ***", debug: "***!"))
    }
}

extension AnswerCase {
    static let success = #"{"data": null, "error": 0, "error_text": "Successful operation"}"#
    private static let accepted = LaunchOutcome.accepted(Acceptance())
    private static let noEnvelope = LaunchOutcome.unknown(.notAnEnvelope)
    private static let html = "<html><head><title>502 Bad Gateway</title></head></html>"

    static let successes: [AnswerCase] = [
        .init(200, success, accepted), .init(201, success, accepted), .init(202, success, accepted),
        .init(200, #"{"error": 0, "error_text": ""}"#, accepted), .init(200, #"{"error":0}"#, accepted),
        .init(200, "\n\t \(success)\r\n", accepted), .init(200, "\u{FEFF}\(success)", accepted),
        .init(200, #"{"error": 0, "error_text": null, "extra": [1, {"a": {}}]}"#, accepted),
        .init(200, #"{"error": 0.0}"#, accepted),
        .init(
            200, #"{"error": 0, "error_text": "", "result": [{"profile_id": "a"}, {"profile_id": "b"}]}"#,
            .accepted(Acceptance(profileIDs: ["a", "b"]))),
        .init(200, #"{"error": 0, "result": []}"#, .accepted(Acceptance(profileIDs: []))),
        .init(
            200, #"{"error": 0, "result": [null, 1, {"profile_id": 5}, {"profile_id": "a", "error": 400}, {}]}"#,
            .accepted(Acceptance(profileIDs: []))),
        .init(
            200, #"{"data": {"task_id": "task_b2f9"}, "error": 0, "error_text": "Successful operation"}"#,
            .accepted(Acceptance(taskID: "task_b2f9"))),
        .init(200, #"{"task_id": "b2f9", "error": 0}"#, .accepted(Acceptance(taskID: "b2f9"))),
        .init(200, "<xml>\n<data/>\n<error>0</error>\n<error_text>Successful operation</error_text>\n</xml>", accepted),
        .init(200, #"<?xml version="1.0" encoding="UTF-8"?><xml><error> 0 </error></xml>"#, accepted),
        .init(
            200,
            """
            <xml>
            <error>0</error>
            <error_text>Successful operation</error_text>
            <result>
            <profile_id>66101437dc4594c2934da6da</profile_id>
            </result>
            <result>
            <profile_id>6606e08f10bcdd88297057a7</profile_id>
            </result>
            </xml>
            """,
            .accepted(Acceptance(profileIDs: ["66101437dc4594c2934da6da", "6606e08f10bcdd88297057a7"]))),
        .init(
            200, "<xml><error>0</error><result><profile_id>a</profile_id></result></xml>",
            .accepted(Acceptance(profileIDs: ["a"]))),
    ]

    /// Codes that speak of platform or account mean the same in the envelope and as HTTP status.
    static let codes: [AnswerCase] = [
        (401, LaunchOutcome.busy(Busy(.unauthorized))), (402, .busy(Busy(.tariff))),
        (403, .busy(Busy(.forbidden, scope: .maybeTarget))), (429, .busy(Busy(.http429))), (503, .busy(Busy(.http503))),
        (500, .unknown(.http500)), (501, .unknown(.http500)), (502, .unknown(.http502)), (504, .unknown(.http504)),
        (521, .unknown(.http502)), (524, .unknown(.http504)), (599, .unknown(.http504)),
    ].flatMap { code, outcome in
        let envelope = #"{"error": \#(code), "error_text": "no"}"#
        return [
            AnswerCase(200, envelope, outcome), .init(400, envelope, outcome), .init(code, envelope, outcome),
            .init(code, html, outcome), .init(code, "", outcome), .init(code, success, outcome),
            .init(200, "<xml><error>\(code)</error></xml>", outcome),
            .init(code, #"{"error": 400, "error_text": "Invalid request"}"#, outcome),
        ]
    }

    static let refusals: [AnswerCase] = [
        .init(
            200, #"{"error":400,"error_debug":"http: request body too large","error_text":"Invalid request"}"#,
            .refused(Refusal(code: 400, text: "Invalid request", debug: "http: request body too large"))),
        .init(
            400,
            "<xml>\n<error>400</error>\n<error_debug>http: request body too large</error_debug>\n"
                + "<error_text>Invalid request</error_text>\n</xml>",
            .refused(Refusal(code: 400, text: "Invalid request", debug: "http: request body too large"))),
        .init(404, #"{"error": 404, "error_text": "no trigger"}"#, .refused(Refusal(code: 404, text: "no trigger"))),
        .init(422, #"{"error": 1001}"#, .refused(Refusal(code: 1001, text: ""))),
        .init(200, #"{"error": -1, "error_text": null}"#, .refused(Refusal(code: -1, text: ""))),
        .init(413, html, .refused(Refusal(code: 413, text: "HTTP 413: the request is too large"))),
        .init(413, success, .refused(Refusal(code: 413, text: "HTTP 413: the request is too large"))),
        .init(413, #"{"error": 400, "error_text": "x"}"#, .refused(Refusal(code: 400, text: "x"))),
    ]

    static let statuses: [AnswerCase] = [
        .init(100, success, noEnvelope), .init(204, "", noEnvelope), .init(301, html, noEnvelope),
        .init(302, success, noEnvelope), .init(307, #"{"error": 400, "error_text": "x"}"#, noEnvelope),
        .init(400, html, noEnvelope), .init(404, html, noEnvelope), .init(404, "", noEnvelope),
        .init(404, success, noEnvelope), .init(405, "{}", noEnvelope), .init(408, "", noEnvelope),
        .init(418, "teapot", noEnvelope), .init(600, success, noEnvelope), .init(0, success, noEnvelope),
        .init(-200, success, noEnvelope),
    ]

    static let noEnvelopes: [AnswerCase] = [
        "", " ", "{}", "[]", "null", "0", "true", #""0""#, "OK", html, #"{"error": "0"}"#, #"{"error": null}"#,
        #"{"error": false}"#, #"{"error": []}"#, #"{"error": {}}"#, #"{"error": 0.5}"#, #"{"error": 1e400}"#,
        #"{"error": 99999999999999999999}"#, #"{"error": 0, "error": 400}"#, #"{"error": 0, "error_text": 5}"#,
        #"{"error": 0, "error_text": {}}"#, #"{"error": 0, "error_debug": []}"#, #"{"error": 0"#, #"{"error": 0}}"#,
        #"{"error": 0} x"#, #"{"error": 00}"#, #"[{"error": 0}]"#, #"{"data": {"error": 0}}"#, #"{"Error": 0}"#,
        #"{"status": "ok"}"#, "<xml/>", "<xml><error/></xml>", "<xml><error>ok</error></xml>",
        "<xml><error>0</error><error>400</error></xml>", "<xml><error>+0</error></xml>",
        "<xml><error>0x0</error></xml>",
        "<xml><error><b>0</b></error></xml>", "<xml><a><error>0</error></a></xml>", "<html><error>0</error></html>",
        "<xml><error>0</error>", "<xml><error>0</error></xml><xml/>", "<XML><error>0</error></XML>",
        #"<!DOCTYPE xml><xml><error>0</error></xml>"#,
        #"<!DOCTYPE xml [<!ENTITY z "0">]><xml><error>&z;</error></xml>"#,
        #"<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/x.dtd"><xml><error>0</error></xml>"#,
        "<xml><error>&zero;</error></xml>", "<xml><error>99999999999999999999</error></xml>",
        String(repeating: "[", count: 100_000), String(repeating: #"{"error":"#, count: 1_000),
        "<xml>" + String(repeating: "<a>", count: 10_000),
    ].map { AnswerCase(200, $0, noEnvelope) }
}
