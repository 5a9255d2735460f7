import AMQP
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import Relay
import TestSupport
import Testing

@testable import Bridge

/// What a parked message says about itself, whoever has written it.
@Suite("Parked messages")
struct ParkedMessageTests {
    private typealias Fixture = ParkedFixture

    @Test("everything that the bridge writes is read back")
    func roundTrip() throws {
        let parts = [Fixture.part(element: 3), Fixture.part(.unmappable, .missing, detail: "no", mapping: "other")]
        let record = try #require(Fixture.message(Fixture.parked(parts: parts)).record)
        #expect(record.event == "order-1" && record.queue == "orders")
        #expect(record.origin.exchange == "shop" && record.origin.routingKey == "order.paid")
        #expect(record.origin.firstTime == 1_000 && record.parkedAt == 2_000 && record.redriven == 0)
        #expect(record.parts.map(\.launchClass) == [.refused, .unmappable])
        #expect(record.deciding.attempts == 2 && record.deciding.version == "v1" && record.deciding.element == 3)
        #expect(record.deciding.sentence == "refused at /content/total (element 3): 301 - Wrong params")
    }

    @Test("a second copy has the same name, and so has the event parked again; another event has another")
    func names() {
        let first = Fixture.message(Fixture.parked())
        #expect(Fixture.message(Fixture.parked(at: 9_999, parts: [Fixture.part(.exhausted, .http503)])).id == first.id)
        #expect(first.id.description.count == 16)
        #expect(first.delivery.properties.headers?.string(.parkedID) == first.id.description)
        let others = [
            Fixture.parked("order-2"), Fixture.parked(body: Array("{}".utf8)), Fixture.parked(routingKey: "order.sent"),
        ]
        for other in others { #expect(Fixture.message(other).id != first.id) }
        #expect(
            ParkedID(event: "ab", exchange: "c", routingKey: "", body: [])
                != ParkedID(event: "a", exchange: "bc", routingKey: "", body: []))
    }

    @Test("a name in a header is not believed: nobody passes for a copy of another's message")
    func forgedNames() {
        var properties = Fixture.parked("order-2").properties
        properties.headers?.removeAll(named: BridgeHeader.parkedID.rawValue)
        let victim = Fixture.message(Fixture.parked()).id.description
        properties.headers?.append(AMQPText(BridgeHeader.parkedID.rawValue), .text(AMQPText(victim)))
        #expect(Fixture.message(Fixture.delivery(properties, Fixture.body)).id.description != victim)
    }

    /// What makes a message a stranger's.
    static let spoilt: [(header: BridgeHeader, value: AMQPValue?, why: String)] = [
        (.launchClass, nil, "it has no x-bridge-class that a bridge writes"),
        (.launchClass, .text("accepted"), "it has no x-bridge-class that a bridge writes"),
        (.launchClass, .text(AMQPText(bytes: [0xFF])), "it has no x-bridge-class that a bridge writes"),
        (.reason, .text("bad luck"), "it has no x-bridge-reason that a bridge writes"),
        (.event, .text(""), "it has no x-bridge-event"),
        (.event, .int64(1), "it has no x-bridge-event"),
        (.queue, .text("other"), "it was parked from the queue \"other\""),
        (.exchange, nil, "it does not say where it was published"),
        (.lastTime, .text("now"), "it has no x-bridge-last-time"),
        (.firstTime, nil, "it has no x-bridge-first-time"),
    ]

    @Test("what lacks what the bridge writes is not ours, and says why", arguments: spoilt)
    func strangers(_ spoilt: (header: BridgeHeader, value: AMQPValue?, why: String)) {
        var properties = Fixture.parked().properties
        properties.headers?.removeAll(named: spoilt.header.rawValue)
        if let value = spoilt.value { properties.headers?.append(AMQPText(spoilt.header.rawValue), value) }
        let message = Fixture.message(Fixture.delivery(properties, Fixture.body))
        #expect(message.kind == .stranger(ParkedRecord.Stranger(description: spoilt.why)))
        #expect(message.record == nil && message.summary.parkedAt == .max)
        #expect(Fixture.message(Fixture.delivery(AMQPProperties(), [])).record == nil)
    }

    @Test("nonsense among the parts leaves the deciding part; times beyond the calendar are brought back into it")
    func nonsense() throws {
        var properties = Fixture.parked(parts: [Fixture.part(), Fixture.part()]).properties
        for header in [BridgeHeader.parts, .lastTime, .firstTime, .redriven] {
            properties.headers?.removeAll(named: header.rawValue)
        }
        properties.headers?.append("x-bridge-parts", .array([.table([:]), .int8(1)]))
        properties.headers?.append("x-bridge-last-time", .uint64(.max))
        properties.headers?.append("x-bridge-first-time", .int64(.min))
        let far = Fixture.delivery(properties, [])
        #expect(ParkedMessage(far, source: "orders").record == nil, "a number beyond Int64 is none")
        properties.headers?.removeAll(named: "x-bridge-last-time")
        properties.headers?.append("x-bridge-last-time", .int64(.max))
        let record = try #require(Fixture.message(Fixture.delivery(properties, [])).record)
        #expect(record.parts.count == 1 && record.parkedAt == 253_402_300_799 && record.origin.firstTime == 0)
    }

    @Test("what it is now is read against its first origin and age, without the bridge's headers")
    func reading() throws {
        let message = Fixture.message(Fixture.parked(headers: ["x-shop": .int32(7)]))
        guard case .event(let event) = message.read(limits: JSONLimits(), now: Instant(seconds: 9_000)) else {
            Issue.record("no event")
            return
        }
        #expect(event.now == Instant(seconds: 9_000) && event.firstSeen == Instant(seconds: 1_000))
        #expect(Array(event.view.exchange) == Array("shop".utf8))
        #expect(event.view.tables.headers?.members.map(\.name) == ["x-shop"])
        let broken = Fixture.message(Fixture.parked(body: [0x7B]))
        guard case .undecodable(.notJSON, _) = broken.read(limits: JSONLimits(), now: Instant(seconds: 0)) else {
            Issue.record("an event")
            return
        }
        #expect(broken.document(limits: JSONLimits()) == nil)
        #expect(message.document(limits: JSONLimits(bytes: 3)) == nil, "within the limits only")
    }

    @Test("whatever headers a message has, it is ours or says why not")
    func random() {
        var generator = TestSupport.SeededGenerator(seed: 4)
        let values: [AMQPValue] = [
            .void, .text("refused"), .text("missing"), .text("orders"), .int64(5), .int64(.max), .array([]),
            .table([:]),
            .text(AMQPText(bytes: [0xC0, 0x80])), .bytes([1]), .boolean(true), .timestamp(.max),
        ]
        for _ in 0..<2_000 {
            var table = AMQPTable()
            for header in BridgeHeader.allCases where Bool.random(using: &generator) {
                table.append(AMQPText(header.rawValue), values.randomElement(using: &generator) ?? .void)
            }
            var properties = AMQPProperties()
            properties.headers = table
            let message = Fixture.message(Fixture.delivery(properties, [1, 2]))
            #expect(message.id.description.count == 16)
            if let record = message.record { #expect(record.queue == "orders" && !record.parts.isEmpty) }
        }
    }
}
