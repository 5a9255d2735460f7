import HTTPSupport
import HTTPTransport
import Poll
import Testing

/// What goes over the wire.
@Suite("Requests", .timeLimit(.minutes(1)))
struct RequestTests {
    @Test("A POST is written whole, with our headers and without those that libcurl would add")
    func post() throws {
        let server = try ScriptedServer(always: .answer())
        defer { server.stop() }
        let headers = try HTTPHeaders([
            ("Content-Type", "application/json"), ("Authorization", "Bearer abc"), ("X-Empty", ""),
        ])
        let body = [UInt8]("{\"é\":1}".utf8)
        let request = HTTPRequest(.post, url: server.url("/api/v1.1/x?y=1"), headers: headers, body: body)
        _ = try TransportDriver().perform(request)
        let seen = try #require(server.log.requests.first)
        #expect(seen.head.hasPrefix("POST /api/v1.1/x?y=1 HTTP/1.1\r\n"))
        #expect(seen.body == body)
        #expect(seen.header("Host") == "127.0.0.1:\(server.port)")
        #expect(seen.header("User-Agent") == "trigger-bridge")
        #expect(seen.header("Content-Type") == "application/json")
        #expect(seen.header("Content-Length") == "\(body.count)")
        #expect(seen.header("Authorization") == "Bearer abc")
        #expect(seen.header("X-Empty")?.isEmpty == true)
        for absent in ["Expect", "Transfer-Encoding", "Connection", "Upgrade", "Cookie", "Accept-Encoding"] {
            #expect(seen.header(absent) == nil, "\(absent)")
        }
    }

    @Test("A POST without a content type gets none")
    func noContentType() throws {
        let server = try ScriptedServer(always: .answer())
        defer { server.stop() }
        _ = try TransportDriver().perform(HTTPRequest(.post, url: server.url(), body: [1, 2, 3]))
        #expect(server.log.requests.first?.header("Content-Type") == nil)
    }

    @Test("Bodies of every size arrive, each byte in its place", arguments: [0, 1, 300, 16_384, 65_537, 3 << 20])
    func bodySizes(size: Int) throws {
        let server = try ScriptedServer(always: .answer())
        defer { server.stop() }
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let driver = try TransportDriver()
        #expect(try driver.perform(HTTPRequest(.post, url: server.url(), body: body)).response?.status == 200)
        #expect(server.log.requests.first?.body == body)
        #expect(server.log.requests.first?.header("Expect") == nil)
    }

    @Test("One handle carries a GET and a POST in turn, to different addresses, with different headers")
    func handleIsReused() throws {
        let server = try ScriptedServer(always: .answer())
        defer { server.stop() }
        let driver = try TransportDriver()
        for round in 0..<20 {
            let headers = try HTTPHeaders([("X-Round", "\(round)")])
            let method: HTTPMethod = round % 2 == 0 ? .get : .post
            let body: [UInt8] = method == .post ? [UInt8](repeating: 65, count: round) : []
            let request = HTTPRequest(method, url: server.url("/\(round)"), headers: headers, body: body)
            #expect(try driver.perform(request).response?.status == 200)
        }
        let seen = server.log.requests
        #expect(server.log.accepted == 1)
        #expect(seen.map { $0.header("X-Round") } == (0..<20).map { "\($0)" })
        #expect(seen.map(\.body.count) == (0..<20).map { $0 % 2 == 0 ? 0 : $0 })
        #expect(seen.allSatisfy { $0.head.hasPrefix($0.index % 2 == 0 ? "GET /\($0.index) " : "POST /\($0.index) ") })
    }

    @Test("Without reuse each request has its own connection")
    func noReuse() throws {
        let server = try ScriptedServer(always: .answerAndClose(announced: false))
        defer { server.stop() }
        let driver = try TransportDriver { $0.reusesConnections = false }
        for _ in 0..<50 { #expect(try driver.perform(.launch(server.url())).response?.status == 200) }
        #expect(server.log.requests.map(\.connection) == Array(0..<50))
    }

    @Test("A header that would break the request is refused, and its value is not shown")
    func badHeaders() {
        #expect(throws: HTTPHeaderError.value(ofHeader: "Authorization")) {
            try HTTPHeaders([("Authorization", "Bearer abc\r\nX-Evil: 1")])
        }
        #expect(throws: HTTPHeaderError.value(ofHeader: "A")) { try HTTPHeaders([("A", "x\u{0}")]) }
        for name in ["", "A B", "A:", "Ä", "A\n"] {
            #expect(throws: HTTPHeaderError.name(name)) { try HTTPHeaders([(name, "x")]) }
        }
        #expect(!"\(HTTPHeaderError.value(ofHeader: "Authorization"))".contains("abc"))
    }

    @Test("In flight is bounded: what is over is not taken")
    func bounded() throws {
        let server = try ScriptedServer(always: .hang)
        let driver = try TransportDriver { $0.inFlightLimit = 3 }
        for token in UInt64(0)..<3 { #expect(driver.transport.submit(.launch(server.url()), token: token)) }
        #expect(!driver.transport.hasRoom)
        #expect(!driver.transport.submit(.launch(server.url()), token: 9))
        #expect(driver.transport.inFlight == 3)
        #expect(driver.turn { server.log.requests.count == 3 })
        #expect(server.log.accepted == 3)
        server.stop()
        #expect(driver.turn { driver.results.count == 3 })
        #expect(driver.transport.hasRoom)
    }

    @Test("A transport can be dropped with requests in flight")
    func dropped() throws {
        let server = try ScriptedServer(always: .hang)
        defer { server.stop() }
        var driver: TransportDriver? = try TransportDriver()
        for token in UInt64(0)..<10 { #expect(driver?.transport.submit(.launch(server.url()), token: token) == true) }
        #expect(driver?.turn { server.log.requests.count == 10 } == true)
        driver = nil
        #expect(server.waitUntil { $0.ended == 10 })
    }

    @Test("An idle transport has no deadline, and one with a request in flight has")
    func deadline() throws {
        let server = try ScriptedServer(always: .hang)
        defer { server.stop() }
        let driver = try TransportDriver()
        let now = MonotonicTime.now()
        #expect(driver.transport.deadline(now: now) == nil)
        #expect(driver.transport.submit(.launch(server.url(), timeout: .seconds(5)), token: 1))
        #expect(driver.transport.deadline(now: now) == now)
        #expect(driver.turn { server.log.requests.count == 1 })
        let deadline = try #require(driver.transport.deadline(now: now))
        #expect(deadline.since(now) <= .seconds(5))
    }
}
