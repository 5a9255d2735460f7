import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import Logging
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Sandbox

/// A sandbox with the account of the tests, a clock that stands until it is moved, and a client of its paths.
final class Playground: Sendable {
    let sandbox: Sandbox
    private let clock: StandingClock
    private let log: LineLog

    /// The token that the sandbox takes.
    static let token = "abcdefghijklmnqrstuvwxyz"

    init(_ account: String = Account.text, _ change: (inout SandboxOptions) -> Void = { _ in }) throws {
        var options = SandboxOptions(token: Self.token)
        change(&options)
        let (clock, log) = (StandingClock(), LineLog())
        sandbox = Sandbox(
            try SandboxData.parse(Array(account.utf8), path: "account.json"), options: options,
            clock: { clock.now }, log: { log.append($0.logLine) })
        (self.clock, self.log) = (clock, log)
    }

    /// Lets time pass.
    func wait(seconds: Double) { clock.advance(seconds) }

    /// What went to standard error.
    var lines: [String] { log.lines }

    /// Sends a request through the router.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]? = nil, headers: HTTPFields = [:]
    ) async throws -> Answer {
        let application = Application(router: SandboxRouter.make(sandbox), logger: .silent)
        let response = try await application.test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }
            ) { $0 }
        }
        return Answer(status: response.status.code, headers: response.headers, bytes: Array(buffer: response.body))
    }

    /// Sends a JSON body to a path under `/api/v1.1/`; the token is put in unless the test brings its own.
    func call(_ path: String, _ json: String, headers: HTTPFields = [:]) async throws -> Answer {
        var body = json
        if !json.contains("\"token\""), headers[.authorization] == nil, let brace = json.firstIndex(of: "{") {
            let rest = json[json.index(after: brace)...]
            let comma = rest.first { !$0.isWhitespace } == "}" ? "" : ", "
            body = "{\"token\": \"\(Self.token)\"\(comma)\(rest)"
        }
        var fields = headers
        fields[.contentType] = "application/json"
        return try await send(.post, "/api/v1.1/" + path, Array(body.utf8), headers: fields)
    }

    /// Sends an XML body to a path under `/api/v1.1/`.
    func callXML(_ path: String, _ xml: String) async throws -> Answer {
        try await send(.post, "/api/v1.1/" + path, Array(xml.utf8), headers: [.contentType: "application/xml"])
    }

    /// What has been launched, as the sandbox tells it.
    func launches(_ query: String = "") async throws -> [JSONNode] {
        let answer = try await send(.get, "/sandbox/launches" + query)
        return try answer.json["launches"].map { Array($0.elements) } ?? []
    }

    /// The profiles that were launched for, in order.
    func launchedProfiles() async throws -> [String?] {
        try await launches().map { $0["recipient"]?["profile_id"]?.string }
    }

    /// Adds faults.
    @discardableResult
    func faults(_ json: String) async throws -> Answer {
        try await send(.post, "/sandbox/faults", Array(json.utf8))
    }
}

extension Playground {
    /// Serves on a port of the system's choice while `body` runs.
    func serving<Value: Sendable>(_ body: @escaping @Sendable (Int) async throws -> Value) async throws -> Value {
        let server = SandboxServer(sandbox, host: "127.0.0.1", port: 0, logger: .silent)
        return try await FreePort.serving {
            try await server.run(onListening: $0)
        } while: {
            try await body($0)
        }
    }
}

/// An HTTP answer that a test looks into.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var json: JSONNode {
        get throws { try JSONDocument.parse(bytes).root }
    }

    /// The envelope's `error`, or nil when there is none.
    var error: Int? {
        if headers[.contentType]?.hasPrefix("application/xml") == true {
            return text.firstMatch(of: /<error>(\d+)<\/error>/).flatMap { Int($0.1) }
        }
        return (try? json)?["error"]?.number?.int64.map { Int($0) }
    }

    /// The envelope's `error_debug`.
    var debug: String? { (try? json)?["error_debug"]?.string }
}

/// Text that compares as a JSON value in an expectation.
func parsed(_ text: String) throws -> JSONValue { .node(try JSONDocument.parse(text).root) }

extension Answer {
    var value: JSONValue {
        get throws { .node(try json) }
    }
}

/// A clock that only a test moves.
private final class StandingClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_790_000_000))

    var now: Date { time.withLock { $0 } }
    func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
}

/// Lines that were logged.
private final class LineLog: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }
    func append(_ line: String) { kept.withLock { $0.append(line) } }
}

extension Logger {
    /// A logger that tells nobody.
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
