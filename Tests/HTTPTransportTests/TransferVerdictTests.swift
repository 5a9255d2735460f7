import CCurl
import Testing

@testable import HTTPTransport

/// The decision between never and maybe written, as a table over libcurl's codes.
@Suite("What a libcurl error means")
struct TransferVerdictTests {
    private static let before = TransferEvidence()
    private static let written = TransferEvidence(reachedRequest: true)

    @Test(
        "Before the request was reached nothing was written, whatever the code",
        arguments: [
            (UInt32(1), HTTPFailure.Reason.badURL), (3, .badURL), (5, .resolve), (6, .resolve), (7, .connect),
            (28, .timeout),
            (35, .tls), (58, .tls), (59, .tls), (60, .certificate), (77, .certificate), (83, .certificate),
            (90, .certificate), (91, .certificate), (97, .proxy), (55, .connect), (56, .connect), (45, .connect),
            (27, .local), (2, .local),
        ])
    func beforeWrite(code: UInt32, reason: HTTPFailure.Reason) {
        #expect(verdict(code, Self.before) == .neverWritten(HTTPFailure(reason: reason, detail: "words")))
    }

    @Test(
        "From the request on it may have been read, whatever the code",
        arguments: [
            (UInt32(65), HTTPFailure.Reason.cut), (52, .cut), (55, .cut), (56, .cut), (18, .cut), (35, .cut),
            (42, .cut),
            (28, .timeout), (1, .notHTTP), (8, .notHTTP), (61, .notHTTP), (92, .notHTTP), (63, .answerTooBig),
            (27, .local), (23, .local),
            // libcurl failed to connect again, to send a second time.
            (7, .cut), (6, .cut), (60, .cut),
        ])
    func afterWrite(code: UInt32, reason: HTTPFailure.Reason) {
        #expect(verdict(code, Self.written) == .maybeWritten(HTTPFailure(reason: reason, detail: "words")))
    }

    @Test("No code at all turns a written request into one that may be repeated, nor the other way round")
    func everyCode() {
        for code in UInt32(1)..<130 {
            #expect(verdict(code, Self.written).neverWritten == nil, "\(code)")
            #expect(verdict(code, Self.before).maybeWritten == nil, "\(code)")
        }
    }

    @Test("What we stopped ourselves is named so")
    func ownStops() {
        var evidence = Self.written
        evidence.answerTooBig = true
        #expect(verdict(23, evidence).maybeWritten == .answerTooBig)
        evidence = Self.written
        evidence.resendStopped = true
        #expect(verdict(42, evidence).maybeWritten == .cut)
    }

    @Test("A proxy that refuses the tunnel is the proxy's refusal")
    func proxyRefusal() {
        var evidence = Self.before
        evidence.proxyAnswered = true
        #expect(verdict(56, evidence).neverWritten == .proxy)
    }

    @Test("Times are rounded up to milliseconds, and none is without limit")
    func milliseconds() {
        #expect(Transfer.milliseconds(.zero) == 1)
        #expect(Transfer.milliseconds(.seconds(-5)) == 1)
        #expect(Transfer.milliseconds(.nanoseconds(1)) == 1)
        #expect(Transfer.milliseconds(.microseconds(1001)) == 2)
        #expect(Transfer.milliseconds(.seconds(30)) == 30_000)
        #expect(Transfer.milliseconds(.seconds(Int64.max)) == 2_000_000_000)
    }

    private func verdict(_ code: UInt32, _ evidence: TransferEvidence) -> HTTPResult {
        TransferVerdict.result(code: .init(rawValue: code), evidence: evidence, detail: "words")
    }
}
