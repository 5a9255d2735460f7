import HTTPSupport
import HTTPTransport
import Testing

/// A POST is sent once: libcurl's own resends, seen from the server's side.
@Suite("A POST is sent once", .timeLimit(.minutes(1)))
struct ResendTests {
    /// The case of the guarantees: libcurl 7.88 would send it again, and report success.
    @Test("A reused connection cut after the body was read: one request, unknown")
    func cutAfterBody() throws {
        let server = try ScriptedServer { connection, request in
            connection == 0 && request == 1 ? .cut : .answer()
        }
        defer { server.stop() }
        let driver = try TransportDriver()
        let first = try driver.perform(.launch(server.url(), "first"))
        #expect(first.response?.status == 200)
        let second = try driver.perform(.launch(server.url(), "second"))
        #expect(second.maybeWritten == .cut)
        let bodies = server.log.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies == ["first", "second"])
    }

    @Test("A reused connection cut in each way: the server sees each request once at most")
    func cutInEachWay() throws {
        let ways: [Exchange] = [
            .cut, .cutAfterHead, .cutUnread, Exchange(.whole, [.reset]), Exchange(.head, [.reset]),
            Exchange(.arrival, [.reset]),
        ]
        for way in ways {
            let server = try ScriptedServer { connection, request in connection == 0 && request == 1 ? way : .answer() }
            defer { server.stop() }
            let driver = try TransportDriver()
            _ = try driver.perform(.launch(server.url(), "first"))
            let second = try driver.perform(.launch(server.url(), "second"))
            #expect(second.maybeWritten == .cut, "\(way): \(second)")
            #expect(server.log.requests.filter { $0.connection > 0 }.isEmpty)
        }
    }

    /// libcurl rewinds nothing here, so refusing to rewind would not stop it.
    @Test("A POST without a body on a cut reused connection is not sent again")
    func emptyBody() throws {
        let server = try ScriptedServer { connection, request in connection == 0 && request == 1 ? .cut : .answer() }
        defer { server.stop() }
        let driver = try TransportDriver()
        _ = try driver.perform(.launch(server.url(), ""))
        let second = try driver.perform(.launch(server.url(), ""))
        #expect(second.maybeWritten == .cut)
        #expect(server.log.requests.count == 2)
    }

    @Test("A GET on a cut reused connection is asked again on a fresh one: it changes nothing")
    func getIsRepeated() throws {
        let server = try ScriptedServer { connection, request in connection == 0 && request == 1 ? .cut : .answer() }
        defer { server.stop() }
        let driver = try TransportDriver()
        _ = try driver.perform(.probe(server.url()))
        #expect(try driver.perform(.probe(server.url())).response?.status == 200)
        #expect(server.log.requests.count == 3)
    }

    @Test("A connection that the server closed while idle is not used: the POST goes out once, on a fresh one")
    func staleConnection() throws {
        let server = try ScriptedServer { connection, _ in
            connection == 0 ? .answerAndClose(announced: false) : .answer()
        }
        defer { server.stop() }
        let driver = try TransportDriver()
        #expect(try driver.perform(.launch(server.url(), "first")).response?.status == 200)
        #expect(server.waitUntil { $0.ended == 1 })
        #expect(try driver.perform(.launch(server.url(), "second")).response?.status == 200)
        #expect(server.log.requests.map(\.connection) == [0, 1])
    }

    @Test("A fresh connection cut after the body: unknown, and not tried again")
    func freshConnectionCut() throws {
        let server = try ScriptedServer(always: .cut)
        defer { server.stop() }
        let driver = try TransportDriver()
        #expect(try driver.perform(.launch(server.url())).maybeWritten == .cut)
        #expect(server.log.requests.count == 1)
    }
}
