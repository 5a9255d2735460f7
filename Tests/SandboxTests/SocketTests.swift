import HTTPTypes
import JSON
import Logging
import Testing

@testable import Sandbox

/// What only a real connection shows: ends, resets, silence, and what is left when the sandbox stops.
@Suite("Faults over a socket", .timeLimit(.minutes(1)))
struct SocketTests {
    private static let body =
        #"{"token": "\#(Playground.token)", "id": 1, "email": "john@example.com"}"#
    private static let path = "/api/v1.1/campaigns/triggers/start"

    private static func request(_ path: String, _ body: String = body, close: Bool = true) -> String {
        SocketClient.request(path, body, close: close)
    }

    @Test("A start over a socket is answered, and a client that closes its side first gets its answer all the same")
    func plain() async throws {
        let playground = try Playground()
        let endings = try await playground.serving { port in
            [
                try await SocketClient.exchange(port, Self.request(Self.path)),
                try await SocketClient.exchange(port, Self.request(Self.path + "/"), halfClose: true),
            ]
        }
        for ending in endings {
            #expect(ending.text.hasPrefix("HTTP/1.1 200"))
            #expect(ending.text.hasSuffix(#"{"data":null,"error":0,"error_text":"Successful operation"}"#))
        }
        #expect(try await playground.launches().count == 2)
    }

    @Test(
        "A cut connection ends without a byte; the request was carried out only where the fault says so",
        arguments: [
            (#"{"kind": "cut"}"#, 0), (#"{"kind": "cut", "carried_out": true}"#, 1), (#"{"kind": "cut_before"}"#, 0),
            (#"{"kind": "cut_before", "recipient": "john@example.com"}"#, 0), (#"{"kind": "reset"}"#, 0),
            (#"{"kind": "reset", "carried_out": true}"#, 1),
        ])
    func cuts(fault: String, launches: Int) async throws {
        let playground = try Playground()
        try await playground.faults(fault)
        let ending = try await playground.serving { try await SocketClient.exchange($0, Self.request(Self.path)) }
        #expect(ending.text.isEmpty)
        #expect(try await playground.launches().count == launches)
        if fault.contains("reset") { #expect(ending.error?.contains("reset") == true, "\(ending)") }
    }

    @Test("A truncated answer ends in the middle of its body")
    func truncates() async throws {
        let playground = try Playground()
        try await playground.faults(#"{"kind": "truncate", "carried_out": true}"#)
        let ending = try await playground.serving { try await SocketClient.exchange($0, Self.request(Self.path)) }
        #expect(ending.text.contains("Content-Length: 59") || ending.text.contains("content-length: 59"))
        let body = ending.text.split(separator: "\r\n\r\n", maxSplits: 1).last ?? ""
        #expect(body == #"{"data":null,"error":0,"error"#)
        #expect(try await playground.launches().count == 1)
    }

    @Test("A slow answer arrives whole")
    func slow() async throws {
        let playground = try Playground()
        try await playground.faults(#"{"faults": [{"kind": "slow", "latency_ms": 50}, {"latency_ms": 10}]}"#)
        let clock = ContinuousClock()
        let start = clock.now
        let ending = try await playground.serving { try await SocketClient.exchange($0, Self.request(Self.path)) }
        #expect(ending.text.hasSuffix(#""error_text":"Successful operation"}"#))
        #expect(start.duration(to: clock.now) >= .milliseconds(55))
    }

    @Test("A hanging request is never answered, and its connection goes when the client does")
    func hangs() async throws {
        let playground = try Playground()
        try await playground.faults(#"{"kind": "hang", "carried_out": true}"#)
        let ending = try await playground.serving { port in
            try await SocketClient.exchange(port, Self.request(Self.path), halfClose: true)
        }
        #expect(ending.text.isEmpty)
        #expect(try await playground.launches().count == 1)
    }

    @Test("Hanging and idle connections do not keep the sandbox from ending")
    func endsWithHangs() async throws {
        let playground = try Playground()
        try await playground.faults(#"{"kind": "hang", "count": 5}"#)
        let endings = Task {
            try await playground.serving { port in
                let hanging = Task {
                    try await withThrowingTaskGroup(of: SocketClient.Ending.self) { group in
                        for _ in 0..<5 {
                            group.addTask {
                                try await SocketClient.exchange(port, Self.request(Self.path, close: false))
                            }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                }
                // The faults are used up once all five have been read; only then does the sandbox end.
                while await playground.hits() < 5 { await Task.yield() }
                return hanging
            }
        }
        let hung = try await endings.value.value
        #expect(hung.count == 5)
        #expect(hung.allSatisfy { $0.text.isEmpty })
    }

    @Test("One connection takes many requests")
    func keepsAlive() async throws {
        let playground = try Playground()
        let many = Array(repeating: Self.request(Self.path, close: false), count: 20).joined()
        let ending = try await playground.serving { port in
            try await SocketClient.exchange(port, many + Self.request(Self.path))
        }
        #expect(ending.text.matches(of: /HTTP\/1\.1 200/).count == 21)
        #expect(try await playground.launches().count == 21)
    }

    @Test("Many clients at once are all answered, and each launch is counted once")
    func many() async throws {
        let playground = try Playground()
        let answered = try await playground.serving { port in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    let body =
                        #"{"token": "\#(Playground.token)", "id": 1, "email": "john@example.com", "custom_data": {"event_id": \#(number)}}"#
                    group.addTask {
                        try await SocketClient.exchange(port, Self.request(Self.path, body)).text.contains(
                            "\"error\":0")
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
        }
        #expect(answered == 100)
        let events = try await playground.send(.get, "/sandbox/summary").json["events"]
        #expect(integer(events?["launched_once"]) == 100)
        #expect(integer(events?["launched_again"]) == 0)
    }

    @Test(
        "Bytes that are no HTTP are answered with an error or a closed connection, and the next request is served",
        arguments: [
            "nonsense\r\n\r\n", "\u{0}\u{1}\r\n\r\n", "POST  HTTP/1.1\r\n\r\n",
            "POST /api/v1.1/workflows/start HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\nConnection: close\r\n\r\n",
            "POST /api/v1.1/workflows/start HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        ])
    func nonsense(text: String) async throws {
        let playground = try Playground()
        try await playground.serving { port in
            let ending = try? await SocketClient.exchange(port, text, halfClose: true)
            let answer = ending?.text ?? ""
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(100))")
            let next = try await SocketClient.exchange(port, Self.request(Self.path))
            #expect(next.text.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("A body above every limit is read to its end and answered with the printed error")
    func tooLarge() async throws {
        let playground = try Playground {
            $0.bodyLimit = 1_000
            $0.filesLimit = 10_000
        }
        let pad = String(repeating: "x", count: 3_000_000)
        let ending = try await playground.serving { port in
            try await SocketClient.exchange(port, Self.request(Self.path, #"{"content": {"pad": "\#(pad)"}}"#))
        }
        #expect(ending.text.contains("http: request body too large"))
    }

    @Test("An address that is taken is told")
    func taken() async throws {
        let playground = try Playground()
        try await playground.serving { port in
            let second = SandboxServer(playground.sandbox, host: "127.0.0.1", port: port, logger: .silent)
            let error = await #expect(throws: SandboxServer.CannotListen.self) { try await second.run() }
            #expect(error?.description.contains("cannot listen on 127.0.0.1:\(port)") == true)
        }
    }
}

extension Playground {
    /// How many requests faults have hit so far.
    func hits() async -> Int {
        sandbox.with { world, _ in world.faults.rules.reduce(0) { $0 + $1.hits } }
    }
}
