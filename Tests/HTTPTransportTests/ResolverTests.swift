import CHangingResolver
import Glibc
import HTTPSupport
import HTTPTransport
import Testing

/// A name server that does not answer stops nobody but its own request.
///
/// In turn, for all count the same look-ups. Each test sees that the look-up still hangs when the transport is done
/// with it: libcurl without `CURLOPT_QUICK_EXIT` would wait for it.
@Suite("Slow name look-up", .serialized, .timeLimit(.minutes(1)))
struct ResolverTests {
    private static let request = HTTPRequest(
        .post, url: "http://altcraft.hangs.invalid/", body: [1], connectTimeout: .milliseconds(300))

    /// Submits one request and turns until its look-up hangs.
    private func hangingDriver() throws -> TransportDriver {
        let driver = try TransportDriver()
        try #require(driver.transport.submit(Self.request, token: 99))
        try #require(driver.turn { hanging_resolver_count() == 1 })
        return driver
    }

    /// Lets the look-up end and sees that it does.
    private func release() {
        hanging_resolver_release()
        while hanging_resolver_count() > 0 { sched_yield() }
    }

    @Test("The deadline ends the request, not the look-up")
    func deadline() throws {
        let driver = try hangingDriver()
        defer { release() }
        try #require(driver.turn { driver.results[99] != nil })
        #expect(driver.results[99]?.first?.neverWritten == .timeout)
        #expect(hanging_resolver_count() == 1)
    }

    @Test("Others are served meanwhile")
    func others() throws {
        let server = try ScriptedServer(always: .answer())
        defer { server.stop() }
        let driver = try hangingDriver()
        defer { release() }
        for _ in 0..<10 { #expect(try driver.perform(.launch(server.url())).response?.status == 200) }
        #expect(hanging_resolver_count() == 1)
    }

    @Test("Dropping the transport does not wait for it")
    func drop() throws {
        var driver: TransportDriver? = try hangingDriver()
        defer { release() }
        #expect(driver?.transport.inFlight == 1)
        driver = nil
        #expect(hanging_resolver_count() == 1)
    }

    @Test("A look-up without an address: never written")
    func noAddress() throws {
        let driver = try hangingDriver()
        release()
        try #require(driver.turn { driver.results[99] != nil })
        #expect(driver.results[99]?.first?.neverWritten == .resolve)
    }
}
