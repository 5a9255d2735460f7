import Foundation
import NIOCore
import Synchronization
import Testing

@testable import Console

/// The console as scrapers, probes and people with `curl` meet it: bytes in, bytes out.
@Suite("The console to its clients", .timeLimit(.minutes(1)))
struct ConsoleClientTests {
    /// An answer taken apart.
    private struct Answer: Equatable {
        let status: Int
        let headers: [String: String]
        let body: String

        /// The answers on one connection; each says how long it is, but those to HEAD have no body.
        static func all(_ text: String, withoutBody: Bool = false) throws -> [Answer] {
            var rest = Array(text.utf8)[...]
            var answers: [Answer] = []
            while !rest.isEmpty {
                let end = try #require(rest.indices.first { rest[$0...].starts(with: "\r\n\r\n".utf8) })
                let lines = String(decoding: rest[..<end], as: UTF8.self).split(separator: "\r\n")
                let status = try #require(Int(lines[0].split(separator: " ")[1]))
                let pairs = lines.dropFirst().map { line in
                    let parts = line.split(separator: ":", maxSplits: 1)
                    return (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
                }
                let headers = Dictionary(pairs, uniquingKeysWith: { $0 + ", " + $1 })
                let length = withoutBody ? 0 : try #require(headers["content-length"].flatMap { Int($0) })
                rest = rest[(end + 4)...]
                try #require(rest.count >= length)
                answers.append(
                    Answer(status: status, headers: headers, body: String(decoding: rest.prefix(length), as: UTF8.self))
                )
                rest = rest.dropFirst(length)
            }
            return answers
        }
    }

    private static func request(_ path: String, method: String = "GET", headers: String = "", body: String = "")
        -> String
    {
        "\(method) \(path) HTTP/1.1\r\nHost: x\r\n\(headers)\r\n\(body)"
    }

    private static let close = "Connection: close\r\n"

    private func ask(_ path: String, method: String = "GET", headers: String = "", body: String = "") async throws
        -> Answer
    {
        let text = Self.request(path, method: method, headers: Self.close + headers, body: body)
        let answer = try await ServedConsole.serving { try await ServedConsole.exchange($0, text) }
        let answers = try Answer.all(answer, withoutBody: method == "HEAD")
        try #require(answers.count == 1)
        return answers[0]
    }

    @Test("Requests in a row on one connection are answered in a row, each with what holds then")
    func oneConnection() async throws {
        let shown = Shown()
        let paths = ["/health/live", "/health/ready", "/nothing", "/metrics"]
        let text = try await ServedConsole.serving(shown) { port in
            let requests = paths.map { Self.request($0, headers: $0 == paths.last ? Self.close : "") }
            return try await ServedConsole.exchange(port, requests.joined())
        }
        let answers = try Answer.all(text)
        #expect(answers.map(\.status) == [200, 503, 404, 200])
        #expect(answers.map(\.body.first) == ["{", "{", "{", "t"])
        #expect(answers[0].body == "{\"status\":\"live\"}\n" && answers[2].body == "{\"error\":\"Not Found\"}\n")
    }

    @Test("Every answer says what it is, how long it is, and that nobody keeps it")
    func headers() async throws {
        for (path, type) in [
            ("/metrics", "text/plain; version=0.0.4; charset=utf-8"), ("/health/live", "application/json"),
            ("/health/ready", "application/json"), ("/nothing", "application/json"),
        ] {
            let answer = try await ask(path)
            #expect(answer.headers["content-type"] == type, "\(path)")
            #expect(answer.headers["cache-control"] == "no-store", "\(path)")
            #expect(answer.headers["x-content-type-options"] == "nosniff", "\(path)")
            #expect(answer.headers["content-length"] == "\(answer.body.utf8.count)", "\(path)")
            #expect(answer.headers["set-cookie"] == nil && answer.headers["location"] == nil, "\(path)")
        }
    }

    @Test(
        "Nothing but reading is possible, whatever the method",
        arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
    func methods(method: String) async throws {
        for path in ["/metrics", "/health/live", "/health/ready", "/"] {
            let answer = try await ask(path, method: method, headers: "Content-Length: 4\r\n", body: "stop")
            #expect(answer.status == 404 && answer.body == "{\"error\":\"Not Found\"}\n", "\(method) \(path)")
        }
    }

    @Test("HEAD tells of each path what GET would, without the body")
    func head() async throws {
        for (path, status) in [("/metrics", 200), ("/health/live", 200), ("/health/ready", 503), ("/nothing", 404)] {
            let (head, get) = (try await ask(path, method: "HEAD"), try await ask(path))
            #expect(head.status == status && get.status == status && head.body.isEmpty, "\(path)")
            for name in ["content-type", "content-length"] {
                #expect(head.headers[name] == get.headers[name], "\(path)")
            }
        }
    }

    @Test("A connection goes on after HEAD, also where nothing is or a token is missing")
    func headInARow() async throws {
        let text = try await ServedConsole.serving(token: "secret") { port in
            let heads = ["/nothing", "/metrics", "/health/live"].map { Self.request($0, method: "HEAD") }
            return try await ServedConsole.exchange(port, heads.joined() + ServedConsole.get("/health/live"))
        }
        let last = try #require(text.range(of: "HTTP/1.1 200", options: .backwards))
        #expect(try Answer.all(String(text[last.lowerBound...])).map(\.body) == ["{\"status\":\"live\"}\n"])
        let heads = try Answer.all(String(text[..<last.lowerBound]), withoutBody: true)
        #expect(heads.map(\.status) == [404, 401, 200])
    }

    @Test(
        "Paths are taken as written, but for what follows a question mark and a slash at the end",
        arguments: [
            ("/metrics", 200), ("/metrics?", 200), ("/metrics?name=x&y", 200), ("/metrics/", 200),
            ("/health/live?a", 200),
            ("/METRICS", 404), ("/metric", 404), ("/metricss", 404), ("/metrics/x", 404), ("/health", 404),
            ("/health/liv", 404), ("/live", 404), ("/health/live/ready", 404), ("/metrics;x", 404),
            ("/metrics%3F", 404),
            ("/", 404), ("/?/metrics", 404), ("/../metrics", 404), ("/x/../metrics", 404),
        ])
    func paths(path: String, status: Int) async throws {
        #expect(try await ask(path).status == status)
    }

    @Test("A client that asks for a token says which kind, and only metrics want it")
    func token() async throws {
        let rows: [(path: String, headers: String, status: Int)] = [
            ("/metrics", "Authorization: Bearer secret\r\n", 200),
            ("/metrics", "authorization: Bearer secret\r\n", 200),
            ("/metrics", "", 401), ("/metrics", "Authorization: Bearer Secret\r\n", 401),
            ("/metrics", "Authorization: Bearer\r\n", 401), ("/metrics", "Authorization: Basic c2VjcmV0\r\n", 401),
            ("/metrics?token=secret", "", 401), ("/metrics", "Cookie: token=secret\r\n", 401),
            ("/health/live", "", 200), ("/health/ready", "Authorization: Bearer wrong\r\n", 503), ("/nothing", "", 404),
        ]
        let answers = try await ServedConsole.serving(token: "secret") { port in
            var answers: [String] = []
            for row in rows {
                let text = Self.request(row.path, headers: Self.close + row.headers)
                answers.append(try await ServedConsole.exchange(port, text))
            }
            return answers
        }
        for (row, text) in zip(rows, answers) {
            let answer = try #require(try Answer.all(text).first)
            #expect(answer.status == row.status, "\(row)")
            #expect(answer.headers["www-authenticate"] == (row.status == 401 ? "Bearer" : nil), "\(row)")
            if row.status == 401 { #expect(answer.body == "{\"error\":\"Unauthorized\"}\n", "\(row)") }
            #expect(!text.contains("secret"), "\(row)")
        }
    }

    @Test("Metrics of any length and any letters arrive whole")
    func large() async throws {
        let shown = Shown()
        let line = "trigger_bridge_x{mapping=\"заказ 😀\"} 1\n"
        for count in [0, 1, 100, 50_000] {
            let text = String(repeating: line, count: count)
            shown.text.withLock { $0 = text }
            let got = try await ServedConsole.serving(shown) { port in
                try await ServedConsole.exchange(port, ServedConsole.get("/metrics"))
            }
            #expect(try Answer.all(got).map(\.body) == [text], "\(count)")
        }
    }

    @Test("A request that comes byte by byte is a request, and so is one of HTTP/1.0")
    func oldAndSlow() async throws {
        let request = Self.request("/health/live", headers: Self.close)
        let texts = try await ServedConsole.serving { port in
            [
                try await ServedConsole.exchange(port, request, byteByByte: true),
                try await ServedConsole.exchange(port, "GET /health/live HTTP/1.0\r\n\(Self.close)\r\n"),
            ]
        }
        for text in texts { #expect(try Answer.all(text).map(\.status) == [200]) }
    }

    @Test("More clients at once than connections are all answered, and none gets what is another's")
    func manyClients() async throws {
        let paths = ["/metrics", "/health/live", "/health/ready", "/nothing"]
        let bodies = try await ServedConsole.serving { port in
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<(2 * ConsoleServer.mostConnections) {
                    group.addTask {
                        let path = paths[number % paths.count]
                        return (number, try await ServedConsole.exchange(port, ServedConsole.get(path)))
                    }
                }
                return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
            }
        }
        #expect(bodies.count == 2 * ConsoleServer.mostConnections)
        for (number, text) in bodies {
            #expect(try Answer.all(text).map(\.status) == [[200, 200, 503, 404][number % paths.count]])
        }
    }
}
