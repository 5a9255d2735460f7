import AMQP
import BrokerSupport
import Outcome
import Poll
import Testing

@testable import Bridge

/// The parking queue of a real broker: looking leaves it as it was, and nothing is lost or launched twice.
@Suite("The parking room", .timeLimit(.minutes(2)))
struct ParkingRoomTests {
    private typealias Fixture = ParkedFixture

    /// A virtual host with the queues of a bridge, and messages in the parking queue.
    private struct Bench {
        let host: VirtualHost
        let shop: PublisherDriver
        let room: ParkingRoom

        init(_ host: VirtualHost, _ parked: [Delivery] = []) throws {
            self.host = host
            shop = try PublisherDriver(
                host.settings(), Topology([.declareQueue("orders"), .declareParkingQueue("orders.parked")]))
            try shop.run { $0.isConnected }
            room = ParkingRoom(reading: try host.settings(), publishing: try host.settings(), source: "orders")
            for delivery in parked { try park(delivery) }
        }

        func park(_ delivery: Delivery) throws {
            #expect(try shop.outcome(to: "orders.parked", delivery.body, delivery.properties) == .confirmed)
        }

        /// What is in a queue, leaving it as it is; without the publisher's own header.
        func messages(_ queue: String) throws -> Set<Message> {
            var reader = try QueueReader(try host.settings(), queue: queue)
            var messages: Set<Message> = []
            var count = 0
            while count < Int(reader.status.messages), let delivery = try reader.next(within: .seconds(10)) {
                var properties = delivery.properties
                properties.headers?.removeAll(named: Publisher.sequenceHeader)
                // The broker adds it to what it gives again, and sorts the others.
                properties.headers?.removeAll(named: "x-delivery-count")
                properties.headers?.entries.sort { $0.name.description < $1.name.description }
                messages.insert(Message(properties: properties, body: delivery.body))
                count += 1
            }
            try reader.close()
            return messages
        }

        func redrive(
            _ judge: RedriveJudge, _ filter: ParkedFilter = ParkedFilter(), limit: Int = 1_000,
            isRehearsal: Bool = false, passBytes: Int = 64 << 20,
            progress: @escaping Redrive.Progress = { _, _ in }
        ) -> RedriveReport {
            var options = Redrive.Options(limit: limit, perSecond: 10_000, isRehearsal: isRehearsal)
            options.passBytes = passBytes
            return Redrive(room, judge, filter, options, progress: progress).run()
        }
    }

    private struct Message: Hashable {
        let properties: AMQPProperties
        let body: [UInt8]
    }

    private static let stranger = Fixture.delivery(AMQPProperties(), Array("not ours".utf8))
    private static let judge = Fixture.judge([Fixture.mapping()])

    @Test("a list leaves the queue as it was, however often one looks")
    func listing() async throws {
        try await withVirtualHost { host in
            let parked = (1...5).map { Fixture.parked("e\($0)", at: Int64(10 - $0)) } + [Self.stranger]
            let bench = try Bench(host, parked)
            let before = try bench.messages("orders.parked")
            for _ in 1...3 {
                let listing = try bench.room.list(ParkedFilter(), limit: 100)
                #expect(listing.rows.map(\.parkedAt) == [5, 6, 7, 8, 9, .max])
                #expect(listing.total == 6 && listing.looked == 6)
            }
            var filter = ParkedFilter()
            filter.ids = ["e3"]
            #expect(try bench.room.find(filter, limit: 10).map(\.message.record?.event) == ["e3"])
            #expect(bench.redrive(Self.judge, isRehearsal: true).redriven.count == 5)
            #expect(try bench.room.discard(ParkedFilter(), limit: 10, isRehearsal: true).rows.count == 5)
            let after = try bench.messages("orders.parked")
            #expect(after == before)
            #expect(try bench.messages("orders").isEmpty)
        }
    }

    @Test("a redrive moves what can be launched, once for each event, and leaves the rest")
    func redrive() async throws {
        try await withVirtualHost { host in
            let broken = Fixture.parked(
                "broken", body: [0x7B], parts: [Fixture.part(.undecodable, .notJSON, mapping: nil)])
            let bench = try Bench(
                host,
                [
                    Fixture.parked("e2", at: 20), Fixture.parked("e1", at: 10), Self.stranger, broken,
                    Fixture.parked("e1", at: 11),
                ])
            let report = bench.redrive(Self.judge)
            #expect(report.failure == nil)
            #expect(report.redriven.map(\.record.event) == ["e1", "e2"] && report.redriven.map(\.copies) == [2, 1])
            #expect(report.kept.map(\.record.event) == ["broken"] && report.strangers == 1 && report.copies == 1)
            let sent = try bench.messages("orders")
            #expect(Set(sent.map { $0.properties.headers?.string(.event) }) == ["e1", "e2"] && sent.count == 2)
            #expect(sent.allSatisfy { $0.properties.headers?.integer(.redriven) == 1 })
            #expect(
                try bench.messages("orders.parked").map(\.body).sorted { $0.count < $1.count } == [
                    [0x7B], Self.stranger.body,
                ])
        }
    }

    @Test("the limit leaves the rest for another time; a filter chooses")
    func limits() async throws {
        try await withVirtualHost { host in
            let bench = try Bench(host, (1...6).map { Fixture.parked("e\($0)", at: Int64($0)) })
            let first = bench.redrive(Self.judge, limit: 2)
            #expect(first.redriven.count == 2 && first.left == 4)
            var filter = ParkedFilter()
            filter.ids = ["e6", "e7"]
            let second = bench.redrive(Self.judge, filter)
            #expect(second.redriven.map(\.record.event) == ["e6"] && second.found == ["e6"])
            #expect(try bench.messages("orders.parked").count == 3)
        }
    }

    @Test("an event that fails again while the redrive runs goes once", .timeLimit(.minutes(1)))
    func failsAgain() async throws {
        try await withVirtualHost { host in
            let bench = try Bench(host, [Fixture.parked("e1")])
            let report = bench.redrive(Self.judge)
            #expect(report.redriven.count == 1)
            // As the bridge parks it again: with the redrive on it.
            let properties = try #require(try bench.messages("orders").first).properties
            var again = Fixture.parked("e1").properties
            again.headers?.append("x-bridge-redriven", .int64(try #require(properties.headers?.integer(.redriven))))
            try bench.park(Fixture.delivery(again, Fixture.body))
            let listing = try bench.room.list(ParkedFilter(), limit: 10)
            guard case .ours(let record)? = listing.rows.first?.kind else {
                Issue.record("not parked")
                return
            }
            #expect(record.redriven == 1)
            #expect(bench.redrive(Self.judge).redriven.first?.record.redriven == 1, "asked for anew, it goes anew")
            let sent = try bench.messages("orders").compactMap { $0.properties.headers?.integer(.redriven) }
            #expect(sent.sorted() == [1, 2])
        }
    }

    @Test("more than one pass may hold goes in several")
    func passes() async throws {
        try await withVirtualHost { host in
            let filler = String(repeating: "x", count: 10_000)
            let parked = (1...7).map { number in
                let body = Array(#"{"email":"a@example.com","filler":"\#(filler)\#(number)"}"#.utf8)
                return Fixture.parked("e\(number)", body: body, at: Int64(number))
            }
            let bench = try Bench(host, parked)
            let report = bench.redrive(Self.judge, passBytes: 25_000)
            #expect(report.failure == nil)
            #expect(report.redriven.map(\.record.event).sorted() == (1...7).map { "e\($0)" })
            #expect(Set(report.redriven.map(\.record.event)).count == 7)
        }
    }

    /// A refused at once, B parked later from the ladder; both of one event.
    private static let parts = [
        Fixture.parked("e1", at: 1, parts: Fixture.parts("order-paid")),
        Fixture.parked("e1", at: 2, parts: Fixture.parts("other")),
    ]
    private static let bothJudge = Fixture.judge([Fixture.mapping(), Fixture.mapping("other")])

    @Test("an event that is parked in two parts: a redrive of one leaves the other", arguments: [0, 1])
    func redrivesOnePart(part: Int) async throws {
        try await withVirtualHost { host in
            let bench = try Bench(host, Self.parts)
            var filter = ParkedFilter()
            filter.mappings = [["order-paid", "other"][part]]
            #expect(bench.redrive(Self.bothJudge, filter, isRehearsal: true).redriven.count == 1)
            let report = bench.redrive(Self.bothJudge, filter)
            #expect(report.redriven.map(\.id) == [Fixture.message(Self.parts[part]).id] && report.copies == 0)
            let left = try bench.room.list(ParkedFilter(), limit: 10)
            #expect(left.rows.map(\.id) == [Fixture.message(Self.parts[1 - part]).id])
            let sent = try bench.messages("orders").map { OwedLaunches($0.properties.headers)?.groups.map(\.mapping) }
            #expect(sent == [Array(filter.mappings)])
            #expect(bench.redrive(Self.bothJudge).redriven.count == 1)
            #expect(try bench.messages("orders").count == 2 && bench.messages("orders.parked").isEmpty)
        }
    }

    @Test("both parts go together, in one pass or in several; a part alone is thrown away alone")
    func parts() async throws {
        try await withVirtualHost { host in
            for passBytes in [64 << 20, 1] {
                let bench = try Bench(host, Self.parts + Self.parts)
                let report = bench.redrive(Self.bothJudge, passBytes: passBytes)
                #expect(report.failure == nil && report.copies == 2)
                #expect(Set(report.redriven.map(\.id)) == Set(Self.parts.map { Fixture.message($0).id }))
                #expect(report.redriven.count == 2)
                let sent = try bench.messages("orders")
                let owed = sent.map { OwedLaunches($0.properties.headers)?.groups.map(\.mapping) }
                #expect(Set(owed) == [["order-paid"], ["other"]])
                #expect(try bench.messages("orders.parked").isEmpty)
                try host.deleteQueue("orders")
            }
            let bench = try Bench(host, Self.parts)
            var filter = ParkedFilter()
            filter.ids = [Fixture.message(Self.parts[0]).id.description]
            #expect(try bench.room.find(filter, limit: 10).map(\.message.id.description) == Array(filter.ids))
            #expect(try bench.room.discard(filter, limit: 10, isRehearsal: false).rows.count == 1)
            filter.ids = ["e1"]
            #expect(
                try bench.room.find(filter, limit: 10).map(\.message.id) == [Fixture.message(Self.parts[1]).id])
        }
    }

    /// A message as the bridge parks it again after a redrive.
    private static func again(_ part: Delivery) -> Delivery {
        var properties = part.properties
        properties.headers?.append("x-bridge-redriven", .int64(1))
        return Fixture.delivery(properties, part.body)
    }

    @Test("while several passes run: what fails again waits, a late copy is dropped, and a new part goes")
    func meanwhile() async throws {
        try await withVirtualHost { host in
            let late = Fixture.parked("e1", at: 30, parts: Fixture.parts("late"))
            let judge = Fixture.judge([Fixture.mapping(), Fixture.mapping("other"), Fixture.mapping("late")])
            let bench = try Bench(host, Self.parts)
            let report = bench.redrive(judge, passBytes: 1) { done, _ in
                do {
                    guard done == 1 else { return }
                    // The first part fails again at once; a copy of it turns up; the ladder parks a third one.
                    for message in [Self.again(Self.parts[0]), Self.parts[0], late] { try bench.park(message) }
                } catch {
                    Issue.record(error)
                }
            }
            #expect(report.failure == nil && report.copies == 1 && report.left == 0)
            let ids = (Self.parts + [late]).map { Fixture.message($0).id }
            #expect(report.redriven.count == 3 && Set(report.redriven.map(\.id)) == Set(ids))
            // A message that was given back is there a moment later.
            var left: Set<Message> = []
            let deadline = MonotonicTime.now().advanced(by: .seconds(10))
            while left.isEmpty, MonotonicTime.now() < deadline { left = try bench.messages("orders.parked") }
            let redriven = left.map { $0.properties.headers?.integer(.redriven) }
            #expect(redriven == [1], "what failed again waits for the next redrive")
            #expect(try bench.messages("orders").count == 3)
        }
    }

    @Test("a rehearsal tells all that would go, however many passes it would take")
    func rehearsesAll() async throws {
        try await withVirtualHost { host in
            let bench = try Bench(host, (1...5).map { Fixture.parked("e\($0)", at: Int64($0)) })
            let report = bench.redrive(Self.judge, isRehearsal: true, passBytes: 1)
            #expect(report.redriven.map(\.record.event) == (1...5).map { "e\($0)" } && report.left == 0)
        }
    }

    @Test("the limit counts messages that go, not copies")
    func limitsWithCopies() async throws {
        try await withVirtualHost { host in
            let bench = try Bench(host, (0..<6).map { Fixture.parked("e\($0 / 3)", at: Int64($0)) })
            let report = bench.redrive(Self.judge, limit: 2)
            #expect(report.redriven.map(\.copies) == [3, 3] && report.left == 0)
            let more = try Bench(host, (0..<6).map { Fixture.parked("e\($0 / 2)", at: Int64($0)) })
            let discard = try more.room.discard(ParkedFilter(), limit: 2, isRehearsal: false)
            #expect(discard.rows.map(\.copies) == [2, 2] && discard.left == 1)
        }
    }

    @Test("discarding takes an event with its copies, and leaves strangers' messages alone")
    func discard() async throws {
        try await withVirtualHost { host in
            let bench = try Bench(
                host, [Fixture.parked("e1", at: 1), Fixture.parked("e1", at: 2), Fixture.parked("e2"), Self.stranger])
            var filter = ParkedFilter()
            filter.ids = ["e1", Fixture.message(Self.stranger).id.description]
            let discard = try bench.room.discard(filter, limit: 10, isRehearsal: false)
            #expect(discard.rows.map(\.copies) == [2])
            #expect(try bench.messages("orders.parked").count == 2)
            let rest = try bench.room.discard(ParkedFilter(), limit: 10, isRehearsal: false)
            #expect(rest.rows.count == 1 && rest.strangers == 1)
            #expect(try bench.messages("orders.parked").map(\.body) == [Self.stranger.body])
        }
    }

    @Test("a source queue that is full ends a redrive, and costs no message")
    func full() async throws {
        try await withVirtualHost { host in
            let count = 30
            let bench = try Bench(host, (1...count).map { Fixture.parked("e\($0)", at: Int64($0)) })
            let limits = #"{"max-length": 1, "overflow": "reject-publish"}"#
            try host.broker.control("set_policy", "-p", host.name, "full", "^orders$", limits)
            let report = bench.redrive(Self.judge)
            #expect(report.failure?.contains("the queue is full") == true && report.redriven.count < count)
            var seen = Set<String?>()
            let deadline = MonotonicTime.now().advanced(by: .seconds(10))
            while seen.count < count, MonotonicTime.now() < deadline {
                let all = try bench.messages("orders").union(bench.messages("orders.parked"))
                seen = Set(all.map { $0.properties.headers?.string(.event) })
            }
            #expect(seen.count == count, "each is in one of the queues")
        }
    }

    @Test("a missing queue is said, and costs no message")
    func missing() async throws {
        try await withVirtualHost { host in
            let bench = try Bench(host, [Fixture.parked("e1")])
            try host.deleteQueue("orders")
            let report = bench.redrive(Self.judge)
            #expect(report.failure?.contains("no queue \"orders\"") == true && report.redriven.isEmpty)
            #expect(try bench.messages("orders.parked").count == 1)
            try host.deleteQueue("orders.parked")
            #expect(throws: BrokerError.self) { try bench.room.list(ParkedFilter(), limit: 1) }
        }
    }

    @Test("thousands are looked at in a moment, and all are there again")
    func many() async throws {
        try await withVirtualHost { host in
            let bench = try Bench(host)
            let count = 5_000
            let ids = try (0..<count).map { number in
                let delivery = Fixture.parked("e\(number)", at: Int64(number))
                return try bench.shop.publish(to: "orders.parked", delivery.body, delivery.properties)
            }
            try bench.shop.run { driver in ids.allSatisfy { driver.outcomes[$0]?.isConfirmed == true } }
            for _ in 1...2 {
                let listing = try bench.room.list(ParkedFilter(), limit: 10)
                #expect(listing.matched == count && listing.rows.map(\.parkedAt) == Array(0..<10))
            }
        }
    }
}
