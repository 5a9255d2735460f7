import AMQP
import Mapping
import Outcome
import Poll
import Relay
import TestSupport
import Testing

@testable import Bridge

/// Whoever may publish to the queue may write the bridge's headers: whatever they say, the event has an end, and no
/// launch of it is made twice.
@Suite("Forged headers", .timeLimit(.minutes(1)))
struct ForgedHeaderTests {
    private static let mappings = [
        #"{"name": "list", "when": {}, "for_each": {"path": "$.people[*]"}, "launch": {"campaign": 7}, "#
            + #""recipient": [{"matching": "email", "email": "@"}], "content": {}}"#,
        #"{"name": "one", "when": {}, "launch": {"campaign": 8}, "#
            + #""recipient": [{"matching": "email", "email": "$.people[0]"}], "content": {}}"#,
        #"{"name": "off", "enabled": false, "when": {}, "launch": {"campaign": 9}, "#
            + #""recipient": [{"matching": "email", "email": "$.people[0]"}], "content": {}}"#,
    ]
    private static let people = 12
    private static let body: [UInt8] = {
        let list = (0..<people).map { "\"p\($0)@example.com\"" }.joined(separator: ",")
        return Array("{\"people\": [\(list)]}".utf8)
    }()

    private let intake: Intake
    private let versions: [String: String]

    init() throws {
        let files = Self.mappings.enumerated().map { SourceFile(name: "m\($0.offset).json", text: $0.element) }
        let (set, diagnostics) = MappingSet.compile(files: files)
        try #require(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
        intake = Intake(IntakeSettings(), mappings: LiveMappings(set))
        versions = Dictionary(uniqueKeysWithValues: set.mappings.map { ($0.name, $0.version) })
    }

    private func plan(_ headers: AMQPTable) -> Plan {
        var properties = AMQPProperties()
        properties.headers = headers
        let delivery = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "", routingKey: "orders", redelivered: false,
            properties: properties, body: Self.body)
        let now = Moment(monotonic: MonotonicTime(nanoseconds: 0), wallSeconds: 5_000)
        return intake.take(delivery, origin: Origin(of: delivery, now: 5_000), now: now).plan
    }

    private func group(_ random: inout TestSupport.SeededGenerator) -> AMQPValue {
        let names: [AMQPText] = ["list", "list", "list", "one", "off", "gone", "", AMQPText(bytes: [0xFF])]
        let name = names.randomElement(using: &random) ?? "list"
        let current = versions[name.string ?? ""] ?? "v"
        let versions: [AMQPValue] = [.text(AMQPText(current)), .text(AMQPText(current)), .text("old"), .int64(1)]
        let elements: [AMQPValue?] = [
            nil, .text("0"), .text("3-5"), .text("4,9"), .text("7-99999"), .text("1-"), .bytes([0x21]), .bytes([]),
            .bytes([0, 0xFF]), .int64(4), .text("50"),
        ]
        let counts: [AMQPValue] = [.int64(0), .int64(3), .int64(.max), .int64(-1), .text("9")]
        var table: AMQPTable = ["mapping": .text(name)]
        table.append("version", versions.randomElement(using: &random) ?? .void)
        if let elements = elements.randomElement(using: &random) ?? nil { table.append("elements", elements) }
        table.append("attempts", counts.randomElement(using: &random) ?? .void)
        if Bool.random(using: &random) { table.append("unsure", .boolean(true)) }
        return Int.random(in: 0..<20, using: &random) == 0 ? .int8(1) : .table(table)
    }

    @Test("every message has an end, and no launch comes twice", arguments: 0..<40)
    func random(seed: Int) {
        var random = TestSupport.SeededGenerator(seed: UInt64(seed))
        for _ in 0..<50 {
            let owed = (0..<Int.random(in: 0...4, using: &random)).map { _ in group(&random) }
            let plan = plan([
                "x-bridge-exchange": .text("shop"), "x-bridge-routing-key": .text("k"),
                "x-bridge-first-time": [.int64(1_000), .int64(.min), .uint64(.max), .void].randomElement(
                    using: &random) ?? .void,
                "x-bridge-owed": .array(owed), "x-bridge-ignore-expiry": .int64(1),
            ])
            #expect(!plan.launches.isEmpty || !plan.ended.isEmpty, "\(owed)")
            let launches = plan.launches.map { "\($0.mapping) \($0.element ?? -1)" }
            #expect(Set(launches).count == launches.count, "\(owed)")
            #expect(plan.launches.allSatisfy { ($0.element ?? 0) < Self.people && $0.history.attempts >= 0 })
            #expect(plan.ended.allSatisfy { $0.reason == .mappingRemoved }, "\(owed)")
        }
    }

    @Test("a header of ours that makes no sense is as good as none: everything is evaluated")
    func nonsense() {
        let group: AMQPTable = ["mapping": .text("list"), "version": .text("v"), "elements": .text("2")]
        for value in [.void, .text("all"), .array([]), .array([.table(group), .void])] as [AMQPValue] {
            let plan = plan([
                "x-bridge-exchange": .text("shop"), "x-bridge-routing-key": .text("k"), "x-bridge-owed": value,
            ])
            #expect(plan.launches.count == Self.people + 1)
        }
    }

    @Test("without an origin the message did not come round, and owes nothing by a header")
    func noOrigin() {
        let group: AMQPTable = ["mapping": .text("one"), "version": .text("v")]
        let owed = AMQPValue.array([.table(group)])
        #expect(plan(["x-bridge-owed": owed]).launches.count == Self.people + 1)
        #expect(plan(["x-bridge-owed": owed, "x-bridge-exchange": .text("")]).launches.count == Self.people + 1)
    }
}
