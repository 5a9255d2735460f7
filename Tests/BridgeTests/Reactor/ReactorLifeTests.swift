import AMQP
import BrokerSupport
import HTTPSupport
import Poll
import Synchronization
import Telemetry
import Testing

@testable import Bridge

/// How the reactor begins and ends, and what others ask of it meanwhile.
@Suite("The reactor's life", .timeLimit(.minutes(2)))
struct ReactorLifeTests {
    /// What a peer has seen, connection by connection.
    private final class Seen: Sendable {
        let steps = Mutex<[String]>([])
        private let connections = Mutex(0)

        func connection() -> Int {
            connections.withLock { count in
                count += 1
                return count
            }
        }

        func count(_ step: String) -> Int { steps.withLock { $0.count { $0 == step } } }

        /// Answers connection.close, and notes acknowledgements and channels that are closed, until the client has gone.
        func follow(_ connection: FakeConnection, _ number: Int) {
            while let frame = connection.readFrame() {
                switch Array(frame.payload.prefix(4)) {
                case [0, 60, 0, 80]: steps.withLock { $0.append("\(number): acknowledged \(frame.payload[11])") }
                case [0, 20, 0, 40]:
                    steps.withLock { $0.append("\(number): given back") }
                    connection.send(.init(20, 41), [])
                case [0, 10, 0, 50]: connection.send(.init(10, 51), [], channel: 0)
                default: break
                }
            }
        }
    }

    /// A peer that delivers these events on each connection.
    private static func broker(_ seen: Seen, _ numbers: ClosedRange<Int>) throws -> FakeBroker {
        try FakeBroker { connection in
            guard connection.login() else { return }
            connection.subscribe()
            for (place, number) in numbers.enumerated() {
                connection.deliver(UInt64(place + 1), body: ReactorBench.event(number))
            }
            seen.follow(connection, seen.connection())
        }
    }

    @Test("Told to stop, it waits for an answer no longer than its deadline, and gives back what has none")
    func stopWhileHanging() async throws {
        try await onOwnThread {
            let (seen, platform) = (Seen(), try ScriptedServer(always: .hang))
            defer { platform.stop() }
            let bench = try ReactorBench(Self.broker(seen, 1...3), platform)
            #expect(platform.waitUntil { $0.requests.count == 1 })
            #expect(bench.stop() == .stopped)
            #expect(seen.steps.withLock { $0 }.allSatisfy { $0 == "1: given back" })
            #expect(bench.says("stopping"))
            #expect(bench.probe.health.isStopping)
        }
    }

    @Test("Told to stop before it ever had a connection, it ends at once")
    func stopWithoutABroker() async throws {
        try await onOwnThread {
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            // One that accepts and closes.
            let bench = try ReactorBench(FakeBroker { _ in }, platform)
            #expect(bench.says("no connection to the broker", times: 2))
            #expect(bench.stop() == .stopped)
            #expect(platform.log.requests.isEmpty)
        }
    }

    @Test("A parking queue that is missing at the first connection ends the start, with its name")
    func refused() async throws {
        try await onOwnThread {
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let broker = try FakeBroker { connection in
                guard connection.login(), connection.awaitMethod(.init(20, 10)) else { return }
                connection.send(.init(20, 11), [0, 0, 0, 0])
                guard connection.awaitMethod(.init(50, 10)) else { return }
                connection.send(.init(20, 40), connection.bytes(UInt16(404)) + [1, 120, 0, 50, 0, 10])
                connection.drain()
            }
            let settings = try broker.settings()
            let bench = try ReactorBench(broker, platform) { parts in
                parts.connector = BrokerConnector(
                    connection: settings, consumer: ConsumerSettings(queue: "orders", consumerTag: "test"),
                    topology: Topology([.expectQueue("orders.parked")]), generations: GenerationSource(),
                    wakeup: parts.wakeup)
            }
            guard case .refused(let reasons)? = bench.end() else {
                Issue.record("not refused")
                return
            }
            #expect(reasons.count == 1 && reasons[0].contains(#"there is no queue "orders.parked""#))
        }
    }

    @Test(
        "An answer that comes when its connection has gone settles nothing on the next one, and nothing is made twice")
    func lateAnswer() async throws {
        try await onOwnThread {
            let seen = Seen()
            let isRead = try Signal()
            // Slow enough for the connection to go meanwhile.
            let slow = Exchange(
                .whole, [.drip(Exchange.response(200, [], #"{"error":0}"# + String(repeating: " ", count: 400)))])
            let platform = try ScriptedServer(always: slow)
            defer { platform.stop() }
            let broker = try FakeBroker { connection in
                guard connection.login() else { return }
                let number = seen.connection()
                connection.subscribe()
                connection.deliver(1, body: ReactorBench.event(1))
                guard number > 1 else { return isRead.wait() }
                seen.follow(connection, number)
            }
            let bench = try ReactorBench(broker, platform)
            #expect(platform.waitUntil { $0.requests.count == 1 })
            isRead.give()
            #expect(bench.says("no connection to the broker"))
            #expect(bench.probe.waitUntil { _ in seen.count("2: acknowledged 1") == 1 })
            #expect(bench.stop() == .stopped)
            #expect(platform.log.requests.count == 1)
            #expect(seen.steps.withLock { $0 } == ["2: acknowledged 1"])
        }
    }

    @Test("Other mappings are in force from the next event on")
    func mappings() async throws {
        try await onOwnThread {
            let (goesOn, platform) = (try Signal(), try ScriptedServer(always: .answer()))
            defer { platform.stop() }
            let broker = try FakeBroker { connection in
                guard connection.login() else { return }
                connection.subscribe()
                connection.deliver(1, body: ReactorBench.event(1))
                goesOn.wait()
                connection.deliver(2, body: ReactorBench.event(2))
                connection.awaitClose()
            }
            let bench = try ReactorBench(broker, platform)
            #expect(bench.says("launched"))
            #expect(bench.commands.post(.useMappings(ReactorBench.mappings(campaign: 8))))
            #expect(bench.says("mappings live", times: 2))
            goesOn.give()
            #expect(platform.waitUntil { $0.requests.count == 2 })
            let bodies = platform.log.requests.map { String(decoding: $0.body, as: UTF8.self) }
            #expect(bodies[0].contains(#""id":7"#) && bodies[1].contains(#""id":8"#), "\(bodies)")
            #expect(bench.stop() == .stopped)
        }
    }

    @Test("What was seen of the queues is shown; its own consumer is none beside it")
    func queues() async throws {
        try await onOwnThread {
            let (seen, platform) = (Seen(), try ScriptedServer(always: .answer()))
            defer { platform.stop() }
            let bench = try ReactorBench(Self.broker(seen, 1...1), platform)
            #expect(bench.says("launched"))
            func look(_ messages: UInt32) {
                let status = QueueStatus(messages: messages, consumers: 1)
                _ = bench.commands.post(.queuesSeen(TopologyReport(queues: ["orders": status])))
            }
            for messages in UInt32(40)...42 { look(messages) }
            #expect(
                bench.probe.waitUntil { probe in
                    probe.observer.exposition().split(separator: "\n").contains {
                        $0.contains("queue_messages_ready") && $0.hasSuffix(" 42")
                    }
                })
            #expect(bench.stop() == .stopped)
            #expect(!bench.probe.lines("the queue orders has").contains { $0.contains("other consumer") })
        }
    }
}
