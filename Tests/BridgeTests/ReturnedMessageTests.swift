import AMQP
import Outcome
import Poll
import Relay
import Testing

@testable import Bridge

/// What is parked or delayed is the message as it was, with all that a person, or the bridge itself, needs later.
@Suite("Messages that the bridge publishes")
struct ReturnedMessageTests {
    private func delivery(_ properties: AMQPProperties = AMQPProperties(), exchange: AMQPText = "shop") -> Delivery {
        Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: exchange, routingKey: "order.paid",
            redelivered: false, properties: properties, body: Array("{}".utf8))
    }

    private func held(_ delivery: Delivery) -> HeldMessage {
        HeldMessage(
            delivery: delivery, origin: Origin(of: delivery, now: 1_000), eventID: "order-1",
            arrival: MonotonicTime(nanoseconds: 0))
    }

    private func notice(_ parts: ParkedPart...) -> ParkNotice { ParkNotice(parts: parts) }

    private func part(
        _ launchClass: LaunchClass = .unmappable, _ reason: Reason = .missing,
        detail: String = "$.total selects nothing"
    ) -> ParkedPart {
        ParkedPart(
            launchClass: launchClass, reason: reason, detail: detail, mapping: "order-paid", version: "v1",
            element: nil,
            pointer: "/content/total", attempts: 2)
    }

    @Test("a parked message says why, where and whence")
    func parked() {
        let properties = ReturnedMessage.parked(held(delivery()), notice: notice(part()), queue: "orders", now: 2_000)
        let headers = properties.headers ?? AMQPTable()
        #expect(headers.string(.launchClass) == "unmappable")
        #expect(headers.string(.reason) == "missing")
        #expect(headers.string(.mapping) == "order-paid")
        #expect(headers.string(.pointer) == "/content/total")
        #expect(headers.string(.version) == "v1")
        #expect(headers.integer(.attempts) == 2)
        #expect(headers.integer(.firstTime) == 1_000 && headers.integer(.lastTime) == 2_000)
        #expect(headers.string(.exchange) == "shop" && headers.string(.routingKey) == "order.paid")
        #expect(headers.string(.queue) == "orders" && headers.string(.event) == "order-1")
        #expect(OwedLaunches(headers)?.groups.map(\.mapping) == ["order-paid"])
        #expect(properties.deliveryMode == 2)
    }

    @Test("properties and headers are kept, but those that the broker would act on travel as a record")
    func kept() {
        var properties = AMQPProperties()
        properties.messageID = "m-1"
        properties.expiration = "60000"
        properties.userID = "shop"
        properties.headers = [
            "x-shop": .int32(7), "CC": .array([.text("other")]), "x-death": .array([]),
            "x-bridge-class": .text("forged"),
        ]
        let kept = KeptMessage.properties(of: delivery(properties), adding: [])
        #expect(kept.messageID == "m-1" && kept.expiration == nil && kept.userID == nil)
        #expect(kept.headers?["x-shop"] == .int32(7))
        #expect(kept.headers?["CC"] == nil && kept.headers?["x-death"] == nil)
        #expect(kept.headers?["x-bridge-original-cc"] == .array([.text("other")]))
        #expect(kept.headers?["x-bridge-original-expiration"] == .text("60000"))
        #expect(kept.headers?["x-bridge-original-user-id"] == .text("shop"))
        #expect(kept.headers?["x-bridge-class"] == nil)
    }

    @Test("headers that would outgrow a frame are left out, and counted")
    func bigHeaders() throws {
        var properties = AMQPProperties()
        let big = AMQPText(String(repeating: "x", count: 40_000))
        properties.headers = ["a": .text(big), "b": .text(big), "c": .int8(1)]
        let detail = String(repeating: "ж", count: 100_000)
        let parked = ReturnedMessage.parked(
            held(delivery(properties)), notice: notice(part(detail: detail)), queue: "orders", now: 1)
        #expect(try parked.wire().count < 128 * 1024)
        #expect(parked.headers?["a"] != nil && parked.headers?["b"] == nil)
        #expect(parked.headers?["c"] == .int8(1), "a small one behind a big one has room")
        #expect(parked.headers?["x-bridge-original-headers-left-out"] == .int64(1))
        #expect(parked.headers?["x-bridge-original-headers-left-out-names"] == .text("b"))
    }

    @Test("whatever an event brings, what is parked fits into a frame")
    func frames() throws {
        var properties = AMQPProperties()
        let big = AMQPText(String(repeating: "x", count: 15_000))
        properties.headers = ["a": .text(big), "b": .text(big), "c": .text(big), "d": .text(big)]
        let long = String(repeating: "\u{1F600}", count: 50_000)
        let parts = (0..<200).map { (number: Int) in
            ParkedPart(
                launchClass: .unmappable, reason: .missing, detail: long, mapping: "m\(number)", version: "v",
                element: number, pointer: long, attempts: 1)
        }
        let message = delivery(properties)
        let held = HeldMessage(
            delivery: message, origin: Origin(of: message, now: 1), eventID: long,
            arrival: MonotonicTime(nanoseconds: 0))
        let parked = ReturnedMessage.parked(held, notice: ParkNotice(parts: parts), queue: "orders", now: 1)
        #expect(try parked.wire().count < 131_072 - 20)
        #expect(parked.headers?.string(.event)?.utf8.count == 1_000)
        #expect(ParkedMessage(delivery(parked), source: "orders").record?.parts.count == 20)
        #expect(OwedLaunches(parked.headers)?.groups.count == 200)
    }

    @Test("rounds add nothing to what is recorded as the original")
    func recordedOnce() {
        var properties = AMQPProperties()
        properties.expiration = "1000"
        properties.headers = ["x-death": .array([.text("first")])]
        let first = KeptMessage.properties(of: delivery(properties), adding: [])
        var second = first
        second.expiration = "2000"
        second.headers?.append("x-death", .array([.text("second")]))
        let kept = KeptMessage.properties(of: delivery(second), adding: [])
        #expect(kept.headers?.entries.count { $0.name == "x-bridge-original-x-death" } == 1)
        #expect(kept.headers?["x-bridge-original-x-death"] == .array([.text("first")]))
        #expect(kept.headers?["x-bridge-original-expiration"] == .text("1000") && kept.expiration == nil)
    }

    @Test("an origin is read from headers only where the message came round")
    func origins() {
        var properties = AMQPProperties()
        properties.headers = [
            "x-bridge-exchange": .text("shop"), "x-bridge-routing-key": .text("cart.left"),
            "x-bridge-first-time": .int64(500),
        ]
        let returned = Origin(of: delivery(properties, exchange: ""), now: 1_000)
        #expect(returned == Origin(exchange: "shop", routingKey: "cart.left", firstTime: 500, isReturned: true))
        let forged = Origin(of: delivery(properties), now: 1_000)
        #expect(forged == Origin(exchange: "shop", routingKey: "order.paid", firstTime: 1_000, isReturned: false))
        properties.headers?.removeAll(named: "x-bridge-first-time")
        properties.headers?.append("x-bridge-first-time", .int64(.max))
        #expect(Origin(of: delivery(properties, exchange: ""), now: 1_000).firstTime == 1_000)
    }

    @Test("a parked message that is parked again has the same name")
    func identity() {
        let first = ReturnedMessage.parked(held(delivery()), notice: notice(part()), queue: "orders", now: 1)
        let second = ReturnedMessage.parked(held(delivery()), notice: notice(part()), queue: "orders", now: 99)
        #expect(first.headers?.string(.parkedID) == second.headers?.string(.parkedID))
    }

    @Test("a delayed message carries its origin and what it owes, and nothing of an earlier round")
    func delayed() {
        let launch = OwedLaunch(mapping: "a", version: "v", element: 4, history: LaunchHistory(attempts: 2))
        let notice = DelayNotice(step: 1, owed: [launch])
        let properties = ReturnedMessage.delayed(held(delivery()), notice: notice, queue: "orders")
        let again = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 2), exchange: "", routingKey: "orders", redelivered: false,
            properties: properties, body: [])
        #expect(Origin(of: again, now: 5_000).firstTime == 1_000)
        #expect(OwedLaunches(properties.headers)?.groups.first?.elements?.ranges == "4")
        let second = ReturnedMessage.delayed(held(again), notice: notice, queue: "orders")
        #expect(second.headers?.entries.count { $0.name == "x-bridge-owed" } == 1)
        #expect(second.headers?.string(.exchange) == "shop")
    }

    /// Event, names and reasons as long as they may be, and large headers.
    private func worst() -> (held: HeldMessage, notice: ParkNotice) {
        let long = String(repeating: "é", count: 5_000)
        var properties = AMQPProperties()
        let text = AMQPText(String(repeating: "p", count: 255))
        for path in [
            \AMQPProperties.contentType, \.contentEncoding, \.correlationID, \.replyTo, \.expiration, \.messageID,
            \.type,
            \.userID, \.appID, \.clusterID,
        ] { properties[keyPath: path] = text }
        properties.headers = ["trace": .text(AMQPText(long)), "small": .int8(1), "big": .text(AMQPText(long + long))]
        let message = delivery(properties)
        let held = HeldMessage(
            delivery: message, origin: Origin(of: message, now: 1), eventID: long,
            arrival: MonotonicTime(nanoseconds: 0))
        let parts = (0..<40).map { number in
            ParkedPart(
                launchClass: .unmappable, reason: .missing, detail: long, mapping: "m\(number)", version: long,
                element: nil, pointer: long, attempts: 1)
        }
        return (held, ParkNotice(parts: parts))
    }

    @Test(
        "however small the broker's frames are, what is parked or delayed fits and says what it left out",
        arguments: [4_076, 8_172, 16_364, 65_516, KeptMessage.usualRoom])
    func rooms(room: Int) throws {
        let (held, notice) = worst()
        let parked = ReturnedMessage.parked(held, notice: notice, queue: "orders", now: 9, room: room)
        // The publisher adds its own number.
        #expect(try parked.wire().count + 40 <= room)
        let message = ParkedMessage(
            Delivery(
                receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "", routingKey: "orders.parked",
                redelivered: false, properties: parked, body: held.delivery.body), source: "orders")
        let record = try #require(message.record)
        #expect(record.deciding.reason == .missing && !record.deciding.detail.isEmpty)
        #expect(record.event == held.shownEvent && record.origin.exchange == "shop")
        #expect(parked.messageID != nil && parked.contentEncoding != nil, "the body is read by it")
        let owed = (0..<2_000).map { OwedLaunch(mapping: "m", version: "v", element: $0 * 2, history: LaunchHistory()) }
        let delayed = ReturnedMessage.delayed(
            held, notice: DelayNotice(step: 0, owed: owed), queue: "orders", room: room)
        #expect(try delayed.wire().count + 40 <= room)
        #expect(OwedLaunches(delayed.headers)?.groups.map(\.mapping) == ["m"])
        if room < 16_000 {
            #expect(parked.headers?["small"] == .int8(1) || room < 8_000)
            let names = try #require(parked.headers?["x-bridge-original-headers-left-out-names"])
            #expect("\(names)".contains("big"))
        }
    }

    @Test("what a second round leaves out is added to what the first one did")
    func leftOutTwice() {
        var properties = AMQPProperties()
        let big = AMQPText(String(repeating: "x", count: 3_000))
        properties.headers = ["a": .text(big), "b": .text(big), "c": .int8(1)]
        let first = KeptMessage.properties(of: delivery(properties), adding: [], room: 4_000)
        #expect(first.headers?["x-bridge-original-headers-left-out"] == .int64(1))
        #expect(first.headers?["a"] != nil && first.headers?["c"] == .int8(1))
        let second = KeptMessage.properties(of: delivery(first), adding: [], room: 2_000)
        #expect(second.headers?["x-bridge-original-headers-left-out"] == .int64(2))
        #expect(second.headers?["x-bridge-original-headers-left-out-names"] == .text("b, a"))
        let third = KeptMessage.properties(of: delivery(second), adding: [])
        #expect(third == second, "a round that has room adds nothing")
    }

    @Test("a mapping that is gone still owes what it owed, and no more, should it come back")
    func removedMappings() throws {
        let owed = (0..<4).map {
            OwedLaunch(mapping: "gone", version: "v", element: $0 * 3, history: LaunchHistory(attempts: $0))
        }
        let delayed = ReturnedMessage.delayed(
            held(delivery()), notice: DelayNotice(step: 0, owed: owed), queue: "orders")
        let again = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 2), exchange: "", routingKey: "orders", redelivered: false,
            properties: delayed, body: Array("{}".utf8))
        let removed = ParkedPart(
            launchClass: .unmappable, reason: .mappingRemoved, detail: "", mapping: "gone", version: "v", element: nil,
            pointer: nil, attempts: 0)
        let parked = ReturnedMessage.parked(held(again), notice: notice(removed, part()), queue: "orders", now: 1)
        let read = try #require(OwedLaunches(parked.headers))
        #expect(read.shares.map(\.mapping) == ["order-paid", "gone"])
        #expect(read.shares.last?.elements?.ranges == "0,3,6,9")
    }
}
