import AMQP
import BrokerSupport
import Foundation
import Glibc
import Testing

/// Encrypted connections: what is accepted, and which words a refusal has.
@Suite(.timeLimit(.minutes(2)))
struct TLSTests {
    private static func attempt(
        _ url: String, _ tls: BrokerTLS, _ authentication: ConnectionSettings.Authentication = .password
    ) throws -> BrokerFault? {
        let settings = ConnectionSettings(
            address: try BrokerAddress(parsing: url), connectionName: "test", tls: tls, authentication: authentication,
            connectTimeout: .seconds(3), handshakeTimeout: .seconds(3))
        do throws(BrokerError) {
            let session = try BrokerSession.open(settings)
            session.close()
            return nil
        } catch {
            return error.fault
        }
    }

    @Test func theRightAuthorityIsAccepted() async throws {
        try await withVirtualHost { host in
            try #expect(Self.attempt(host.encryptedURL(), host.tls) == nil)
            // librabbitmq 0.11 alone would refuse an address.
            try #expect(Self.attempt(host.encryptedURL(host: "127.0.0.1"), host.tls) == nil)
        }
    }

    @Test func otherAuthoritiesAreNot() async throws {
        try await withVirtualHost { host in
            for file in [host.file("stranger.pem"), BrokerTLS.systemAuthorities] {
                guard
                    case .certificateAuthority? = try Self.attempt(
                        host.encryptedURL(), BrokerTLS(authoritiesFile: file))
                else {
                    Issue.record("\(file) was trusted")
                    return
                }
            }
            let blind = BrokerTLS(authoritiesFile: host.file("stranger.pem"), verifiesPeer: false)
            try #expect(Self.attempt(host.encryptedURL(), blind) == nil)
        }
    }

    @Test func unusableFilesAreNamed() async throws {
        try await withVirtualHost { host in
            let missing = BrokerTLS(authoritiesFile: "/none.pem")
            try #expect(Self.attempt(host.encryptedURL(), missing) == .tlsFile(role: .authorities, path: "/none.pem"))
            let locked = host.file("locked.key")
            try Command.run([
                "openssl", "ec", "-in", host.file("bridge-client.key"), "-aes256", "-passout", "pass:x", "-out", locked,
            ])
            for key in ["/none.key", locked, host.file("server.key")] {
                var tls = host.tls
                tls.identity = .init(certificateFile: host.file("bridge-client.pem"), keyFile: key)
                guard case .tlsFile(role: .identity, _)? = try Self.attempt(host.encryptedURL(), tls) else {
                    Issue.record("\(key) was taken")
                    return
                }
            }
        }
    }

    @Test func certificatesOfOthersAndOfThePastAreRefused() async throws {
        try await withVirtualHost { host in
            try Self.withServer(host, certificate: "elsewhere") { port in
                let url = "amqps://localhost:\(port)"
                try #expect(Self.attempt(url, host.tls) == .certificateHost(host: "localhost"))
                try #expect(
                    Self.attempt("amqps://127.0.0.1:\(port)", host.tls) == .certificateHost(host: "127.0.0.1"))
            }
            try Self.withServer(host, certificate: "expired") { port in
                guard case .certificateTime(let words)? = try Self.attempt("amqps://localhost:\(port)", host.tls)
                else {
                    Issue.record("an expired certificate was taken")
                    return
                }
                #expect(words.contains("expired"))
            }
        }
    }

    @Test func wrongPortsSayWhatTheySpeak() async throws {
        try await withVirtualHost { host in
            let plain = "amqps://localhost:\(host.broker.port)/\(host.name)"
            try #expect(Self.attempt(plain, host.tls) == .notTLS)
            let encrypted = "amqp://127.0.0.1:\(host.broker.port + 1)/\(host.name)"
            let fault = try #require(try Self.attempt(encrypted, host.tls))
            #expect(fault == .cutDuringLogin)
            #expect(fault.advice.contains("amqps://"))
        }
    }

    @Test func aClientCertificateLogsIn() async throws {
        try await withVirtualHost { host in
            let user = "bridge-client"
            _ = try? host.broker.control("add_user", user, "unused")
            try host.broker.control("set_permissions", "-p", host.name, user, ".*", ".*", ".*")
            var tls = host.tls
            let without = try Self.attempt(host.encryptedURL(), tls, .certificate)
            guard case .loginRefused? = without else {
                Issue.record("\(String(describing: without))")
                return
            }
            tls.identity = .init(
                certificateFile: host.file("bridge-client.pem"), keyFile: host.file("bridge-client.key"))
            try #expect(Self.attempt(host.encryptedURL(), tls, .certificate) == nil)
        }
    }

    @Test func messagesTravelEncrypted() async throws {
        try await withVirtualHost { host in
            let settings = ConnectionSettings(
                address: try BrokerAddress(parsing: host.encryptedURL()), connectionName: "test", tls: host.tls)
            let consumer = try ConsumerDriver(
                settings, ConsumerSettings(queue: "orders", consumerTag: "c"), Topology([.declareQueue("orders")]))
            consumer.connection.resume()
            let publisher = try PublisherDriver(settings)
            let bodies = (0..<300).map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: 1 + $0 * 97) }
            try publisher.run { $0.isConnected }
            try publisher.publishAll(to: "orders", bodies)
            try consumer.run(onEvent: { event in
                if case .delivery(let delivery) = event { consumer.connection.acknowledge(delivery.receipt) }
            }) { _ in consumer.deliveries.count == bodies.count }
            #expect(consumer.deliveries.map(\.body) == bodies)
            try consumer.flush()
            try settled(host, "orders", ready: 0, unacknowledged: 0)
            consumer.connection.close()
            try consumer.run { $0.contains(.closed(nil)) }
        }
    }

    /// A TLS server that shows this certificate and speaks nothing.
    private static func withServer(_ host: VirtualHost, certificate: String, _ body: (Int) throws -> Void) throws {
        // Outside of the range that the system gives to clients; another one where somebody listens there already.
        for _ in 0..<20 {
            let port = Int.random(in: 21_000...31_999)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/openssl")
            process.arguments = [
                "s_server", "-accept", "127.0.0.1:\(port)", "-quiet", "-cert", host.file("\(certificate).pem"), "-key",
                host.file("\(certificate).key"),
            ]
            process.standardInput = Pipe()
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            defer {
                // SIGTERM is blocked in children of threads that a dispatch queue has made.
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            let answers = try Command.run([
                "bash", "-c",
                """
                for _ in $(seq 1000); do
                    (exec 3<>/dev/tcp/127.0.0.1/\(port)) 2>/dev/null && echo yes && exit
                    kill -0 \(process.processIdentifier) 2>/dev/null || exit 0
                    sleep 0.02
                done
                """,
            ])
            guard answers.hasPrefix("yes"), process.isRunning else { continue }
            return try body(port)
        }
        Issue.record("no free port for a server")
    }
}
