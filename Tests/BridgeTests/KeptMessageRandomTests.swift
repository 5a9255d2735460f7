import AMQP
import TestSupport
import Testing

@testable import Bridge

/// Any properties and headers through any number of rounds: what is published fits, and nothing is lost unsaid.
@Suite("Messages that go round, at random", .timeLimit(.minutes(1)))
struct KeptMessageRandomTests {
    private static let acted: Set<String> = ["CC", "BCC", "x-death", "x-delivery-count", "x-first-death-queue"]
    private static let names: [AMQPText] = [
        "CC", "BCC", "x-death", "x-delivery-count", "x-first-death-queue", "trace", "Trace", "cc", "", "x-bridge",
        "x-bridge-class", "x-bridge-owed", "x-bridge-original-cc", "x-bridge-original-trace", AMQPText(bytes: [0xFF]),
    ]

    private static func delivery(_ properties: AMQPProperties) -> Delivery {
        Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "shop", routingKey: "order.paid",
            redelivered: false, properties: properties, body: [])
    }

    /// Each name once at most, with a text of any length or a number.
    private static func properties(_ random: inout TestSupport.SeededGenerator, longest: Int) -> AMQPProperties {
        var properties = AMQPProperties()
        properties.headers = AMQPTable(
            names.shuffled(using: &random).prefix(Int.random(in: 0...names.count, using: &random)).map { name in
                let length = Int.random(in: 0...longest, using: &random)
                return .init(
                    name,
                    Bool.random(using: &random) ? .int32(7) : .text(AMQPText(String(repeating: "x", count: length)))
                )
            })
        for path in [\AMQPProperties.expiration, \.userID, \.messageID, \.contentType, \.replyTo, \.correlationID]
        where Bool.random(using: &random) {
            properties[keyPath: path] = AMQPText(String(repeating: "p", count: Int.random(in: 0...200, using: &random)))
        }
        properties.deliveryMode = [nil, 1, 2].randomElement(using: &random) ?? nil
        properties.priority = 9
        return properties
    }

    private static func isOurs(_ name: String) -> Bool {
        name.hasPrefix("x-bridge-") && !name.hasPrefix("x-bridge-original-")
    }

    @Test("Where there is room all is kept as it was, but for what the broker acts on", arguments: 0..<40)
    func roomy(seed: Int) {
        var random = TestSupport.SeededGenerator(seed: UInt64(seed))
        for _ in 0..<25 {
            let original = Self.properties(&random, longest: 100)
            let kept = KeptMessage.properties(of: Self.delivery(original), adding: [])
            let entries = original.headers?.entries ?? []
            for entry in entries {
                guard let name = entry.name.string else {
                    #expect(kept.headers?.entries.contains(entry) == true)
                    continue
                }
                if Self.isOurs(name) {
                    #expect(kept.headers?[name] == nil, "\(name)")
                } else if Self.acted.contains(name) {
                    #expect(kept.headers?[name] == nil, "\(name)")
                    let record = "x-bridge-original-\(name.lowercased())"
                    #expect(kept.headers?[record] == original.headers?[record] ?? entry.value, "\(name)")
                } else {
                    #expect(kept.headers?[name] == entry.value, "\(name)")
                }
            }
            #expect(kept.expiration == nil && kept.userID == nil && kept.deliveryMode == 2 && kept.priority == 9)
            let expiration = original.expiration.map { AMQPValue.text($0) }
            #expect(kept.headers?["x-bridge-original-expiration"] == expiration)
            #expect(kept.messageID == original.messageID && kept.correlationID == original.correlationID)
            #expect(kept.headers?["x-bridge-original-headers-left-out"] == nil)
            let again = KeptMessage.properties(of: Self.delivery(kept), adding: [])
            #expect(again == kept, "a second round changes nothing")
        }
    }

    @Test("However little room there is, it fits, and what was left out is counted", arguments: 0..<40)
    func cramped(seed: Int) throws {
        var random = TestSupport.SeededGenerator(seed: 100 + UInt64(seed))
        let own = [AMQPTable.Entry("x-bridge-event", .text("order-1"))]
        for _ in 0..<10 {
            let original = Self.properties(&random, longest: 3_000)
            let room = Int.random(in: 2_500...9_000, using: &random)
            let kept = KeptMessage.properties(of: Self.delivery(original), adding: own, room: room)
            // The publisher adds its number.
            #expect(try kept.wire().count + 40 <= room)
            #expect(kept.headers?["x-bridge-event"] == .text("order-1"))
            // Whole with room; what of that is not there now was left out.
            let whole = KeptMessage.properties(of: Self.delivery(original), adding: own)
            let missing = (whole.headers?.entries ?? []).filter { !(kept.headers?.entries.contains($0) ?? false) }
            let dropped = [\AMQPProperties.replyTo, \.correlationID].filter {
                kept[keyPath: $0] == nil && whole[keyPath: $0] != nil
            }
            let count = missing.count + dropped.count
            #expect(kept.headers?["x-bridge-original-headers-left-out"] == (count > 0 ? .int64(Int64(count)) : nil))
            let isNamed = kept.headers?["x-bridge-original-headers-left-out-names"] != nil
            #expect(isNamed == (count > 0))
        }
    }
}
