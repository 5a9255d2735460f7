import AMQP
import BrokerSupport
import HTTPSupport
import Poll
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Bridge

/// A bridge with a real broker whose mappings change while it runs.
@Suite("Reloading a running bridge", .serialized, .timeLimit(.minutes(5)))
struct MappingEndToEndTests {
    private typealias Fixture = MappingFixture

    /// A platform that answers once it is let go.
    private final class Gate: Sendable {
        private let open = Mutex(true)
        private let changed: Wakeup

        init() throws {
            changed = try Wakeup()
        }

        func close() { open.withLock { $0 = false } }

        func letGo() {
            open.withLock { $0 = true }
            changed.signal()
        }

        func pass() {
            var set = PollSet()
            set.add(changed.descriptor, .readable)
            // Never cleared once it is open, so that all who wait pass.
            while !open.withLock({ $0 }) { _ = set.wait(milliseconds: 10_000) }
        }
    }

    /// A folder with one mapping, and a virtual host with the exchange of the shop.
    private static func lay() throws -> (TemporaryFolder, VirtualHost) {
        let folder = try TemporaryFolder()
        try folder.makeFolder("mappings")
        try folder.write("mappings/a.json", Fixture.text("A", campaign: 7))
        let host = try PrivateBroker.shared().makeVirtualHost()
        try host.declareExchange("shop")
        return (folder, host)
    }

    private static let event = Array(#"{"email":"anna@example.com"}"#.utf8)

    @Test("events are launched by what is live when they come; those in flight finish on the version they began with")
    func versions() async throws {
        try await onOwnThread {
            let (folder, host) = try Self.lay()
            let gate = try Gate()
            let platform = try ScriptedServer { _, _ in
                gate.pass()
                return .answer()
            }
            defer { platform.stop() }
            let bridge = try RunningBridge(folder, host, platform: platform)
            let shop = try PublisherDriver.connected(host)

            gate.close()
            #expect(try shop.outcome(to: "order.paid", exchange: "shop", Self.event) == .confirmed)
            #expect(platform.waitUntil { $0.accepted == 1 })
            try folder.replace("mappings/a.json", Fixture.text("A", campaign: 8))
            try folder.write("mappings/b.json", Fixture.text("B", campaign: 9, keys: ["order.sent"]))
            #expect(bridge.probe.waitUntil { $0.health.mappingsLive == 2 })
            // The same body without a message id would be taken for a copy of the first.
            let second = Array(#"{"email":"anna@example.com","n":2}"#.utf8)
            #expect(try shop.outcome(to: "order.paid", exchange: "shop", second) == .confirmed)
            #expect(try shop.outcome(to: "order.sent", exchange: "shop", Self.event) == .confirmed, "bound before")
            gate.letGo()
            #expect(platform.waitUntil { $0.requests.count == 3 })
            #expect(bridge.launched.sorted() == [7, 8, 9])
            #expect(bridge.stop())
        }
    }

    @Test("an exchange that is missing holds back the mapping that needs it, until it is there")
    func missingExchange() async throws {
        try await onOwnThread {
            let (folder, host) = try Self.lay()
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let bridge = try RunningBridge(folder, host, platform: platform)
            let shop = try PublisherDriver.connected(host)

            try folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
            try folder.write("mappings/b.json", Fixture.text("B", campaign: 9, exchange: "depot"))
            let file = folder.path("mappings/b.json")
            #expect(
                bridge.probe.waitUntil { $0.health.mappingsRefused[file]?.contains("exchange \"depot\"") == true })
            #expect(bridge.probe.health.isReady, "one team's slip is no reason against being ready")
            #expect(bridge.probe.waitUntil { $0.lines("mappings live").count == 2 })
            #expect(try shop.outcome(to: "order.paid", exchange: "shop", Self.event) == .confirmed)
            #expect(platform.waitUntil { $0.requests.count == 1 })

            try host.declareExchange("depot")
            #expect(bridge.probe.waitUntil(within: .seconds(30)) { $0.health.mappingsLive == 2 })
            #expect(bridge.probe.waitUntil { $0.health.mappingsRefused.isEmpty })
            #expect(try shop.outcome(to: "order.paid", exchange: "depot", Self.event) == .confirmed)
            #expect(platform.waitUntil { $0.requests.count == 2 })
            #expect(bridge.launched == [8, 9])
            #expect(bridge.stop())
        }
    }

    @Test("a connection that is made again asks for what is live then")
    func reconnection() async throws {
        try await onOwnThread {
            let (folder, host) = try Self.lay()
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let bridge = try RunningBridge(folder, host, platform: platform)
            let shop = try PublisherDriver.connected(host)
            try folder.write("mappings/a.json", Fixture.text("A", campaign: 8, keys: ["order.sent"]))
            #expect(bridge.probe.waitUntil { $0.lines("no mapping needs routing key").count == 1 })
            try host.deleteQueue("orders")
            #expect(bridge.probe.waitUntil { !$0.health.isConsuming })
            #expect(bridge.probe.waitUntil(within: .seconds(30)) { $0.health.isConsuming })
            guard case .returned? = try shop.outcome(to: "order.paid", exchange: "shop", Self.event) else {
                Issue.record("the old key is still bound")
                return
            }
            #expect(try shop.outcome(to: "order.sent", exchange: "shop", Self.event) == .confirmed)
            #expect(platform.waitUntil { $0.requests.count == 1 })
            #expect(bridge.launched == [8])
            #expect(bridge.stop())
        }
    }

    @Test("a restart with a faulty file, and one that waits for an exchange, goes on with their last good versions")
    func restart() async throws {
        try await onOwnThread {
            let (folder, host) = try Self.lay()
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let shop = try PublisherDriver.connected(host)
            let first = try RunningBridge(folder, host, platform: platform)
            try folder.write("mappings/a.json", Fixture.text("A", campaign: 8))
            #expect(first.probe.waitUntil { $0.lines("mappings live").count == 2 })
            try folder.write("mappings/a.json", "{")
            #expect(first.probe.waitUntil { !$0.health.mappingsRefused.isEmpty })
            try folder.write("mappings/c.json", Fixture.text("C"))
            #expect(first.probe.waitUntil { $0.health.mappingsLive == 2 })
            try folder.write("mappings/c.json", Fixture.text("C", campaign: 9, exchange: "depot"))
            #expect(first.probe.waitUntil { $0.health.mappingsRefused.count == 2 })
            #expect(first.stop())

            let second = try RunningBridge(folder, host, platform: platform)
            #expect(second.probe.health.mappingsRefused.count == 2)
            #expect(try shop.outcome(to: "order.paid", exchange: "shop", Self.event) == .confirmed)
            #expect(platform.waitUntil { $0.requests.count == 2 })
            #expect(second.launched.sorted() == [7, 8])
            #expect(second.stop())
        }
    }
}
