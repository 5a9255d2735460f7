import Foundation
import Logging
import NIOCore
import Telemetry
import Testing

@testable import Console

/// Why the console does not serve, in an operator's words; and that a bridge's observer is all that it needs.
@Suite("The console's words", .timeLimit(.minutes(1)))
struct ConsoleWordTests {
    @Test(
        "Each reason has its line, with what to write instead",
        arguments: [
            (
                ConsoleError.addressInUse("127.0.0.1:9464"),
                "the console cannot listen on 127.0.0.1:9464: it is in use; set console.address to another port, or to off"
            ),
            (
                .notPermitted("0.0.0.0:80"),
                "the console may not listen on 0.0.0.0:80; set console.address to a port above 1023, or to off"
            ),
            (
                .noSuchAddress("[::9]:9464"),
                "the console cannot listen on [::9]:9464: this machine has no such address; set console.address"
            ),
            (
                .cannotListen(address: "h:1", reason: "no"),
                "the console cannot listen on h:1: no; set console.address"
            ),
            (.ended(address: "h:1", reason: "it was shut down"), "the console on h:1 ended: it was shut down"),
        ])
    func words(error: ConsoleError, line: String) {
        #expect(error.description == line)
    }

    @Test(
        "What the system says of a bind is told apart",
        arguments: [
            (EADDRINUSE, ConsoleError.addressInUse("h:1")), (EACCES, .notPermitted("h:1")),
            (EADDRNOTAVAIL, .noSuchAddress("h:1")),
        ])
    func binding(code: Int32, error: ConsoleError) {
        #expect(ConsoleError(binding: "h:1", IOError(errnoCode: code, reason: "bind")) == error)
    }

    @Test("Any other failure is told in its own words")
    func otherFailures() {
        struct Odd: Error, CustomStringConvertible { let description = "an odd one" }
        #expect(
            ConsoleError(binding: "h:1", Odd()) == .cannotListen(address: "h:1", reason: "an odd one"))
        guard case .cannotListen("h:1", _) = ConsoleError(binding: "h:1", IOError(errnoCode: EMFILE, reason: "x"))
        else {
            Issue.record("not told")
            return
        }
    }

    @Test(
        "An address is written as console.address has it",
        arguments: [
            ("127.0.0.1", 9464, "127.0.0.1:9464"), ("::1", 9464, "[::1]:9464"), ("localhost", 0, "localhost:0"),
        ])
    func address(host: String, port: Int, text: String) {
        let server = ConsoleServer(host: host, port: port, sources: Shown().sources, logger: .silent)
        #expect(server.address == text)
    }

    @Test("What an observer has seen is what is shown, at the time of asking")
    func observer() throws {
        let observer = Observer(log: try LogWriter(format: .json, level: .error, output: Silent()))
        let sources = ConsoleSources(observer)
        #expect(!sources.health().isConnected)
        #expect(sources.exposition().contains("\ntrigger_bridge_broker_connected 0\n"))
        observer.observe(.connected(broker: "rabbit"))
        #expect(sources.health().isConnected)
        #expect(sources.exposition().contains("\ntrigger_bridge_broker_connected 1\n"))
        observer.log.close(deadline: .seconds(10))
    }

    /// Takes lines and forgets them.
    private struct Silent: LogOutput {
        func write(_ block: [UInt8]) -> Bool { true }
    }
}
