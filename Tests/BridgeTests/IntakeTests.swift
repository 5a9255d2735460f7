import AMQP
import Altcraft
import JSON
import Mapping
import Outcome
import Poll
import Relay
import Testing

@testable import Bridge

/// From bytes to a plan: every end that needs no platform.
@Suite("Intake")
struct IntakeTests {
    private static let mapping = """
        {"name": "paid", "when": {"exchange": ["shop"], "routing_key": ["order.*"], "body": {"status": ["paid"]}},
         "launch": {"campaign": 7}, "recipient": [{"matching": "email", "email": "$.email"}],
         "content": {"total": "$.total"}}
        """

    private func intake(_ settings: IntakeSettings = IntakeSettings(), mapping: String = mapping) throws -> Intake {
        let (set, diagnostics) = MappingSet.compile(files: [SourceFile(name: "paid.json", text: mapping)])
        try #require(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
        return Intake(settings, mappings: LiveMappings(set))
    }

    private func delivery(
        _ body: [UInt8], encoding: AMQPText? = nil, headers: AMQPTable? = nil, exchange: AMQPText = "shop",
        messageID: AMQPText? = "m-1"
    ) -> Delivery {
        var properties = AMQPProperties()
        properties.contentEncoding = encoding
        properties.headers = headers
        properties.messageID = messageID
        return Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: exchange, routingKey: "order.paid",
            redelivered: false, properties: properties, body: body)
    }

    private let now = Moment(monotonic: MonotonicTime(nanoseconds: 0), wallSeconds: 1_772_355_960)

    private func take(_ intake: Intake, _ delivery: Delivery) -> Intake.Result {
        intake.take(delivery, origin: Origin(of: delivery, now: now.wallSeconds), now: now)
    }

    private static let paid = Array(#"{"status":"paid","email":"anna@example.com","total":10.10}"#.utf8)

    @Test("a wanted event becomes a launch, with its digits and its recipient masked")
    func launches() throws {
        let result = take(try intake(), delivery(Self.paid))
        let launch = try #require(result.plan.launches.first)
        #expect(launch.mapping == "paid" && launch.request.target == .campaign(7))
        #expect(String(decoding: launch.request.body, as: UTF8.self).contains(#""total":10.10"#))
        #expect(launch.maskedRecipient == "email a***@example.com")
        #expect(result.eventID == "m-1")
    }

    @Test(
        "what is no event is parked with its reason",
        arguments: [
            ("{", nil, Reason.notJSON), ("\u{FEFF}{}", nil, .notJSON), (#"{"a":1,"a":2}"#, nil, .duplicateMember),
            (String(repeating: "[", count: 300), nil, .tooDeep), ("{}", "br", .encoding), ("{}", "gzip", .encoding),
            ("", nil, .notJSON),
        ] as [(String, AMQPText?, Reason)])
    func undecodable(body: String, encoding: AMQPText?, reason: Reason) throws {
        let end = try #require(take(try intake(), delivery(Array(body.utf8), encoding: encoding)).plan.ended.first)
        #expect(end.launchClass == .undecodable)
        #expect(try end.version == intake().mappings.version)
        #expect(end.reason == reason)
        #expect(!end.detail.isEmpty)
    }

    @Test("a body over the limit is parked as too big")
    func tooBig() throws {
        var settings = IntakeSettings()
        settings.json = JSONLimits(bytes: 20)
        let end = try #require(take(try intake(settings), delivery(Self.paid)).plan.ended.first)
        #expect(end.reason == .tooBig)
    }

    @Test("an event that nobody wants is skipped, or parked where the settings say so")
    func unmatched() throws {
        let body = Array(#"{"status":"open"}"#.utf8)
        let skipped = try #require(take(try intake(), delivery(body)).plan.ended.first)
        #expect(skipped.launchClass == .skipped && skipped.reason == .unmatched)
        var settings = IntakeSettings()
        settings.unmatched = .park
        let parked = try #require(take(try intake(settings), delivery(body)).plan.ended.first)
        #expect(parked.launchClass == .unmappable && parked.reason == .unmatched)
        #expect(try parked.version == intake().mappings.version)
    }

    @Test("an event that cannot be mapped is parked, with the place in the file")
    func unmappable() throws {
        let end = try #require(
            take(try intake(), delivery(Array(#"{"status":"paid","total":1}"#.utf8))).plan.ended.first)
        #expect(end.reason == .noRecipient && end.mapping == "paid")
        #expect(end.pointer?.hasPrefix("/recipient") == true)
    }

    @Test("a message that came round is evaluated for what it owes only, against its first origin")
    func owed() throws {
        let header: AMQPTable = [
            "x-bridge-exchange": .text("shop"), "x-bridge-routing-key": .text("order.paid"),
            "x-bridge-owed": .array([
                .table(["mapping": .text("paid"), "version": .text("old"), "attempts": .int64(3)]),
                .table(["mapping": .text("gone"), "version": .text("v")]),
            ]),
        ]
        let plan = take(try intake(), delivery(Self.paid, headers: header, exchange: "")).plan
        #expect(plan.launches.map(\.history.attempts) == [3])
        #expect(plan.ended.map(\.reason) == [.mappingRemoved])
    }

    @Test("recipients.allow lets only those through")
    func allowed() throws {
        var settings = IntakeSettings()
        settings.allowed = RecipientAllowList(["@example.org", "ANNA@example.com"])
        #expect(take(try intake(settings), delivery(Self.paid)).plan.launches.first?.isAllowed == true)
        settings.allowed = RecipientAllowList(["@example.org"])
        #expect(take(try intake(settings), delivery(Self.paid)).plan.launches.first?.isAllowed == false)
        // SHA-256 of anna@example.com.
        let hash = "f7d54c22dda5b1780276601cd005909b70543fc4a6ba72d735b4cb9bbb611f01"
        settings.allowed = RecipientAllowList([hash])
        #expect(take(try intake(settings), delivery(Self.paid)).plan.launches.first?.isAllowed == true)
    }

    @Test("an event without any identity has one made of its message, the same each time")
    func identity() throws {
        let first = take(try intake(), delivery(Array("{".utf8), messageID: nil)).eventID
        #expect(first == take(try intake(), delivery(Array("{".utf8), messageID: nil)).eventID)
        #expect(first != take(try intake(), delivery(Array("[".utf8), messageID: nil)).eventID)
    }

    @Test("an empty id names no event, whoever says it")
    func emptyIdentity() throws {
        let body = Array(#"{"status":"paid","email":"anna@example.com","id":""}"#.utf8)
        let mapping = Self.mapping.replacing(#""when""#, with: #""event": {"id": "$.id"}, "when""#)
        let intake = try intake(mapping: mapping)
        #expect(take(intake, delivery(body)).eventID == "m-1")
        #expect(take(intake, delivery(body, messageID: nil)).eventID.hasPrefix("hash:"))
        let returned: AMQPTable = [
            "x-bridge-exchange": .text("shop"), "x-bridge-routing-key": .text("order.paid"),
            "x-bridge-event": .text(""),
        ]
        let broken = delivery(Array("{".utf8), headers: returned, exchange: "", messageID: nil)
        #expect(take(intake, broken).eventID.count == 16)
    }

    @Test("an event without a time of its own is as old as when it was first seen, however often it comes round")
    func age() throws {
        let mapping = Self.mapping.replacing(#""when""#, with: #""delivery": {"expire_after": "PT1H"}, "when""#)
        let intake = try intake(mapping: mapping)
        #expect(take(intake, delivery(Self.paid)).plan.launches.first?.expiresAt == now.wallSeconds + 3_600)
        let first = now.wallSeconds - 5_000
        for headers in [returned(firstTime: first), returned(firstTime: first, owing: [group("paid", nil)])] {
            let plan = take(intake, delivery(Self.paid, headers: headers, exchange: "")).plan
            #expect(plan.launches.map(\.expiresAt) == [first + 3_600])
        }
        let forged = take(intake, delivery(Self.paid, headers: returned(firstTime: .min), exchange: ""))
        #expect(forged.plan.launches.first?.expiresAt == 3_600)
    }
}

/// What still is owed, and only that, of messages that came round.
extension IntakeTests {
    private static let audience = """
        {"name": "audience", "when": {"exchange": ["shop"]}, "for_each": {"path": "$.people[*]"},
         "launch": {"campaign": 7}, "recipient": [{"matching": "email", "email": "@"}], "content": {}}
        """

    private func returned(firstTime: Int64 = 1_772_355_960, owing groups: [AMQPTable]? = nil) -> AMQPTable {
        var table: AMQPTable = [
            "x-bridge-exchange": .text("shop"), "x-bridge-routing-key": .text("order.paid"),
            "x-bridge-first-time": .int64(firstTime),
        ]
        if let groups { table.append("x-bridge-owed", .array(groups.map { .table($0) })) }
        return table
    }

    private func group(_ mapping: String, _ elements: String?, attempts: Int64 = 0, version: String = "v") -> AMQPTable
    {
        var table: AMQPTable = ["mapping": .text(AMQPText(mapping)), "version": .text(AMQPText(version))]
        table.append("attempts", .int64(attempts))
        if let elements { table.append("elements", .text(AMQPText(elements))) }
        return table
    }

    private func people(_ count: Int) -> [UInt8] {
        let list = (0..<count).map { "\"p\($0)@example.com\"" }.joined(separator: ",")
        return Array("{\"people\":[\(list)]}".utf8)
    }

    @Test("a header that owes nothing, or nothing that is there, does not make the event be gone")
    func owesNothing() throws {
        let intake = try intake(mapping: Self.audience)
        let version = try #require(intake.mappings.compiled.mappings.first).version
        for owed in [[], [group("audience", "5-9", version: version)]] {
            let message = delivery(people(3), headers: returned(owing: owed), exchange: "")
            #expect(take(intake, message).plan.launches.compactMap(\.element) == [0, 1, 2])
        }
    }

    @Test("each element brings its own failures along")
    func elements() throws {
        let intake = try intake(mapping: Self.audience)
        let version = try #require(intake.mappings.compiled.mappings.first).version
        let owed = [
            group("audience", "0,4", attempts: 1, version: version),
            group("audience", "2", attempts: 9, version: version),
        ]
        let plan = take(intake, delivery(people(6), headers: returned(owing: owed), exchange: "")).plan
        #expect(plan.launches.map { $0.element ?? -1 } == [0, 2, 4])
        #expect(plan.launches.map(\.history.attempts) == [1, 9, 1])
    }

    @Test("where the mapping has changed each element is launched once, however many groups owed some")
    func changed() throws {
        let intake = try intake(mapping: Self.audience)
        let owed = [group("audience", "0", attempts: 4), group("audience", "2", attempts: 9)]
        let plan = take(intake, delivery(people(4), headers: returned(owing: owed), exchange: "")).plan
        #expect(plan.launches.map { $0.element ?? -1 } == [0, 1, 2, 3])
        #expect(plan.launches.allSatisfy { $0.history.attempts == 4 })
    }

    @Test("a mapping that is gone is told once, whatever it still owed")
    func gone() throws {
        let owed = [group("gone", "0", attempts: 4), group("gone", "2")]
        let plan = take(try intake(), delivery(Self.paid, headers: returned(owing: owed), exchange: "")).plan
        #expect(plan.ended.map(\.reason) == [.mappingRemoved] && plan.launches.isEmpty)
    }

    @Test("a long list streams: what is left is told by history, and every element comes once")
    func streams() throws {
        let intake = try intake(mapping: Self.audience)
        let version = try #require(intake.mappings.compiled.mappings.first).version
        let owed = [
            group("audience", "0-1199,1400-2499", attempts: 1, version: version),
            group("audience", "1200-1399", attempts: 8, version: version),
        ]
        let taken = take(intake, delivery(people(3_000), headers: returned(owing: owed), exchange: ""))
        #expect(taken.plan.launches.count == taken.plan.window)
        #expect(taken.plan.rest.map(\.elements) == [[1_000..<1_200, 1_400..<2_500], [1_200..<1_400]])
        #expect(taken.plan.rest.map(\.history.attempts) == [1, 8])
        var stream = try #require(taken.stream)
        var launches = taken.plan.launches
        var rest = taken.plan.rest
        while !rest.isEmpty {
            let next = stream.next()
            #expect(!next.launches.isEmpty)
            launches += next.launches
            rest = next.rest
        }
        #expect(launches.compactMap(\.element) == Array(0..<2_500))
        let worn = launches.filter { $0.history.attempts == 8 }.compactMap(\.element)
        #expect(worn == Array(1_200..<1_400))
    }
}
