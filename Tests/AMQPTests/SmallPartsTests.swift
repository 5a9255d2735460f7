import BrokerSupport
import Poll
import Testing

@testable import AMQP

@Suite(.timeLimit(.minutes(1)))
struct PercentEncodingTests {
    @Test(arguments: [("a%2Fb", "a/b"), ("%C3%A9", "é"), ("", ""), ("a+b", "a+b"), ("%25", "%"), ("é", "é")])
    func decodes(text: String, decoded: String) {
        #expect(text.percentDecoded == decoded)
    }

    @Test(arguments: ["%", "%1", "%g0", "%0g", "%ff", "a%C3"])
    func refuses(text: String) {
        #expect(text.percentDecoded == nil)
    }

    @Test(arguments: ["a/b", "é☃", "50%", "user:pass@host", "a b", "~-._"])
    func encodesWhatItDecodes(text: String) {
        let encoded = text.percentEncoded
        #expect(encoded.percentDecoded == text)
        #expect(encoded.utf8.allSatisfy { $0 < 0x80 && $0 > 0x20 })
        #expect(!encoded.contains("/") && !encoded.contains("@") && !encoded.contains(":"))
    }
}

@Suite(.timeLimit(.minutes(1)))
struct AMQPTableTests {
    @Test func findsAddsAndRemovesByName() {
        var table: AMQPTable = ["a": .int8(1), "b": .int8(2)]
        table.append("a", .int8(3))
        #expect(table["a"] == .int8(1) && table["c"] == nil && !table.isEmpty)
        table.removeAll(named: "a")
        #expect(table == ["b": .int8(2)])
        table.removeAll(named: "b")
        #expect(table.isEmpty && table == AMQPTable())
    }

    @Test func aNameThatIsNoTextIsFoundByNobody() {
        let table = AMQPTable([.init(AMQPText(bytes: [0xFF]), .void)])
        #expect(table["\u{FFFD}"] == nil && table[""] == nil)
        #expect(table.entries.count == 1)
    }

    @Test func numbersAreTheSameByTheirBits() {
        #expect(AMQPValue.float(.nan) == AMQPValue.float(.nan))
        #expect(AMQPValue.double(-0.0) != AMQPValue.double(0.0))
    }
}

@Suite(.timeLimit(.minutes(1)))
struct DeepStackThreadTests {
    /// Each level keeps a kilobyte: a usual stack of 8 MiB would end after 8,000.
    private static func descend(_ levels: Int) -> Int {
        guard levels > 0 else { return 0 }
        let ballast = [UInt8](repeating: UInt8(truncatingIfNeeded: levels), count: 8)
        return withExtendedLifetime(ballast) { descend(levels - 1) + Int(ballast[0] == ballast[7] ? 1 : 0) }
    }

    @Test func isDeepEnoughForAFrameFullOfTables() async throws {
        #expect(try await onOwnThread { Self.descend(60_000) } == 60_000)
    }

    @Test func decodesTheDeepestTableThatFitsInAFrame() async throws {
        try await onOwnThread {
            let deepest = WireTests.nested(levels: 131_000 / 6)
            let table = try AMQPTable(wire: deepest)
            #expect(throws: Never.self) { try LibraryTable(table) }
        }
    }
}

@Suite(.timeLimit(.minutes(1)))
struct BrokerConnectorTests {
    private static func connector(_ settings: ConnectionSettings, _ wakeup: Wakeup) -> BrokerConnector {
        BrokerConnector(
            connection: settings, consumer: ConsumerSettings(queue: "q", consumerTag: "c"), topology: Topology(),
            generations: GenerationSource(), wakeup: wakeup)
    }

    private static func wait(_ wakeup: Wakeup) {
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        #expect(set.wait(milliseconds: 10_000) == 1)
        wakeup.clear()
    }

    @Test func anAttemptIsTakenOnce() async throws {
        try await onOwnThread {
            let wakeup = try Wakeup()
            let fake = try FakeBroker { connection in
                if connection.login() { connection.drain() }
            }
            let connector = Self.connector(try fake.settings(), wakeup)
            let early = connector.take() == nil
            #expect(early)
            connector.begin()
            connector.begin()
            Self.wait(wakeup)
            guard case .connected(let connection, let report)? = connector.take() else {
                Issue.record("not connected")
                return
            }
            #expect(connection.descriptor >= 0 && connection.generation == 1 && report.failures.isEmpty)
            let again = connector.take() == nil
            #expect(again)
        }
    }

    @Test func aFailureIsTakenAndTheNextAttemptIsFree() async throws {
        try await onOwnThread {
            let wakeup = try Wakeup()
            let address = try BrokerAddress(parsing: "amqp://127.0.0.1:1")
            let connector = Self.connector(ConnectionSettings(address: address, connectionName: "n"), wakeup)
            for _ in 0..<3 {
                connector.begin()
                Self.wait(wakeup)
                guard case .failed(let error)? = connector.take() else {
                    Issue.record("connected")
                    return
                }
                #expect(error == BrokerError(.refused, peer: "127.0.0.1:1"))
            }
        }
    }

    /// The owner may go away before the attempt ends: its result is freed, and the peer sees the end.
    @Test func anAbandonedAttemptClosesItsConnection() async throws {
        try await onOwnThread {
            let (wakeup, ended) = (try Wakeup(), try Wakeup())
            let fake = try FakeBroker { connection in
                if connection.login() { connection.drain() }
                ended.signal()
            }
            do {
                let connector = Self.connector(try fake.settings(), wakeup)
                connector.begin()
                Self.wait(wakeup)
            }
            Self.wait(ended)
        }
    }
}

extension Optional where Wrapped == ConnectionAttempt {
    /// Whether there is nothing to take.
    fileprivate static func == (attempt: Self, _: _OptionalNilComparisonType) -> Bool {
        if case .none = attempt { true } else { false }
    }
}
