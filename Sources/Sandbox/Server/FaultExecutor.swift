import Foundation
import Hummingbird
import JSON
import NIOCore

/// Does to one connection what a fault decided.
struct FaultExecutor: Sendable {
    let channel: any Channel

    /// Thrown when the connection is closed on purpose; nothing more can be answered on it.
    struct Closed: Error {}

    /// The answer after the fault.
    ///
    /// - Throws: ``Closed`` when there is none.
    func apply(_ decision: FaultDecision, to usual: Reply, envelope: (APIAnswer) -> Reply) async throws -> Response {
        // Lateness is the fault that was asked for; a task waits, and no thread.
        if decision.delay > 0 { try await Task.sleep(for: .milliseconds(decision.delay)) }
        switch decision.effect {
        case nil, .latency, .slow:
            return decision.trickle > 0 ? trickling(usual, milliseconds: decision.trickle) : usual.response
        case .error(let code, let text):
            return envelope(APIAnswer(error: code, text: text ?? Refusal.text(code))).response
        case .truncate: return truncated(usual)
        case .hang: try await hang()
        case .reset: try await reset()
        case .cut, .cutBefore: break
        case .status, .serverError, .garbage, .redirect, .wrongEnvelope:
            if let reply = Reply.fault(decision, now: Date()) { return reply.response }
        }
        try await close()
        throw Closed()
    }

    /// Closes the connection.
    ///
    /// - Throws: ``Closed``, always.
    func close() async throws {
        try? await channel.close()
        throw Closed()
    }

    /// Answers nothing until the client goes, or the sandbox ends.
    private func hang() async throws {
        try? await channel.triggerUserOutboundEvent(PeerWatch.NeverAnswered()).get()
        try await withTaskCancellationHandler {
            try await channel.closeFuture.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Makes the closing a reset rather than an end.
    private func reset() async throws {
        guard let provider = channel as? any SocketOptionProvider else { return }
        try? await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }

    /// Sends the head and half of the answer, then closes.
    private func truncated(_ usual: Reply) -> Response {
        let (body, channel) = (usual.body, channel)
        var response = usual.head
        response.body = ResponseBody(contentLength: body.count) { writer in
            try await writer.write(ByteBuffer(bytes: body.prefix(body.count / 2)))
            try? await channel.close()
            throw Closed()
        }
        return response
    }

    /// Sends the answer in pieces, evenly over a time: slowness is the fault, and a task that waits blocks no thread.
    private func trickling(_ usual: Reply, milliseconds: Int) -> Response {
        let body = usual.body
        let pieces = max(1, min(10, body.count))
        var response = usual.head
        response.body = ResponseBody(contentLength: body.count) { writer in
            for piece in 0..<pieces {
                try await Task.sleep(for: .milliseconds(milliseconds / pieces))
                let range = (body.count * piece / pieces)..<(body.count * (piece + 1) / pieces)
                try await writer.write(ByteBuffer(bytes: body[range]))
            }
            try await writer.finish(nil)
        }
        return response
    }
}

extension Reply {
    /// What a fault answers instead; nil for faults that close the connection or keep the usual answer.
    static func fault(_ decision: FaultDecision, now: Date) -> Reply? {
        switch decision.effect {
        case .status(let status, let retry): plain(status, retry, now)
        case .serverError(let retry): plain(500 + Int(decision.random % 5), retry, now)
        case .garbage:
            .html("<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>")
        case .redirect(let location):
            Reply(status: 302, contentType: "text/plain", body: [], headers: [("Location", location)])
        case .wrongEnvelope: .json(wrongEnvelopes[Int(decision.random % UInt64(wrongEnvelopes.count))])
        default: nil
        }
    }

    /// JSON that a careless client could take for success.
    static let wrongEnvelopes: [JSONValue] = [
        .object([("status", .string("ok"))]),
        .object([("error", .string("0")), ("error_text", .string("Successful operation"))]),
        .object([("error", .null)]),
        .object([]),
        .array([]),
        .null,
        .number(JSONNumber(0)),
        .object([("Error", .number(JSONNumber(0)))]),
    ]

    private static func plain(_ status: Int, _ retry: RetryAfter?, _ now: Date) -> Reply {
        var reply = Reply(status: status, contentType: "text/plain", body: Array("\(status)\n".utf8))
        if let retry {
            let date = now.addingTimeInterval(Double(retry.seconds))
            reply.headers = [("Retry-After", retry.asDate ? HTTPDate.text(date) : String(retry.seconds))]
        }
        return reply
    }
}

/// Dates as HTTP writes them (RFC 9110, section 5.6.7).
enum HTTPDate {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func text(_ date: Date) -> String {
        let style = Date.VerbatimFormatStyle(
            format: """
                \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                \(second: .twoDigits) GMT
                """,
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
        return date.formatted(style)
    }
}
