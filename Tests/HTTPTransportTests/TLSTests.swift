import HTTPSupport
import HTTPTransport
import Testing

/// TLS against `openssl s_server`: whom we trust, and from which version on.
@Suite(
    "TLS", .timeLimit(.minutes(1)), .enabled(if: TLSServer.isAvailable, "/usr/bin/openssl is absent"))
struct TLSTests {
    private static let loopback = "DNS:localhost,IP:127.0.0.1"

    private func result(_ server: TLSServer, host: String = "127.0.0.1", caFile: String?) throws -> HTTPResult {
        let driver = try TransportDriver { $0.caFile = caFile }
        return try driver.perform(.probe("https://\(host):\(server.port)/"))
    }

    @Test("A server with a certificate of our CA file answers, by address and by name")
    func trusted() throws {
        let server = try TLSServer(names: Self.loopback)
        #expect(try result(server, caFile: server.caFile).response?.status == 200)
        #expect(try result(server, host: "localhost", caFile: server.caFile).response?.status == 200)
    }

    @Test("A certificate that nobody vouches for: never written")
    func unknownAuthority() throws {
        let server = try TLSServer(names: Self.loopback)
        #expect(try result(server, caFile: nil).neverWritten == .certificate)
        let other = try TLSServer(names: Self.loopback)
        #expect(try result(server, caFile: other.caFile).neverWritten == .certificate)
    }

    @Test("A certificate for another host: never written")
    func otherHost() throws {
        let server = try TLSServer(names: "DNS:altcraft.example")
        #expect(try result(server, caFile: server.caFile).neverWritten == .certificate)
    }

    @Test("A CA file that is not there: never written, and the detail names it")
    func noCAFile() throws {
        let server = try TLSServer(names: Self.loopback)
        guard case .neverWritten(let failure) = try result(server, caFile: "/nonexistent/ca.pem") else {
            Issue.record("trusted without an authority")
            return
        }
        #expect(failure.reason == .certificate)
        #expect(failure.detail.contains("/nonexistent/ca.pem"))
    }

    @Test("TLS 1.1 is refused, 1.2 and 1.3 are spoken", arguments: ["-tls1_1", "-tls1_2", "-tls1_3"])
    func version(option: String) throws {
        let options = [option] + (option == "-tls1_1" ? ["-cipher", "DEFAULT@SECLEVEL=0"] : [])
        let server = try TLSServer(names: Self.loopback, options: options)
        let result = try result(server, caFile: server.caFile)
        if option == "-tls1_1" {
            #expect(result.neverWritten == .tls)
        } else {
            #expect(result.response?.status == 200)
        }
    }

    @Test("A plain request to a TLS port is an answer of its own or unknown, never accepted")
    func plainToTLS() throws {
        let server = try TLSServer(names: Self.loopback)
        let result = try TransportDriver().perform(.launch("http://127.0.0.1:\(server.port)/"))
        #expect(result.response?.status != 200)
        #expect(result.neverWritten == nil)
    }
}
