import Foundation
import HTTPSupport
import HTTPTransport
import TestSupport
import Testing

/// The proxy variables, each request in a process of its own: the environment belongs to the process.
@Suite("Proxy variables", .timeLimit(.minutes(1)))
struct ProxyTests {
    @Test("http_proxy gets the request whole, with the full address")
    func plain() throws {
        let proxy = try ScriptedServer(always: .answer(200, "through"))
        let end = try post("http://altcraft.invalid/api", ["http_proxy": "http://127.0.0.1:\(proxy.port)"])
        #expect(end == "response 200 through")
        let head = try #require(proxy.log.requests.first?.head)
        #expect(head.hasPrefix("POST http://altcraft.invalid/api HTTP/1.1\r\n"))
    }

    @Test("A proxy that refuses the tunnel: never written")
    func refusedTunnel() throws {
        let proxy = try ScriptedServer(always: .answer(403, "no"))
        let end = try post("https://altcraft.invalid/api", ["https_proxy": "http://127.0.0.1:\(proxy.port)"])
        #expect(end == "never written proxy")
        let head = try #require(proxy.log.requests.first?.head)
        #expect(head.hasPrefix("CONNECT altcraft.invalid:443 "))
    }

    @Test("A proxy that is not there: never written; no_proxy goes past it")
    func absent() throws {
        let server = try ScriptedServer(always: .answer())
        let gone = try ScriptedServer(always: .answer())
        gone.stop()
        let proxied = ["http_proxy": "http://127.0.0.1:\(gone.port)"]
        #expect(try post(server.url(), proxied) == "never written connect")
        let past = try post(server.url(), proxied.merging(["no_proxy": "127.0.0.1"]) { $1 })
        #expect(past.hasPrefix("response 200 "))
    }

    /// What `http-probe`, which lies beside the tests, prints in an environment.
    private func post(_ url: String, _ environment: [String: String]) throws -> String {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["-s", "KILL", "30", BuiltPrograms.url("http-probe").path, url]
        process.environment = environment
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
