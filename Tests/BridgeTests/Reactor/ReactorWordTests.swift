import AMQP
import Altcraft
import BrokerSupport
import HTTPSupport
import Outcome
import Synchronization
import Telemetry
import Testing

@testable import Bridge

/// From the platform's answer to the words that an operator meets, in the log, the metrics and on the parked message.
///
/// One launch, one attempt; the whole reactor in between.
@Suite("From the platform to its words", .timeLimit(.minutes(2)))
struct ReactorWordTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let answer: Exchange
        let launchClass: String
        let reason: String
        /// What the message and the line say in words.
        let detail: String
        var whenUnsure = "retry"
        var testDescription: String { "\(name), \(whenUnsure)" }
    }

    private static let doubt = "it may have been launched"
    private static let failure = "the platform answered with a failure of its own"
    private static let foreign = "what was answered is not the Altcraft API's: \(doubt)"
    private static let broken = "the connection broke before the answer was there: \(doubt)"

    private static func row(
        _ status: Int, _ body: String, _ launchClass: String, _ reason: String, _ detail: String = ""
    ) -> Row {
        Row(
            name: "\(status) \(body)", answer: .answer(status, body), launchClass: launchClass, reason: reason,
            detail: detail)
    }

    static let retried = [
        row(200, #"{"error":301,"error_text":"Wrong params"}"#, "refused", "refused", "error 301: Wrong params"),
        row(422, #"{"error":301,"error_text":"Wrong params"}"#, "refused", "refused", "error 301: Wrong params"),
        row(200, #"{"error":-1}"#, "refused", "refused", "error -1"),
        row(413, "", "refused", "refused", "error 413: HTTP 413: the request is too large"),
        row(200, "<html>", "exhausted", "not_an_envelope", foreign),
        row(200, #"{"error":"0"}"#, "exhausted", "not_an_envelope", foreign),
        row(302, "", "exhausted", "not_an_envelope", foreign),
        row(404, "not found", "exhausted", "not_an_envelope", foreign),
        row(422, #"{"error":0}"#, "exhausted", "not_an_envelope", foreign),
        row(500, "", "exhausted", "http_500", "\(failure) (http_500): \(doubt)"),
        row(501, "", "exhausted", "http_500", "\(failure) (http_500): \(doubt)"),
        row(502, "", "exhausted", "http_502", "\(failure) (http_502): \(doubt)"),
        row(504, "", "exhausted", "http_504", "\(failure) (http_504): \(doubt)"),
        row(524, "", "exhausted", "http_504", "\(failure) (http_504): \(doubt)"),
        row(500, #"{"error":0}"#, "exhausted", "http_500", "\(failure) (http_500): \(doubt)"),
        row(200, #"{"error":502}"#, "exhausted", "http_502", "\(failure) (http_502): \(doubt)"),
        row(503, "", "exhausted", "http_503"), row(429, "", "exhausted", "http_429"),
        row(200, #"{"error":429}"#, "exhausted", "http_429"),
        Row(name: "cut", answer: .cut, launchClass: "exhausted", reason: "cut", detail: broken),
        Row(
            name: "half an answer", answer: .rawAndClose("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"),
            launchClass: "exhausted", reason: "cut", detail: broken),
        Row(
            name: "not HTTP", answer: .rawAndClose("SSH-2.0-x\r\n"), launchClass: "exhausted",
            reason: "not_an_envelope", detail: foreign),
        Row(
            name: "no answer", answer: .hang, launchClass: "exhausted", reason: "timeout",
            detail: "no answer came (timeout): \(doubt)"),
    ]

    /// The same where the mapping parks what is unsure: what is sure stays as it is.
    static let parked = retried.map { row in
        var row = row
        row.whenUnsure = "park"
        guard row.detail.hasSuffix(doubt) else { return row }
        return Row(
            name: row.name, answer: row.answer, launchClass: "unknown", reason: row.reason, detail: row.detail,
            whenUnsure: "park")
    }

    /// The properties that were published, as they came.
    private final class Kept: Sendable {
        let value = Mutex<[[UInt8]]>([])
    }

    /// A publishing peer that keeps the properties of what it confirms.
    private static func parking(_ kept: Kept) throws -> FakeBroker {
        try FakeBroker { connection in
            guard connection.login(), connection.turnConfirmsOn() else { return }
            var sequence: UInt64 = 0
            while connection.awaitMethod(.init(60, 40)) {
                guard let header = connection.readFrame(), connection.readFrame() != nil else { return }
                // Class, weight and the size of the body come first.
                kept.value.withLock { $0.append(Array(header.payload.dropFirst(12))) }
                sequence += 1
                connection.send(.init(60, 80), connection.bytes(sequence) + [0])
            }
        }
    }

    @Test("What ends parked says so everywhere in the same words", arguments: retried + parked)
    func words(row: Row) async throws {
        try await onOwnThread {
            let (script, kept) = (ReactorScript(), Kept())
            let platform = try ScriptedServer(always: row.answer)
            defer { platform.stop() }
            let mappings = try ReactorScript.mappings(
                delivery: #"{"attempts": 1, "when_unsure": "\#(row.whenUnsure)"}"#)
            let bench = try ReactorBench(
                script.source(["a@example.com"]), platform, publishing: Self.parking(kept)
            ) { parts in
                parts.mappings = mappings
                parts.requestTimeout = .milliseconds(300)
            }
            #expect(bench.says("parked"))
            #expect(bench.stop() == .stopped)
            let line = bench.probe.lines("parked").first ?? ""
            #expect(
                line.contains(#""end":"parked","outcome":"\#(row.launchClass)","reason":"\#(row.reason)""#), "\(line)")
            #expect(line.contains(#""detail":"\#(row.detail)""#) || row.detail.isEmpty, "\(line)")
            let metrics = bench.probe.observer.exposition()
            #expect(metrics.contains("_events_total{end=\"parked\",reason=\"\(row.reason)\"} 1\n"))
            #expect(metrics.contains("_launches_total{mapping=\"paid\",outcome=\"\(row.launchClass)\"} 1\n"))
            let wire = try #require(kept.value.withLock { $0 }.first)
            let headers = try AMQPProperties(wire: wire).headers
            #expect(headers?.string(.launchClass) == row.launchClass)
            #expect(headers?.string(.reason) == row.reason)
            #expect(headers?.string(.detail) ?? "" == row.detail)
            #expect(headers?.integer(.attempts) == (row.launchClass == "exhausted" ? 1 : 0))
            #expect(platform.log.requests.count == 1)
            #expect(script.steps == ["acknowledged 1"])
        }
    }

    @Test("A platform that cannot be reached has had no request")
    func connect() async throws {
        try await onOwnThread {
            let (script, kept) = (ReactorScript(), Kept())
            let platform = try ScriptedServer(always: .answer())
            platform.stop()
            let mappings = try ReactorScript.mappings(delivery: #"{"attempts": 1, "when_unsure": "park"}"#)
            let bench = try ReactorBench(
                script.source(["a@example.com"]), platform, publishing: Self.parking(kept)
            ) { parts in
                parts.mappings = mappings
                // Nobody listens at the first port.
                parts.encoder = RequestEncoder(baseURL: "http://127.0.0.1:1")
            }
            #expect(bench.says("parked"))
            #expect(bench.stop() == .stopped)
            let headers = try AMQPProperties(wire: try #require(kept.value.withLock { $0 }.first)).headers
            #expect(headers?.string(.launchClass) == "exhausted" && headers?.string(.reason) == "connect")
            #expect(headers?.text(.detail) == nil)
        }
    }
}
