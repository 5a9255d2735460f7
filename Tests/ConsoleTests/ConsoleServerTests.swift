import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Telemetry
import Testing

@testable import Console

@Suite("The console's server", .timeLimit(.minutes(1)))
struct ConsoleServerTests {
    @Test("Port 0 is answered with the bound port, the paths answer over a socket, and cancelling ends it")
    func serves() async throws {
        let shown = Shown()
        shown.ready()
        let answers = try await ServedConsole.serving(shown) { port in
            #expect(port > 0)
            var answers: [String] = []
            for path in ["/metrics", "/health/live", "/health/ready", "/nothing"] {
                answers.append(try await ServedConsole.exchange(port, ServedConsole.get(path)))
            }
            return answers
        }
        #expect(answers.map { $0.prefix(12) } == ["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 404"])
        #expect(answers[0].hasSuffix("trigger_bridge_x 1\n"))
        #expect(answers[2].contains("\"ready\":true"))
    }

    @Test("An address that is in use is said so, with what to do")
    func inUse() async throws {
        try await ServedConsole.serving { port in
            let second = ConsoleServer(host: "127.0.0.1", port: port, sources: Shown().sources, logger: .silent)
            let error = await #expect(throws: ConsoleError.self) { try await second.run() }
            #expect(error == .addressInUse("127.0.0.1:\(port)"))
            #expect(error?.description.contains("set console.address") == true)
        }
    }

    @Test("An address that the machine does not have is said so")
    func noSuchAddress() async throws {
        let server = ConsoleServer(host: "192.0.2.1", port: 0, sources: Shown().sources, logger: .silent)
        let error = await #expect(throws: ConsoleError.self) { try await server.run() }
        #expect(error == .noSuchAddress("192.0.2.1:0"))
    }

    @Test("The port is free again after the end")
    func rebinds() async throws {
        let port = try await ServedConsole.serving { $0 }
        let server = ConsoleServer(host: "127.0.0.1", port: port, sources: Shown().sources, logger: .silent)
        let (ports, listening) = AsyncStream<Int>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { listening.yield($0) } }
            var iterator = ports.makeAsyncIterator()
            #expect(await iterator.next() == port)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test(
        "Nonsense is answered with an error or a closed connection, and the next request is served",
        arguments: [
            "nonsense\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
            "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\nConnection: close\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 100_000))\r\nConnection: close\r\n\r\n",
            "POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
        ])
    func nonsense(text: String) async throws {
        try await ServedConsole.serving { port in
            // The server may close while we still write: that is an answer as well.
            let answer = (try? await ServedConsole.exchange(port, text)) ?? ""
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
            let next = try await ServedConsole.exchange(port, ServedConsole.get("/health/live"))
            #expect(next.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("Many at once are all answered")
    func many() async throws {
        let count = try await ServedConsole.serving { port in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        try await ServedConsole.exchange(port, ServedConsole.get("/metrics")).hasPrefix("HTTP/1.1 200")
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
        }
        #expect(count == 100)
    }

    @Test(
        "Each cause has its own sentence",
        arguments: [
            (EADDRINUSE, ConsoleError.addressInUse("a:1")), (EACCES, .notPermitted("a:1")),
            (EADDRNOTAVAIL, .noSuchAddress("a:1")),
        ])
    func causes(code: Int32, wanted: ConsoleError) {
        #expect(ConsoleError(binding: "a:1", IOError(errnoCode: code, reason: "bind")) == wanted)
    }
}
