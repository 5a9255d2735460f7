import AMQP
import Outcome
import Poll
import Relay
import Testing

@testable import Bridge

/// What becomes of a parked event when it is redriven.
@Suite("Decisions about redrives")
struct RedriveJudgeTests {
    private typealias Fixture = ParkedFixture

    private func verdict(
        _ judge: RedriveJudge, _ parked: Delivery = Fixture.parked(), now: Int64 = 10_000
    ) throws -> RedriveVerdict {
        try judge.judge(parked, #require(Fixture.message(parked).record), now: Fixture.moment(now))
    }

    private func obstacle(_ verdict: RedriveVerdict) -> RedriveVerdict.Obstacle? {
        guard case .stays(let obstacle) = verdict else { return nil }
        return obstacle
    }

    @Test("an event goes with what it owes, and with all its attempts")
    func launches() throws {
        let judge = Fixture.judge([Fixture.mapping(), Fixture.mapping("other")])
        guard case .launches(let launches, let parks) = try verdict(judge) else {
            Issue.record("it stays")
            return
        }
        #expect(launches.map(\.mapping) == ["order-paid"], "the other mapping's launch was made")
        #expect(launches[0].history == LaunchHistory(isRedriven: true) && parks.isEmpty)
        let undecided = Fixture.parked(parts: [Fixture.part(.unmappable, .unmatched, mapping: nil)])
        guard case .launches(let all, _) = try verdict(judge, undecided) else {
            Issue.record("it stays")
            return
        }
        #expect(Set(all.map(\.mapping)) == ["order-paid", "other"])
    }

    @Test("an outcome that is unknown stays so, and does not hold back what an operator asks for")
    func unsure() throws {
        let parked = Fixture.parked(parts: [Fixture.part(.unknown, .timeout)])
        guard case .launches(let launches, _) = try verdict(Fixture.judge([Fixture.mapping()]), parked) else {
            Issue.record("it stays")
            return
        }
        #expect(launches[0].history == LaunchHistory(isUnsure: true, isRedriven: true))
    }

    @Test("what has expired stays, to the second, unless it is asked for")
    func expired() throws {
        let mappings = [Fixture.mapping(expires: true)]
        let judge = Fixture.judge(mappings)
        guard case .launches = try verdict(judge, now: 4_599) else {
            Issue.record("not expired yet")
            return
        }
        #expect(obstacle(try verdict(judge, now: 4_600)) == .expired(mapping: "order-paid", at: 4_600))
        guard case .launches(let launches, _) = try verdict(Fixture.judge(mappings, ignoresExpiry: true)) else {
            Issue.record("it stays")
            return
        }
        #expect(launches[0].expiresAt == nil)
    }

    @Test("an event without a time of its own expires by when it was first seen, not anew with each redrive")
    func expiredByFirstTime() throws {
        let judge = Fixture.judge([Fixture.mapping(expires: true, hasTime: false)])
        guard case .launches = try verdict(judge, now: 4_599) else {
            Issue.record("not expired yet")
            return
        }
        #expect(obstacle(try verdict(judge, now: 4_600)) == .expired(mapping: "order-paid", at: 4_600))
    }

    @Test("one expired launch among several keeps the event")
    func partlyExpired() throws {
        let judge = Fixture.judge([Fixture.mapping(), Fixture.mapping("late", expires: true)])
        let parked = Fixture.parked(parts: [Fixture.part(), Fixture.part(mapping: "late")])
        #expect(obstacle(try verdict(judge, parked))?.word == "expired")
    }

    @Test("what would be parked again, or launch nothing, stays, and says why")
    func stays() throws {
        let judge = Fixture.judge([Fixture.mapping()])
        let notJSON = Fixture.parked(body: Array("{".utf8), parts: [Fixture.part(.undecodable, .notJSON, mapping: nil)])
        #expect(obstacle(try verdict(judge, notJSON))?.word == "not_json")
        let nobody = Fixture.parked(body: Array(#"{"email":null}"#.utf8))
        #expect(obstacle(try verdict(judge, nobody))?.word == "no_recipient")
        let removed = Fixture.judge([Fixture.mapping("other")])
        #expect(obstacle(try verdict(removed))?.word == "mapping_removed")
        let unwanted = Fixture.parked(
            parts: [Fixture.part(.unmappable, .unmatched, mapping: nil)], routingKey: "order.sent")
        #expect(obstacle(try verdict(judge, unwanted))?.word == "launches_nothing")
        let staging = Fixture.judge([Fixture.mapping()], allowed: ["@ours.example"])
        #expect(obstacle(try verdict(staging))?.word == "launches_nothing")
    }

    @Test("what goes out keeps the message, its origin and its first time, and counts the redrive")
    func message() throws {
        let shop: AMQPTable = ["x-shop": .int32(7), "x-death": .array([])]
        var parked = Fixture.parked(headers: shop)
        var looked = parked.properties
        looked.headers?.append("x-delivery-count", .int64(3))
        parked = Fixture.delivery(looked, parked.body)
        let record = try #require(Fixture.message(parked).record)
        let headers = try #require(
            Fixture.judge([], ignoresExpiry: true).properties(of: parked, record).headers)
        #expect(headers["x-shop"] == .int32(7) && headers["x-bridge-original-x-death"] == .array([]))
        #expect(!headers.entries.contains { $0.name.description.hasSuffix("x-delivery-count") })
        #expect(headers.string(.exchange) == "shop" && headers.string(.routingKey) == "order.paid")
        #expect(headers.integer(.firstTime) == 1_000 && headers.string(.event) == "order-1")
        #expect(headers.integer(.redriven) == 1 && headers.integer(.ignoresExpiry) == 1)
        #expect(headers[BridgeHeader.launchClass.rawValue] == nil && headers[BridgeHeader.parkedID.rawValue] == nil)
        #expect(OwedLaunches(headers)?.groups.map(\.history.isRedriven) == [true])
    }

    @Test("an event that is parked again remembers its redrives, and through a delay the wish to ignore its expiry")
    func rounds() throws {
        let parked = Fixture.parked(headers: ["CC": .array([.text("a")])])
        let record = try #require(Fixture.message(parked).record)
        let properties = Fixture.judge([], ignoresExpiry: true).properties(of: parked, record)
        let returned = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "", routingKey: "orders", redelivered: false,
            properties: properties, body: parked.body)
        let held = HeldMessage(
            delivery: returned, origin: Origin(of: returned, now: 5_000), eventID: "order-1",
            arrival: .init(nanoseconds: 0))
        let again = ReturnedMessage.parked(
            held, notice: ParkNotice(parts: [Fixture.part()]), queue: "orders", now: 5_000)
        let message = Fixture.message(Fixture.delivery(again, parked.body))
        #expect(message.id == Fixture.message(parked).id && message.record?.redriven == 1)
        #expect(again.headers?.integer(.ignoresExpiry) == nil, "the next redrive asks anew")
        #expect(again.headers?.entries.count { $0.name == "x-bridge-original-cc" } == 1)
        let delayed = ReturnedMessage.delayed(held, notice: DelayNotice(step: 0, owed: []), queue: "orders")
        #expect(delayed.headers?.integer(.ignoresExpiry) == 1 && delayed.headers?.integer(.redriven) == 1)
    }

    @Test("a pace spaces events evenly")
    func pace() {
        let pace = RedrivePace(perSecond: 4)
        #expect(pace.offset(of: 0) == .zero && pace.offset(of: 1) == .milliseconds(250))
        #expect(pace.offset(of: 40) == .seconds(10))
    }
}
