import AMQP
import Altcraft
import Mapping
import Outcome
import Poll
import Relay
import Testing

@testable import Bridge

/// What a mapping says, in the relay's terms.
@Suite("Plans for the relay")
struct PlanMakerTests {
    private func plan(
        _ keys: String, settings: IntakeSettings = IntakeSettings(), body: String = #"{"email": "anna@example.com"}"#,
        headers: AMQPTable? = nil, exchange: AMQPText = "shop"
    ) throws -> Plan {
        let text =
            #"{"name": "m", "when": {}, "launch": {"campaign": 7}, "#
            + #""recipient": [{"matching": "email", "email": "$.email"}], "content": {}, \#(keys)}"#
        let (set, diagnostics) = MappingSet.compile(files: [SourceFile(name: "m.json", text: text)])
        try #require(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
        var properties = AMQPProperties()
        properties.messageID = "event-1"
        properties.headers = headers
        let delivery = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: exchange, routingKey: "k", redelivered: false,
            properties: properties, body: Array(body.utf8))
        let now = Moment(monotonic: MonotonicTime(nanoseconds: 0), wallSeconds: 1_000)
        let intake = Intake(settings, mappings: LiveMappings(set))
        return intake.take(delivery, origin: Origin(of: delivery, now: 1_000), now: now).plan
    }

    private func launch(_ keys: String, settings: IntakeSettings = IntakeSettings()) throws -> RelayLaunch {
        try #require(try plan(keys, settings: settings).launches.first)
    }

    @Test("without a word about it a launch travels as documented")
    func defaults() throws {
        let launch = try launch(#""owner": "shop""#)
        #expect(launch.policy == LaunchPolicy() && launch.isAllowed && launch.expiresAt == nil)
        #expect(launch.element == nil && launch.history == LaunchHistory())
        #expect(launch.key == LaunchKey(mapping: "m", value: "event-1"))
        #expect(launch.ledger.event == "event-1" && launch.ledger.windowSeconds == 7 * 86_400)
        #expect(launch.ledger.recipients.joined().contains("anna@example.com"), "the ledger hashes them itself")
        #expect(launch.maskedRecipient == "email a***@example.com", "the log has no addresses")
    }

    @Test("delivery is handed on whole")
    func delivery() throws {
        let launch = try launch(
            #""delivery": {"attempts": 3, "when_unsure": "park", "priority": "bulk", "rate": {"per_second": 5}, "#
                + #""dedup": {"key": "$.email", "window": "P1D"}, "lane": "one", "expire_after": "PT1M", "#
                + #""batch": {"max_items": 50, "max_wait": "PT2S", "unreported": "park"}}"#)
        #expect(launch.policy.attempts == 3 && launch.policy.whenUnsure == .park && launch.policy.priority == .bulk)
        #expect(launch.policy.rate == RateLimit(perSecond: 5, burst: 5))
        #expect(launch.policy.batch == BatchPolicy(maxItems: 50, maxWait: .seconds(2), parksUnreported: true))
        #expect(launch.key.value == "anna@example.com" && launch.ledger.windowSeconds == 86_400)
        #expect(launch.lane == LaneKey("one") && launch.expiresAt == 1_060)
    }

    @Test("dedup: false recognises nothing across events, and the event itself all the same")
    func noDedup() throws {
        let launch = try launch(#""delivery": {"dedup": false}"#)
        #expect(launch.ledger.windowSeconds == 0 && launch.key.value == "event-1")
    }

    @Test("what a batch leaves out is as the settings say, where the mapping does not", arguments: [true, false])
    func unreported(parks: Bool) throws {
        var settings = IntakeSettings()
        settings.unreported = parks ? .park : .accept
        let silent = try launch(#""delivery": {"batch": {}}"#, settings: settings)
        #expect(silent.policy.batch?.parksUnreported == parks)
        let said = try launch(
            #""delivery": {"batch": {"unreported": "\#(parks ? "accept" : "park")"}}"#, settings: settings)
        #expect(said.policy.batch?.parksUnreported == !parks)
    }

    @Test("elements are numbered, named and told apart")
    func elements() throws {
        let keys = #""for_each": {"path": "$.l[*]", "unique_by": "@.id"}"#
        let body = #"{"email": "anna@example.com", "l": [{"id": "x"}, {"id": "y"}, {"id": "x"}, {"no": 1}]}"#
        let plan = try plan(keys, body: body)
        #expect(plan.launches.map(\.element) == [0, 1] && plan.launches.map(\.key.element) == ["x", "y"])
        #expect(plan.ended.map(\.reason) == [.duplicate, .missing] && plan.ended.map(\.element) == [2, 3])
        #expect(plan.ended.map(\.launchClass) == [.skipped, .unmappable])
        #expect(plan.rest.isEmpty)
    }

    @Test("expiry is ignored where an operator's redrive says so, and only there")
    func ignoredExpiry() throws {
        let headers: AMQPTable = [
            "x-bridge-exchange": .text("shop"), "x-bridge-routing-key": .text("k"),
            "x-bridge-ignore-expiry": .int64(1),
        ]
        let keys = #""delivery": {"expire_after": "PT1M"}"#
        #expect(try plan(keys, headers: headers, exchange: "").launches.map(\.expiresAt) == [nil])
        #expect(try plan(keys, headers: headers, exchange: "web").launches.map(\.expiresAt) == [1_060])
    }
}
