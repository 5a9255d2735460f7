import AMQP
import BrokerSupport
import HTTPSupport
import Synchronization
import Telemetry
import Testing

@testable import Bridge

/// Parking through a publishing peer that follows a script: nothing is acknowledged before its confirm.
@Suite("The reactor parks", .timeLimit(.minutes(2)))
struct ReactorPublishingTests {
    /// What both peers were sent, in one order.
    private final class Seen: Sendable {
        let steps = Mutex<[String]>([])
        let connections = Mutex(0)

        func add(_ step: String) { steps.withLock { $0.append(step) } }

        func connection() -> Int {
            connections.withLock { count in
                count += 1
                return count
            }
        }
    }

    /// A source with these bodies; notes each acknowledgement by its tag.
    private static func source(_ seen: Seen, _ bodies: [String]) throws -> FakeBroker {
        try FakeBroker { connection in
            guard connection.login() else { return }
            connection.subscribe()
            for (place, body) in bodies.enumerated() { connection.deliver(UInt64(place + 1), body: Array(body.utf8)) }
            while let frame = connection.readFrame() {
                if frame.payload.starts(with: [0, 60, 0, 80]) { seen.add("acknowledged \(frame.payload[11])") }
                guard frame.payload.starts(with: [0, 10, 0, 50]) else { continue }
                connection.send(.init(10, 51), [], channel: 0)
            }
        }
    }

    /// Reads one publish whole; the queue that it is for, nil when the client has gone.
    private static func publish(_ connection: FakeConnection) -> String? {
        guard connection.awaitMethod(.init(60, 40)) else { return nil }
        // The header; the bodies here fit in one frame.
        guard let header = connection.readFrame(), header.type == 2, let body = connection.readFrame(), body.type == 3
        else { return nil }
        return String(decoding: body.payload, as: UTF8.self)
    }

    private static func confirm(_ connection: FakeConnection, _ sequence: UInt64) {
        connection.send(.init(60, 80), connection.bytes(sequence) + [0])
    }

    @Test("A refused publish is made again, and the event acknowledged after the confirm")
    func refused() async throws {
        try await onOwnThread {
            let seen = Seen()
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let parking = try FakeBroker { connection in
                guard connection.login(), connection.turnConfirmsOn(), Self.publish(connection) != nil else { return }
                seen.add("refused")
                connection.send(.init(60, 120), connection.bytes(UInt64(1)) + [0])
                guard Self.publish(connection) != nil else { return }
                seen.add("confirmed")
                Self.confirm(connection, 2)
                connection.drain()
            }
            let bench = try ReactorBench(Self.source(seen, ["no JSON"]), platform, publishing: parking)
            #expect(bench.says("parked"))
            #expect(bench.says("alarm cleared"))
            #expect(bench.probe.lines("alarm raised").count == 1)
            #expect(bench.probe.lines("consumption paused").count == 1)
            #expect(bench.stop() == .stopped)
            #expect(seen.steps.withLock { $0 } == ["refused", "confirmed", "acknowledged 1"])
        }
    }

    @Test("A publishing connection that is lost before the confirm: published again on the next one, acknowledged once")
    func lost() async throws {
        try await onOwnThread {
            let seen = Seen()
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let parking = try FakeBroker { connection in
                guard connection.login(), connection.turnConfirmsOn() else { return }
                let isFirst = seen.connection() == 1
                guard let body = Self.publish(connection) else { return }
                seen.add("published \(body)")
                guard !isFirst else { return }
                Self.confirm(connection, 1)
                connection.drain()
            }
            let bench = try ReactorBench(Self.source(seen, ["no JSON"]), platform, publishing: parking)
            #expect(bench.says("parked"))
            #expect(bench.says("publisher not connected"))
            #expect(bench.stop() == .stopped)
            #expect(
                seen.steps.withLock { $0 } == ["published no JSON", "published no JSON", "acknowledged 1"])
        }
    }

    @Test("While the broker blocks publishers nothing more is taken, and what is under way is not published again")
    func blocked() async throws {
        try await onOwnThread {
            let (seen, isTold) = (Seen(), try Signal())
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let parking = try FakeBroker { connection in
                guard connection.login(), connection.turnConfirmsOn(), Self.publish(connection) != nil else { return }
                seen.add("published")
                connection.send(.init(10, 60), [3] + Array("mem".utf8), channel: 0)
                isTold.wait()
                connection.send(.init(10, 61), [], channel: 0)
                Self.confirm(connection, 1)
                connection.drain()
            }
            let bench = try ReactorBench(Self.source(seen, ["no JSON"]), platform, publishing: parking)
            #expect(bench.says("alarm raised"))
            #expect(bench.says("consumption paused"))
            #expect(bench.probe.waitUntil { !$0.health.isReady })
            #expect(seen.steps.withLock { $0 } == ["published"])
            isTold.give()
            #expect(bench.says("parked"))
            #expect(bench.says("consuming", times: 2))
            #expect(bench.stop() == .stopped)
            #expect(seen.steps.withLock { $0 } == ["published", "acknowledged 1"])
            #expect(bench.probe.health.alarms.isEmpty)
        }
    }

    @Test("An event between two that are parked is launched meanwhile; one acknowledgement covers what is settled")
    func between() async throws {
        try await onOwnThread {
            let (seen, isLaunched) = (Seen(), try Signal())
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let parking = try FakeBroker { connection in
                guard connection.login(), connection.turnConfirmsOn() else { return }
                for sequence in UInt64(1)...2 {
                    guard Self.publish(connection) != nil else { return }
                    if sequence == 1 { isLaunched.wait() }
                    Self.confirm(connection, sequence)
                }
                connection.drain()
            }
            let event = String(decoding: ReactorBench.event(1), as: UTF8.self)
            let bench = try ReactorBench(Self.source(seen, ["{", event, "["]), platform, publishing: parking)
            #expect(bench.says("launched"))
            isLaunched.give()
            #expect(bench.says("parked", times: 2))
            #expect(bench.stop() == .stopped)
            let steps = seen.steps.withLock { $0 }
            // The second event's own comes first: a `multiple` would have covered the first, which had no confirm.
            #expect(steps.first == "acknowledged 2" && steps.last == "acknowledged 3", "\(steps)")
        }
    }
}
