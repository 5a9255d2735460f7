import Foundation
import HTTPSupport
import HTTPTransport
import Testing

/// The proxy variables, each test in a process of its own: the environment belongs to the process.
@Suite("Proxy variables", .timeLimit(.minutes(1)))
struct ProxyTests {
    @Test("http_proxy gets the request whole, with the full address")
    func plain() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedServer(always: .answer(200, "through"))
            unsafe setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            let answer = try TransportDriver().perform(.launch("http://altcraft.invalid/api"))
            try #require(answer.response?.text == "through")
            try #require(
                proxy.log.requests.first?.head.hasPrefix("POST http://altcraft.invalid/api HTTP/1.1\r\n") == true)
        }
    }

    @Test("A proxy that refuses the tunnel: never written")
    func refusedTunnel() async {
        await #expect(processExitsWith: .success) {
            let proxy = try ScriptedServer(always: .answer(403, "no"))
            unsafe setenv("https_proxy", "http://127.0.0.1:\(proxy.port)", 1)
            let answer = try TransportDriver().perform(.launch("https://altcraft.invalid/api"))
            try #require(answer.neverWritten == .proxy)
            try #require(proxy.log.requests.first?.head.hasPrefix("CONNECT altcraft.invalid:443 ") == true)
        }
    }

    @Test("A proxy that is not there: never written; no_proxy goes past it")
    func absent() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedServer(always: .answer())
            let gone = try ScriptedServer(always: .answer())
            gone.stop()
            unsafe setenv("http_proxy", "http://127.0.0.1:\(gone.port)", 1)
            try #require(TransportDriver().perform(.launch(server.url())).neverWritten == .connect)
            unsafe setenv("no_proxy", "127.0.0.1", 1)
            try #require(TransportDriver().perform(.launch(server.url())).response?.status == 200)
        }
    }
}
