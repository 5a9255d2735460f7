import HTTPSupport
import HTTPTransport
import Testing

/// Giving requests up: what is certain, and that nothing comes afterwards.
@Suite("Cancelling", .timeLimit(.minutes(1)))
struct CancelTests {
    @Test("Before it was started: never written, and the server sees nothing")
    func beforeStart() throws {
        let server = try ScriptedServer(always: .answer())
        defer { server.stop() }
        let driver = try TransportDriver()
        #expect(driver.transport.submit(.launch(server.url()), token: 7))
        #expect(driver.transport.cancel(7)?.neverWritten == .cancelled)
        #expect(driver.transport.inFlight == 0)
        driver.turn(atMost: .zero)
        #expect(driver.results.isEmpty)
        #expect(server.log.requests.isEmpty)
    }

    @Test("After the server has read it: maybe written")
    func afterWrite() throws {
        let server = try ScriptedServer(always: .hang)
        defer { server.stop() }
        let driver = try TransportDriver()
        #expect(driver.transport.submit(.launch(server.url()), token: 7))
        #expect(driver.turn { server.log.requests.count == 1 })
        #expect(driver.transport.cancel(7)?.maybeWritten == .cancelled)
        #expect(driver.transport.cancel(7) == nil)
        #expect(server.waitUntil { $0.ended == 1 }, "its connection is closed")
    }

    @Test("A token that is not there is nil")
    func unknownToken() throws {
        #expect(try TransportDriver().transport.cancel(1) == nil)
    }

    @Test("The handle is good for the next request")
    func handleGoesOn() throws {
        let server = try ScriptedServer { connection, _ in connection == 0 ? .hang : .answer(200, "next") }
        defer { server.stop() }
        let driver = try TransportDriver { $0.inFlightLimit = 1 }
        #expect(driver.transport.submit(.launch(server.url()), token: 7))
        #expect(driver.turn { server.log.requests.count == 1 })
        _ = driver.transport.cancel(7)
        #expect(try driver.perform(.launch(server.url())).response?.text == "next")
        #expect(driver.results[7] == nil)
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
}
