import AMQP
import BrokerSupport
import HTTPSupport
import Poll
import Synchronization
import Testing

@testable import Bridge

/// The reactor and the end of its consuming connection, in every way that a peer can bring it about.
@Suite("The reactor's consuming connection", .timeLimit(.minutes(2)))
struct ReactorBrokerTests {
    /// How often a peer was connected to, and the frames that it was sent.
    private final class Seen: Sendable {
        let connections = Mutex(0)
        let methods = Mutex<[[UInt8]]>([])

        /// Counts a connection; its number, from 1.
        func connection() -> Int {
            connections.withLock { count in
                count += 1
                return count
            }
        }
    }

    /// A connection that is good for nothing but being closed.
    private static func idle(_ connection: FakeConnection) {
        connection.subscribe()
        connection.awaitClose()
    }

    @Test("A reset is noticed although so much is held that nothing more is read")
    func resetWhileFull() async throws {
        try await onOwnThread {
            let platform = try ScriptedServer(always: .hang)
            defer { platform.stop() }
            let (seen, isFull) = (Seen(), try Signal())
            let broker = try FakeBroker { connection in
                // A heartbeat that is due would find the end as well, so none is due for a minute.
                guard connection.login(heartbeat: 120) else { return }
                guard seen.connection() == 1 else { return Self.idle(connection) }
                connection.subscribe()
                for tag in 1...5 { connection.deliver(UInt64(tag), body: ReactorBench.event(tag)) }
                isFull.wait()
                for tag in 6...8 { connection.deliver(UInt64(tag), body: ReactorBench.event(tag)) }
                connection.reset()
            }
            // One event is more than may be held, so the first round of reading fills it.
            let bench = try ReactorBench(broker, platform) { $0.inFlightBytes = 10 }
            #expect(platform.waitUntil { $0.requests.count == 1 })
            isFull.give()
            #expect(bench.says("no connection to the broker"))
            #expect(bench.says("consuming", times: 2))
            #expect(bench.stop() == .stopped)
        }
    }

    @Test(
        "A consumer that the broker cancels, and a channel or connection that it closes, are made anew",
        arguments: ["cancel", "channel", "connection", "silence"])
    func madeAnew(how: String) async throws {
        try await onOwnThread {
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let seen = Seen()
            let broker = try FakeBroker { connection in
                guard connection.login() else { return }
                guard seen.connection() == 1 else {
                    connection.subscribe()
                    connection.deliver(1, body: ReactorBench.event(1))
                    return connection.awaitClose()
                }
                connection.subscribe()
                switch how {
                case "cancel": connection.send(.init(60, 30), [4] + Array("test".utf8) + [0])
                case "channel": connection.send(.init(20, 40), connection.bytes(UInt16(406)) + [1, 120, 0, 0, 0, 0])
                case "connection":
                    connection.send(.init(10, 50), connection.bytes(UInt16(320)) + [1, 120, 0, 0, 0, 0], channel: 0)
                default: return
                }
                connection.drain()
            }
            let bench = try ReactorBench(broker, platform)
            #expect(bench.says("no connection to the broker"))
            #expect(bench.says("launched"))
            #expect(bench.probe.lines("consuming").count == 2)
            #expect(bench.stop() == .stopped)
        }
    }

    @Test("What is settled is acknowledged before the connection is closed at the stop")
    func stopSettles() async throws {
        try await onOwnThread {
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let seen = Seen()
            let broker = try FakeBroker { connection in
                guard connection.login() else { return }
                connection.subscribe()
                for tag in 1...20 { connection.deliver(UInt64(tag), body: ReactorBench.event(tag)) }
                while let frame = connection.readFrame() {
                    guard frame.type == 1 else { continue }
                    seen.methods.withLock { $0.append(frame.payload) }
                    guard frame.payload.starts(with: [0, 10, 0, 50]) else { continue }
                    connection.send(.init(10, 51), [], channel: 0)
                }
            }
            let bench = try ReactorBench(broker, platform)
            #expect(bench.says("launched", times: 20))
            #expect(bench.stop() == .stopped)
            let methods = seen.methods.withLock { $0 }
            #expect(methods.last?.prefix(4) == [0, 10, 0, 50], "connection.close comes last")
            // Tag and `multiple` of the last acknowledgement: everything up to 20, in however many frames.
            let last = methods.last { $0.starts(with: [0, 60, 0, 80]) }
            #expect(last?.dropFirst(4).prefix(8).last == 20)
        }
    }
}
