import JSON
import Outcome
import TestSupport
import Testing

@testable import Altcraft

/// What holds of every answer, whatever its status and code: checked against the rules as prose states them.
@Suite(.timeLimit(.minutes(1)))
struct ClassifierRuleTests {
    private static let account: Set<Int> = [401, 402, 403]
    private static let statuses =
        [0, 99, 100, 199, 200, 201, 204, 206, 299, 300, 304, 399] + Array(400...431) + [451, 499]
        + Array(500...530) + [598, 599, 600, 999]

    private func classify(_ status: Int, _ code: Int, xml: Bool, retryAfter: String? = nil) -> LaunchOutcome {
        let body =
            xml
            ? "<xml><error>\(code)</error><error_text>t</error_text></xml>" : #"{"error": \#(code), "error_text": "t"}"#
        return LaunchOutcome.classify(answer(status, body, retryAfter: retryAfter), now: 0)
    }

    @Test(arguments: statuses)
    func statusAndCodeTogether(status: Int) {
        for code in [-400, -1, 0, 1, 2, 100, 200] + Array(400...431) + Array(500...530) + [599, 600, 1_000, 65_536] {
            let outcome = classify(status, code, xml: false)
            #expect(outcome == expected(status, code), "\(status) \(code)")
            #expect(outcome == classify(status, code, xml: true), "\(status) \(code) in XML")
        }
    }

    /// The rules, written a second time and in another shape than the code's.
    private func expected(_ status: Int, _ code: Int) -> LaunchOutcome {
        for number in [status, code] {
            if let platform = aboutThePlatform(number) {
                // The code counts only where the body is read at all.
                if number == status || isRead(status) { return platform }
            }
        }
        if status == 413 { return .refused(code == 0 ? tooLarge : refusal(code)) }
        guard isRead(status) else { return .unknown(.notAnEnvelope) }
        if code == 0 { return status < 300 ? .accepted(Acceptance()) : .unknown(.notAnEnvelope) }
        return .refused(refusal(code))
    }

    private let tooLarge = Refusal(code: 413, text: "HTTP 413: the request is too large")

    private func refusal(_ code: Int) -> Refusal { Refusal(code: Int64(code), text: "t") }

    /// What a 413 says is settled by its status.
    private func isRead(_ status: Int) -> Bool {
        (200...299).contains(status) || (400...499).contains(status) && status != 413
    }

    private func aboutThePlatform(_ number: Int) -> LaunchOutcome? {
        if number == 401 { return .busy(Busy(.unauthorized)) }
        if number == 402 { return .busy(Busy(.tariff)) }
        if number == 403 { return .busy(Busy(.forbidden, scope: .maybeTarget)) }
        if number == 429 { return .busy(Busy(.http429)) }
        if number == 503 { return .busy(Busy(.http503)) }
        if [502, 520, 521, 522, 523, 525, 526, 527, 530].contains(number) { return .unknown(.http502) }
        if [504, 524, 598, 599].contains(number) { return .unknown(.http504) }
        return (500...599).contains(number) ? .unknown(.http500) : nil
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 4))
    func waitIsAlwaysBounded(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let digits = (0..<Int.random(in: 1...25, using: &random)).map { _ in
                String(Int.random(in: 0...9, using: &random))
            }
            let outcome = classify(503, 503, xml: false, retryAfter: digits.joined())
            guard case .busy(let busy) = outcome, let wait = busy.retryAfter else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(wait >= .zero && wait <= .seconds(RetryAfter.longest))
        }
    }

    /// Members that nobody knows change nothing, in any order.
    @Test(arguments: Fuzzing.seeds(from: 50, count: 4))
    func otherMembersDoNotMatter(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let others = [
            #""data": null"#, #""data": {"a": [1, {"error": 400}]}"#, #""warnings": ["error"]"#, #""errors": 5"#,
            #""error_code": 400"#, #""Error": 400"#, #""status": "fail""#, #""result": null"#,
        ]
        for code in [0, 400] {
            for _ in 0..<100 {
                let frame = [#""error": \#(code)"#, #""error_text": "t""#]
                let chosen = others.filter { _ in random.chance(40) }
                // Two of them share a name, which no envelope may have.
                let isDouble = chosen.count { $0.hasPrefix(#""data""#) } == 2
                let body = "{" + (frame + chosen).shuffled(using: &random).joined(separator: ", ") + "}"
                let outcome = LaunchOutcome.classify(answer(200, body), now: 0)
                let plain: LaunchOutcome = code == 0 ? .accepted(Acceptance()) : .refused(Refusal(code: 400, text: "t"))
                #expect(outcome == (isDouble ? .unknown(.notAnEnvelope) : plain), "\(body)")
            }
        }
    }
}
