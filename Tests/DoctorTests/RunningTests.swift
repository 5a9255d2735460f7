import AMQP
import BrokerSupport
import Glibc
import HTTPSupport
import Synchronization
import TestSupport
import Testing

/// What `run` notices while it runs, as a program with a real broker.
@Suite("The running bridge", .timeLimit(.minutes(3)))
struct RunningTests {
    private static func lay(_ host: VirtualHost) throws -> TemporaryFolder {
        try host.declareExchange("shop")
        let place = try TemporaryFolder.withMappings()
        try place.writeMapping()
        return place
    }

    private static func bridge(
        _ place: TemporaryFolder, _ host: VirtualHost, _ platform: ScriptedServer, _ more: [String] = []
    ) throws -> Program {
        try Program(
            "trigger-bridge",
            ["run", "--broker-declare"] + place.flags(host.url(), platform: platform.port, more))
    }

    @Test("A queue that is deleted under it is noticed at once, and made again")
    func deletedQueue() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let bridge = try Self.bridge(place, host, platform)
            try bridge.wait(for: "consuming")
            try host.deleteQueue("orders")
            try bridge.wait(for: #"there is no queue \"orders\""#, within: .seconds(3))
            try bridge.wait(for: #""message":"consuming"#, count: 2)
            let shop = try PublisherDriver.connected(host)
            let body = Array(#"{"email": "anna@example.com", "number": 7}"#.utf8)
            #expect(try shop.outcome(to: "order.paid", exchange: "shop", body) == .confirmed)
            try bridge.wait(for: #""message":"launched""#)
            #expect(bridge.stop() == 0)
        }
    }

    @Test("Another consumer beside the local ledger is a warning at the start; with the ledger off there is none")
    func company() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let first = try Self.bridge(place, host, platform)
            try first.wait(for: "consuming")
            let second = try Self.bridge(place, host, platform, ["--ledger-path", place.path("other.sqlite")])
            try second.wait(for: "has 1 other consumer(s), and the ledger is local")
            #expect(second.stop() == 0)
            let third = try Self.bridge(place, host, platform, ["--ledger-enabled=false"])
            try third.wait(for: "consuming")
            #expect(third.stop() == 0)
            #expect(third.lines("other consumer").isEmpty)
            #expect(first.stop() == 0)
            #expect(first.lines("other consumer").isEmpty)
        }
    }

    @Test("A token file that changes is used from then on; one that is broken leaves the last good token")
    func token() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            try place.write("token", "first-token\n")
            var flags = place.flags(host.url(), platform: platform.port)
            if let old = flags.firstIndex(of: "--altcraft-token") { flags.removeSubrange(old...(old + 1)) }
            let bridge = try Program(
                "trigger-bridge", ["run", "--broker-declare", "--altcraft-token-file", place.path("token")] + flags)
            try bridge.wait(for: "consuming")
            let shop = try PublisherDriver.connected(host)
            func launch(_ count: Int) throws -> String {
                let body = Array(#"{"email": "anna@example.com", "number": \#(count)}"#.utf8)
                #expect(try shop.outcome(to: "order.paid", exchange: "shop", body) == .confirmed)
                try bridge.wait(for: #""message":"launched""#, count: count)
                return String(decoding: platform.log.requests.last?.body ?? [], as: UTF8.self)
            }
            #expect(try launch(1).contains("first-token"))
            try place.write("token", "second-token\n")
            try bridge.wait(for: "token read again")
            #expect(try launch(2).contains("second-token"))
            try place.write("token", "")
            try bridge.wait(for: "the last good one stays in force")
            #expect(try launch(3).contains("second-token"))
            #expect(bridge.stop() == 0)
            #expect(!bridge.said.contains("second-token") && !bridge.said.contains("first-token"))
        }
    }

    /// A pipe that nobody writes to is opened for ever, as a file on a network that has gone is.
    @Test("A token file that hangs holds nothing up: probes go out, launches go on, and the stop is in order")
    func hangingToken() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let isSick = Atomic(true)
            let platform = try ScriptedServer { _, _ in isSick.load(ordering: .acquiring) ? .answer(503) : .answer() }
            defer { platform.stop() }
            try place.write("token", "first-token\n")
            var flags = place.flags(host.url(), platform: platform.port, ["--circuit-probe-max", "1s"])
            if let old = flags.firstIndex(of: "--altcraft-token") { flags.removeSubrange(old...(old + 1)) }
            let bridge = try Program(
                "trigger-bridge", ["run", "--broker-declare", "--altcraft-token-file", place.path("token")] + flags)
            try bridge.wait(for: "consuming")
            let pipe = place.path("token.pipe")
            #expect(unsafe mkfifo(pipe, 0o600) == 0)
            #expect(unsafe rename(pipe, place.path("token")) == 0)
            let shop = try PublisherDriver.connected(host)
            let body = Array(#"{"email": "anna@example.com", "number": 1}"#.utf8)
            #expect(try shop.outcome(to: "order.paid", exchange: "shop", body) == .confirmed)
            // The first probe goes out when the circuit has opened; the second shows that the first held nothing up.
            try bridge.wait(for: "circuit opened")
            try bridge.wait(for: "circuit stays open", count: 2)
            isSick.store(false, ordering: .releasing)
            try bridge.wait(for: #""message":"launched""#)
            #expect(bridge.stop() == 0)
        }
    }
}
