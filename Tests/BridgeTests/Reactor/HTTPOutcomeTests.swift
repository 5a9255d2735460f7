import Altcraft
import HTTPTransport
import Outcome
import Testing

@testable import Bridge

/// How the end of a request is told to the platform's model.
@Suite("The end of a request", .timeLimit(.minutes(1)))
struct HTTPOutcomeTests {
    private static func outcome(_ result: HTTPResult) -> LaunchOutcome { result.outcome(now: 1_000) }

    private static func failure(_ reason: HTTPFailure.Reason) -> HTTPFailure {
        HTTPFailure(reason: reason, detail: "words")
    }

    private static func answer(_ status: Int, _ body: String, retryAfter: Duration? = nil) -> HTTPResult {
        .response(
            HTTPResponse(
                status: status, contentType: "application/json", retryAfter: retryAfter, body: Array(body.utf8)))
    }

    @Test("What was never written may always be sent again", arguments: HTTPFailure.Reason.allCases)
    func neverWritten(reason: HTTPFailure.Reason) {
        let outcome = Self.outcome(.neverWritten(Self.failure(reason)))
        #expect(outcome == .busy(Busy(reason == .timeout ? .timeoutBeforeWrite : .connect)))
    }

    @Test("What may have been read is unknown, and says how it ended", arguments: HTTPFailure.Reason.allCases)
    func maybeWritten(reason: HTTPFailure.Reason) {
        let expected: Reason =
            switch reason {
            case .timeout: .timeout
            case .notHTTP, .answerTooBig: .notAnEnvelope
            default: .cut
            }
        #expect(Self.outcome(.maybeWritten(Self.failure(reason))) == .unknown(expected))
    }

    @Test("An answer is the model's to read: status, body, and the time to wait")
    func answers() {
        guard case .accepted = Self.outcome(Self.answer(200, #"{"error":0}"#)) else {
            Issue.record("not accepted")
            return
        }
        #expect(Self.outcome(Self.answer(200, #"{"error":5,"error_text":"no such"}"#)).launchClass == .refused)
        let busy = Self.outcome(Self.answer(503, "", retryAfter: .milliseconds(2_900)))
        #expect(busy == .busy(Busy(.http503, retryAfter: .seconds(2))))
        #expect(Self.outcome(Self.answer(200, "<html>")).launchClass == .unknown)
    }

    @Test("A link's bare success counts where the settings say so, and only there")
    func bareSuccess() {
        let bare = Self.answer(200, "")
        #expect(bare.outcome(now: 1_000, bareSuccess: true).launchClass == .accepted)
        #expect(bare.outcome(now: 1_000, bareSuccess: false).launchClass == .unknown)
    }
}
