import BrokerSupport
import Poll
import Testing

@testable import AMQP

/// Reading a queue from end to end, settling some of it, against the real broker and against peers that follow a script.
@Suite(.timeLimit(.minutes(1)))
struct QueueReaderTests {
    /// Reads until nothing comes.
    private static func readAll(_ reader: inout QueueReader, _ count: Int) throws -> [Delivery] {
        var deliveries: [Delivery] = []
        while deliveries.count < count, let delivery = try reader.next(within: .seconds(10)) {
            deliveries.append(delivery)
        }
        return deliveries
    }

    private static func fill(_ host: VirtualHost, _ queue: String, _ bodies: [[UInt8]]) throws {
        var session = try BrokerSession.open(try host.settings())
        _ = try session.apply(Topology([.declareParkingQueue(queue)]))
        session.close()
        try PublisherDriver.connected(host).publishAll(to: AMQPText(queue), bodies)
    }

    @Test func everythingIsSeenThoughNothingIsSettled() async throws {
        try await withVirtualHost { host in
            let bodies = (0..<300).map { Array("message \($0)".utf8) }
            try Self.fill(host, "q", bodies)
            for _ in 1...2 {
                var reader = try QueueReader(try host.settings(), queue: "q", window: 7)
                #expect(reader.status.messages == 300)
                let seen = try Self.readAll(&reader, 300)
                #expect(Set(seen.map(\.body)) == Set(bodies))
                #expect(Set(seen.map(\.receipt)).count == 300 && reader.openCount == 300)
                let none = try reader.next(within: .milliseconds(50))
                #expect(none == nil)
                try reader.close()
            }
        }
    }

    @Test func whatIsAcknowledgedIsGoneAndTheRestIsThereAtOnce() async throws {
        try await withVirtualHost { host in
            try Self.fill(host, "q", (0..<40).map { [UInt8($0)] })
            var reader = try QueueReader(try host.settings(), queue: "q", window: 5)
            let seen = try Self.readAll(&reader, 40)
            try reader.stop()
            for delivery in seen where delivery.body[0] % 2 == 0 { try reader.acknowledge(delivery.receipt) }
            for delivery in seen where delivery.body[0] == 1 { try reader.giveBack(delivery.receipt) }
            #expect(reader.openCount == 19)
            // A quorum queue takes a message back a moment later.
            let deadline = MonotonicTime.now().advanced(by: .seconds(10))
            while try reader.ready() == 0, MonotonicTime.now() < deadline {}
            #expect(try reader.ready() == 1, "given back, and held by nobody")
            try reader.close()
            var again = try QueueReader(try host.settings(), queue: "q")
            #expect(again.status.messages == 20)
            #expect(try Self.readAll(&again, 20).allSatisfy { $0.body[0] % 2 == 1 })
            try again.close()
        }
    }

    @Test func aReaderThatIsDroppedGivesEverythingBack() async throws {
        try await withVirtualHost { host in
            try Self.fill(host, "q", [[1], [2]])
            do {
                var reader = try QueueReader(try host.settings(), queue: "q")
                _ = try Self.readAll(&reader, 2)
            }
            var reader = try QueueReader(try host.settings(), queue: "q")
            #expect(try Self.readAll(&reader, 2).count == 2)
            try reader.close()
        }
    }

    @Test func aMissingQueueIsSaidAtOnce() async throws {
        try await withVirtualHost { host in
            do throws(BrokerError) {
                let reader = try QueueReader(try Self.settings(host), queue: "nowhere")
                try reader.close()
                Issue.record("read")
            } catch {
                #expect(error.fault == .queueMissing(name: "nowhere"))
            }
        }
    }

    private static func settings(_ host: VirtualHost) throws(BrokerError) -> ConnectionSettings {
        guard let settings = try? host.settings() else { throw BrokerError(.connectionLost, peer: "") }
        return settings
    }

    private static let queue: [UInt8] = [1, 113, 0, 0, 0, 9, 0, 0, 0, 0]

    /// A peer whose queue holds nine messages, and which follows a script once it is subscribed to.
    private static func peer(
        heartbeat: UInt16 = 15, _ script: @escaping @Sendable (FakeConnection) -> Void
    ) throws -> Peer {
        let fake = try FakeBroker { connection in
            guard connection.login(heartbeat: heartbeat), connection.awaitMethod(.init(20, 10)) else { return }
            connection.send(.init(20, 11), connection.bytes(UInt32(0)))
            guard connection.awaitMethod(.init(50, 10)) else { return }
            connection.send(.init(50, 11), queue)
            script(connection)
            connection.drain()
        }
        return Peer(broker: fake, settings: try fake.settings(heartbeatSeconds: Int(heartbeat)))
    }

    /// A peer that listens as long as somebody holds it.
    private struct Peer {
        let broker: FakeBroker
        let settings: ConnectionSettings
    }

    /// What a reader says of a peer.
    private static func fault(_ peer: Peer) -> BrokerFault? {
        defer { withExtendedLifetime(peer) {} }
        do throws(BrokerError) {
            var reader = try QueueReader(peer.settings, queue: "q")
            while try reader.next(within: .seconds(5)) != nil {}
            return nil
        } catch {
            return error.fault
        }
    }

    private static func subscribe(_ connection: FakeConnection) {
        guard connection.awaitMethod(.init(60, 10)) else { return }
        connection.send(.init(60, 11), [])
        guard connection.awaitMethod(.init(60, 20)) else { return }
        connection.send(.init(60, 21), [4] + Array("test".utf8))
    }

    @Test func heartbeatsGoOutWhileNothingComes() async throws {
        try await onOwnThread {
            let peer = try Self.peer(heartbeat: 2) { connection in
                Self.subscribe(connection)
                connection.awaitHeartbeat()
                connection.deliver(1, body: [7])
            }
            var reader = try QueueReader(peer.settings, queue: "q")
            let delivery = try reader.next(within: .seconds(20))
            #expect(delivery?.body == [7])
            withExtendedLifetime(peer) {}
        }
    }

    @Test func deliveriesBetweenAQuestionAndItsAnswerAreKept() async throws {
        try await onOwnThread {
            let peer = try Self.peer { connection in
                Self.subscribe(connection)
                connection.deliver(1, body: [1])
                guard connection.awaitMethod(.init(60, 10)) else { return }
                connection.deliver(2, body: [2])
                connection.send(.init(10, 60), [1, 109], channel: 0)
                connection.send(.init(60, 11), [])
                guard connection.awaitMethod(.init(60, 20)) else { return }
                connection.deliver(3)
                connection.send(.init(60, 21), [4] + Array("test".utf8))
            }
            var reader = try QueueReader(peer.settings, queue: "q", window: 1)
            let seen = try Self.readAll(&reader, 3)
            #expect(seen.map(\.body) == [[1], [2], []])
            withExtendedLifetime(peer) {}
        }
    }

    @Test func aDeletedQueueEndsIt() async throws {
        try await onOwnThread {
            let peer = try Self.peer { connection in
                Self.subscribe(connection)
                connection.send(.init(60, 30), [4] + Array("test".utf8) + [1])
            }
            #expect(Self.fault(peer) == .queueMissing(name: "q"))
        }
    }

    @Test func aClosedChannelEndsIt() async throws {
        try await onOwnThread {
            let peer = try Self.peer { connection in
                Self.subscribe(connection)
                connection.deliver(1)
                connection.send(
                    .init(20, 40), connection.bytes(UInt16(406)) + [7] + Array("timeout".utf8) + [0, 0, 0, 0])
            }
            #expect(Self.fault(peer) == .preconditionFailed("timeout"))
        }
    }

    @Test func nonsenseEndsIt() async throws {
        try await onOwnThread {
            let twice = try Self.peer { connection in
                Self.subscribe(connection)
                for tag in 1...2 { connection.send(.init(60, 60), [0] + connection.bytes(UInt64(tag)) + [0, 0, 0]) }
            }
            #expect(Self.fault(twice) == .protocolViolation("a delivery inside another"))
            let confirm = try Self.peer { connection in
                Self.subscribe(connection)
                connection.send(.init(60, 80), connection.bytes(UInt64(1)) + [0])
            }
            #expect(Self.fault(confirm) == .protocolViolation("an answer that was not asked for"))
        }
    }
}
