import HTTPTransport
import Poll
import Testing

/// A reactor in small: drives one transport on the thread of the test.
final class TransportDriver {
    let transport: HTTPTransport
    private var set = PollSet()
    /// How often each token has come back.
    private(set) var results: [UInt64: [HTTPResult]] = [:]
    private var nextToken: UInt64 = 1

    init(_ change: (inout HTTPTransportSettings) -> Void = { _ in }) throws {
        var settings = HTTPTransportSettings()
        change(&settings)
        transport = try HTTPTransport(settings)
    }

    /// One round of the loop.
    func turn(atMost limit: Duration = .milliseconds(200)) {
        let now = MonotonicTime.now()
        var wait = limit.nanoseconds
        if let deadline = transport.deadline(now: now) { wait = min(wait, deadline.since(now).nanoseconds) }
        set.removeAll()
        transport.register(in: &set)
        _ = set.wait(milliseconds: Int32(clamping: (wait + 999_999) / 1_000_000))
        for completion in transport.process(set) { results[completion.token, default: []].append(completion.result) }
    }

    /// Turns until the condition holds; false after the limit.
    func turn(within limit: Duration = .seconds(20), until condition: () -> Bool) -> Bool {
        let deadline = MonotonicTime.now().advanced(by: limit)
        while !condition() {
            guard MonotonicTime.now() < deadline else { return false }
            turn()
        }
        return true
    }

    /// Submits one request and turns until it ends.
    func perform(_ request: HTTPRequest) throws -> HTTPResult {
        let token = nextToken
        nextToken += 1
        try #require(transport.submit(request, token: token))
        try #require(turn { self.results[token] != nil })
        let ends = try #require(results[token])
        try #require(ends.count == 1)
        return ends[0]
    }
}

extension HTTPRequest {
    /// A small launch.
    static func launch(_ url: String, _ body: String = #"{"id":1}"#, timeout: Duration = .seconds(10)) -> HTTPRequest {
        HTTPRequest(.post, url: url, headers: json, body: [UInt8](body.utf8), timeout: timeout)
    }

    /// A probe.
    static func probe(_ url: String, timeout: Duration = .seconds(10)) -> HTTPRequest {
        HTTPRequest(.get, url: url, timeout: timeout)
    }

    private static let json: HTTPHeaders = {
        guard let headers = try? HTTPHeaders([("Content-Type", "application/json")]) else { return .none }
        return headers
    }()
}

extension HTTPResult {
    /// The answer, if it is one.
    var response: HTTPResponse? {
        if case .response(let response) = self { response } else { nil }
    }

    /// The reason, when nothing was written.
    var neverWritten: HTTPFailure.Reason? {
        if case .neverWritten(let failure) = self { failure.reason } else { nil }
    }

    /// The reason, when something may have been written.
    var maybeWritten: HTTPFailure.Reason? {
        if case .maybeWritten(let failure) = self { failure.reason } else { nil }
    }
}

extension HTTPResponse {
    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
}
