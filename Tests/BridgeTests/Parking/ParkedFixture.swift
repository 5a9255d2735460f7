import AMQP
import Mapping
import Outcome
import Poll
import Relay
import Testing

@testable import Bridge

/// Parked messages as the bridge makes them, and what judges them.
enum ParkedFixture {
    /// An event of the shop.
    static let body = Array(#"{"id":"order-1","email":"anna@example.com","at":1000}"#.utf8)

    /// A parked message as it is found in the queue.
    static func parked(
        _ event: String = "order-1", body: [UInt8] = body, at parkedAt: Int64 = 2_000,
        parts: [ParkedPart] = [part()], routingKey: AMQPText = "order.paid", headers: AMQPTable? = nil, tag: UInt64 = 1
    ) -> Delivery {
        var properties = AMQPProperties()
        properties.headers = headers
        let first = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "shop", routingKey: routingKey,
            redelivered: false, properties: properties, body: body)
        let held = HeldMessage(
            delivery: first, origin: Origin(of: first, now: 1_000), eventID: event,
            arrival: MonotonicTime(nanoseconds: 0))
        let made = ReturnedMessage.parked(held, notice: ParkNotice(parts: parts), queue: "orders", now: parkedAt)
        return delivery(made, body, tag: tag)
    }

    /// A message as it comes out of the parking queue.
    static func delivery(_ properties: AMQPProperties, _ body: [UInt8], tag: UInt64 = 1) -> Delivery {
        Delivery(
            receipt: DeliveryReceipt(generation: 0, tag: tag), exchange: "", routingKey: "orders.parked",
            redelivered: false, properties: properties, body: body)
    }

    /// Why a part is parked.
    static func part(
        _ launchClass: LaunchClass = .refused, _ reason: Reason = .refused, detail: String = "301 - Wrong params",
        mapping: String? = "order-paid", element: Int? = nil
    ) -> ParkedPart {
        ParkedPart(
            launchClass: launchClass, reason: reason, detail: detail, mapping: mapping,
            version: mapping.map { _ in "v1" }, element: element, pointer: mapping.map { _ in "/content/total" },
            attempts: 2)
    }

    /// Why launches of some mappings are parked: of the mapping's elements, or of its only launch.
    static func parts(_ mapping: String, _ elements: [Int]? = nil) -> [ParkedPart] {
        elements?.map { part(mapping: mapping, element: $0) } ?? [part(mapping: mapping)]
    }

    /// A message, read.
    static func message(_ delivery: Delivery) -> ParkedMessage { ParkedMessage(delivery, source: "orders") }

    /// A mapping that wants `order.paid`; with `expires`, for an hour after the event's `at`.
    static func mapping(_ name: String = "order-paid", expires: Bool = false, hasTime: Bool = true) -> String {
        let delivery = expires ? #""delivery": {"expire_after": "PT1H"},"# : ""
        let event = expires && hasTime ? #""event": {"time": "$.at"},"# : ""
        return """
            {"name": "\(name)", \(delivery) \(event)
             "when": {"exchange": ["shop"], "routing_key": ["order.paid"]},
             "recipient": [{"matching": "email", "email": "$.email"}], "launch": {"campaign": 7}, "content": {}}
            """
    }

    /// A judge by mapping files.
    static func judge(
        _ mappings: [String], allowed: [String]? = nil, ignoresExpiry: Bool = false
    ) -> RedriveJudge {
        let files = mappings.enumerated().map { SourceFile(name: "m\($0.offset).json", text: $0.element) }
        let (set, diagnostics) = MappingSet.compile(files: files, options: CompileOptions())
        for diagnostic in diagnostics where diagnostic.severity == .error { Issue.record("\(diagnostic)") }
        var settings = IntakeSettings()
        settings.allowed = allowed.map(RecipientAllowList.init)
        return RedriveJudge(
            Intake(settings, mappings: LiveMappings(set)), source: "orders", ignoresExpiry: ignoresExpiry)
    }

    /// A moment by the wall clock.
    static func moment(_ seconds: Int64) -> Moment {
        Moment(monotonic: MonotonicTime(nanoseconds: 0), wallSeconds: seconds)
    }
}
