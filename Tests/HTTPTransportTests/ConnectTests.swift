import HTTPSupport
import HTTPTransport
import Testing

/// Failures before a request: certain that nothing was written.
@Suite("Before the request", .timeLimit(.minutes(1)))
struct ConnectTests {
    @Test("Nobody listens: never written")
    func refused() throws {
        let server = try ScriptedServer(always: .answer())
        let url = server.url()
        server.stop()
        #expect(try TransportDriver().perform(.launch(url)).neverWritten == .connect)
    }

    /// A listener whose queue is full leaves the connection request without an answer.
    @Test("Nobody answers the connection request: never written, after the connect deadline")
    func connectTimeout() throws {
        let listener = try FullListener()
        let request = HTTPRequest(
            .post, url: "http://127.0.0.1:\(listener.port)/", body: [1], connectTimeout: .milliseconds(50))
        #expect(try TransportDriver().perform(request).neverWritten == .timeout)
    }

    @Test("A name that does not exist: never written")
    func unknownName() throws {
        let result = try TransportDriver().perform(.launch("http://no-such-host.invalid/", timeout: .seconds(5)))
        #expect(result.neverWritten == .resolve || result.neverWritten == .timeout, "\(result)")
    }

    @Test(
        "An address that is none, or of another protocol: never written",
        arguments: [
            "", "http://", "http://a b/", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/x",
            "http://127.0.0.1:99999/", "http://127.0.0.1:1\u{0}/", "http://127.0.0.1/\u{7}", "://x",
        ])
    func badURL(url: String) throws {
        let result = try TransportDriver().perform(.launch(url, timeout: .seconds(1)))
        #expect(result.neverWritten != nil, "\(result)")
    }

    @Test("A connection that ends before anything was written to it, or is cut unread, is never an answer")
    func cutAtOnce() throws {
        for exchange in [Exchange.cutAtOnce, .cutUnread, Exchange(.nothing, [.reset])] {
            let server = try ScriptedServer(always: exchange)
            defer { server.stop() }
            let result = try TransportDriver().perform(.launch(server.url()))
            #expect(result.response == nil, "\(result)")
            #expect(server.log.requests.isEmpty)
        }
    }

    @Test("A server that does not speak TLS: never written")
    func noTLS() throws {
        for exchange in [
            Exchange.rawAndClose("no\r\n\r\n"), Exchange(.arrival, [.bytes([1, 2, 3, 4, 5, 6]), .close]),
        ] {
            let server = try ScriptedServer(always: exchange)
            defer { server.stop() }
            let url = "https://127.0.0.1:\(server.port)/"
            let result = try TransportDriver().perform(.launch(url, timeout: .seconds(2)))
            #expect(result.neverWritten == .tls || result.neverWritten == .timeout, "\(result)")
            #expect(server.log.requests.isEmpty || !server.log.requests[0].head.hasPrefix("POST"))
        }
    }

    @Test("The detail says what went wrong in one line")
    func detail() throws {
        let server = try ScriptedServer(always: .answer())
        let url = server.url()
        server.stop()
        guard case .neverWritten(let failure) = try TransportDriver().perform(.launch(url)) else {
            Issue.record("an answer from nobody")
            return
        }
        #expect(failure.description.hasPrefix("connect: "))
        #expect(failure.detail.contains("127.0.0.1"))
    }
}
