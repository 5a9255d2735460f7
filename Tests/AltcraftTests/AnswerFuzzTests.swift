import Outcome
import TestSupport
import Testing

@testable import Altcraft

/// Answers of no sense: never a success by accident, and never the end of the process.
@Suite(.timeLimit(.minutes(1)))
struct AnswerFuzzTests {
    private static let seeds: [String] = [
        AnswerCase.success,
        #"{"error": 0, "error_text": "", "result": [{"profile_id": "6606e08f10bcdd88297057a7"}]}"#,
        #"{"error":400,"error_debug":"http: request body too large","error_text":"Invalid request"}"#,
        "<xml><data/><error>0</error><error_text>Successful operation</error_text></xml>",
        "<xml><error>400</error><error_text>Invalid request</error_text></xml>",
        #"{"data": {"status": "completed", "progress": 100, "result": {"errors": [], "total": 3}}, "error": 0}"#,
    ]

    @Test(arguments: 0..<8)
    func noiseIsNeverSuccess(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...64, using: &random)
            let body = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let outcome = LaunchOutcome.classify(Answer(status: 200, body: body), now: 0)
            #expect(outcome == .unknown(.notAnEnvelope), "\(body)")
        }
    }

    /// A damaged success may still be one only where the damage missed the frame: `error` reads 0 to its end.
    @Test(arguments: 0..<8)
    func damageIsNeverMoreThanItSays(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 1_000)
        for round in 0..<3_000 {
            var body = Array(Self.seeds[round % Self.seeds.count].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&body, &random) }
            let status = [200, 200, 200, 400, 503, 302].randomElement(using: &random) ?? 200
            let answer = Answer(status: status, retryAfter: noise(&random), body: body)
            let outcome = LaunchOutcome.classify(answer, now: 1_772_355_960)
            if outcome.launchClass == .accepted {
                #expect(status == 200)
                #expect(Envelope(body)?.code == 0)
                #expect(String(decoding: body, as: UTF8.self).contains("error"))
            }
            _ = TaskStatus.read(answer, now: 0)
            _ = try? CampaignInfo.read(answer, now: 0)
        }
    }

    /// A cut answer tells nothing, wherever the cut is.
    @Test(arguments: seeds)
    func truncationIsNeverSuccess(seed: String) {
        let body = Array(seed.utf8)
        for end in 0..<body.count {
            let outcome = LaunchOutcome.classify(Answer(status: 200, body: Array(body[..<end])), now: 0)
            #expect(outcome == .unknown(.notAnEnvelope), "\(end)")
        }
    }

    private func damage(_ body: inout [UInt8], _ random: inout SeededGenerator) {
        guard !body.isEmpty else { return }
        let place = Int.random(in: 0..<body.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: body[place] = UInt8.random(in: 0...255, using: &random)
        case 1: body.remove(at: place)
        case 2: body.insert(contentsOf: Array(#""error":"#.utf8), at: place)
        default: body.insert(contentsOf: body[place...].prefix(12), at: place)
        }
    }

    private func noise(_ random: inout SeededGenerator) -> String? {
        ["1", "-5", "x", "Sun, 06 Nov 1994 08:49:37 GMT", "\u{0}", nil].randomElement(using: &random) ?? nil
    }
}
