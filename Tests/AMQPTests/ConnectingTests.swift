import AMQP
import BrokerSupport
import Testing

/// How connecting ends, and what it says when it does not work.
@Suite(.timeLimit(.minutes(2)))
struct ConnectingTests {
    /// The fault of an attempt that must fail.
    private static func fault(
        _ url: String, tls: BrokerTLS = BrokerTLS(), authentication: ConnectionSettings.Authentication = .password
    ) throws -> BrokerFault? {
        let settings = ConnectionSettings(
            address: try BrokerAddress(parsing: url), connectionName: "test", tls: tls, authentication: authentication,
            connectTimeout: .seconds(3), handshakeTimeout: .seconds(3), requestTimeout: .seconds(3))
        do throws(BrokerError) {
            let session = try BrokerSession.open(settings)
            session.close()
            return nil
        } catch {
            #expect(!error.description.contains("guest:guest") && !error.description.contains("s3cret"))
            return error.fault
        }
    }

    @Test func wrongLoginsAndHostsSayWhichTheyAre() async throws {
        try await withVirtualHost { host in
            guard case .loginRefused? = try Self.fault(host.url(password: "s3cret")) else {
                Issue.record("wrong password")
                return
            }
            guard case .virtualHostRefused(let name, _)? = try Self.fault("amqp://127.0.0.1:\(host.broker.port)/none")
            else {
                Issue.record("missing virtual host")
                return
            }
            #expect(name == "none")
            try #expect(Self.fault(host.url()) == nil)
        }
    }

    @Test func aUserWithoutPermissionsIsRefused() async throws {
        try await withVirtualHost { host in
            let user = "poor-\(host.name)"
            try host.broker.control("add_user", user, "s3cret")
            let url = host.url(user: user, password: "s3cret")
            guard case .virtualHostRefused? = try Self.fault(url) else {
                Issue.record("virtual host without permission")
                return
            }
            try host.broker.control("set_permissions", "-p", host.name, user, "^none$", "^none$", "^none$")
            var session = try BrokerSession.open(
                ConnectionSettings(address: try BrokerAddress(parsing: url), connectionName: "test"))
            let report = try session.apply(Topology([.declareQueue("orders")]))
            guard case .accessRefused? = report.failures.first?.error.fault else {
                Issue.record("\(report)")
                return
            }
        }
    }

    @Test func unreachableHostsSayWhy() async throws {
        try await onOwnThread {
            try #expect(Self.fault("amqp://name.invalid") == .nameNotResolved(host: "name.invalid"))
            try #expect(Self.fault("amqp://127.0.0.1:1") == .refused)
            try #expect(Self.fault("amqps://127.0.0.1:1", tls: BrokerTLS()) == .refused)
            let silent = try FakeBroker { $0.drain() }
            try #expect(Self.fault("amqp://127.0.0.1:\(silent.port)") == .loginTimeout)
            let closing = try FakeBroker { _ in }
            try #expect(Self.fault("amqp://127.0.0.1:\(closing.port)") == .cutDuringLogin)
        }
    }

    @Test func hostsAreTriedInTurn() async throws {
        try await withVirtualHost { host in
            let second = "127.0.0.1:\(host.broker.port)/\(host.name)"
            try #expect(Self.fault("amqp://guest:guest@127.0.0.1:1,\(second)") == nil)
            try #expect(Self.fault("amqp://127.0.0.1:1,name.invalid") == .nameNotResolved(host: "name.invalid"))
        }
    }

    @Test func operatorsSeeTheNameAndTheCapabilities() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver(
                host.settings("bridge on host 7", heartbeatSeconds: 7),
                ConsumerSettings(queue: "q", consumerTag: "c"), Topology())
            let seen = try host.broker.control(
                "list_connections", "vhost", "timeout", "client_properties", "--no-table-headers")
            let line = try #require(seen.split(separator: "\n").first { $0.contains(host.name + "\t") })
            #expect(line.contains("bridge on host 7") && line.contains("\t7\t"))
            for capability in ["consumer_cancel_notify", "connection.blocked", "publisher_confirms", "basic.nack"] {
                #expect(line.contains("{\"\(capability)\",true}"), "\(line)")
            }
            #expect(consumer.connection.server.product == "RabbitMQ")
            #expect(consumer.connection.server.version != nil)
        }
    }

    @Test func aServerWithoutHeartbeatsGetsThemAllTheSame() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                guard connection.login(heartbeat: 0) else { return }
                connection.drain()
            }
            let session = try BrokerSession.open(try fake.settings(heartbeatSeconds: 9))
            let kept = session.heartbeatSeconds
            #expect(kept == 9)
            let small = try FakeBroker { connection in
                guard connection.login(heartbeat: 4) else { return }
                connection.drain()
            }
            let lowered = try BrokerSession.open(try small.settings(heartbeatSeconds: 9)).heartbeatSeconds
            #expect(lowered == 4)
        }
    }
}
