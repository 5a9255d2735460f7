import JSON
import Testing

@testable import Sandbox

/// Random traffic over every call, with what must hold whatever comes: the account is a value, so it is asked directly.
@Suite("Random traffic", .timeLimit(.minutes(2)))
struct TrafficTests {
    private static let account = """
        {"campaigns": [{"id": 1}, {"id": 2, "active": false}, {"id": 3, "send_channel": "email", "resource_id": 1}],
         "scenarios": [{"id": 1}, {"id": 2, "reentry": false}],
         "profiles": [{"id": "p0", "email": "e0@x"}, {"id": "p1", "phone": "+1"}, {"id": "p2", "fields": {"f": "2"}},
                      {"id": "p3", "email": "e3@x", "subscriptions": []}]}
        """

    /// A request that may be good or bad.
    private static func body(_ endpoint: Endpoint, _ generator: inout SeededOrder) -> String {
        func any(_ values: [String]) -> String { values.randomElement(using: &generator) ?? "" }
        func who() -> String {
            any([
                #""email": "e0@x""#, #""email": "e3@x""#, #""email": "none@x""#, #""matching": "phone", "phone": "+1""#,
                #""matching": "custom", "field_name": "f", "field_value": 2"#, #""matching": "profile_id""#,
                #""matching": "profile_id", "profile_id": "p2""#, #""custom_request": {"_id": {"$ne": "p1"}}"#,
            ])
        }
        var members = [#""\#(endpoint.idParameter)": \#(any(["1", "2", "3", "9", "\"1\""]))"#]
        switch endpoint.action {
        case .batch, .importBatch:
            let elements = (0..<Int.random(in: 0...4, using: &generator)).map { _ -> String in
                any([
                    #"{"email": "e0@x"}"#, #"{"email": "new@x", "data": {"a": 1}}"#, #"{"data": {"email": "e3@x"}}"#,
                    #"{"profile_id": "p2"}"#, #"{"custom_request": {}}"#,
                ])
            }
            members.append(#""data": [\#(elements.joined(separator: ", "))]"#)
        case .importOne: members.append(who() + #", "data": {"b": 2}"#)
        default: members.append(who())
        }
        if Bool.random(using: &generator) {
            members.append(#""custom_data": {"event_id": "\#(Int.random(in: 0..<20, using: &generator))"}"#)
        }
        return #"{"token": "t", "# + members.joined(separator: ", ") + "}"
    }

    @Test("A refusal launches nothing, a success what it says, and all counts agree", arguments: 1...60)
    func invariants(seed: Int) throws {
        var generator = SeededOrder(UInt64(seed))
        var options = SandboxOptions(token: "t")
        options.batchUnmatched = BatchUnmatched.allCases.randomElement(using: &generator) ?? .absent
        options.unsubscribed = Verdict.allCases.randomElement(using: &generator) ?? .error
        options.inactive = Verdict.allCases.randomElement(using: &generator) ?? .error
        options.reentry = Verdict.allCases.randomElement(using: &generator) ?? .error
        options.keptLaunches = 50
        var world = World(try SandboxData.parse(Array(Self.account.utf8), path: "a"), options: options)
        var fresh = 0
        for step in 0..<200 {
            guard let endpoint = Endpoint.api.randomElement(using: &generator) else { return }
            let parameters = Parameters(try parsed(Self.body(endpoint, &generator)), isXML: false)
            let now = TaskTests.date(step)
            world.advance(to: now)
            fresh += world.takeFresh().count
            let before = (launches: world.log.total, profiles: world.store.profiles.count)
            let answer = world.handle(APICall(endpoint: endpoint, parameters: parameters), now: now)
            let made = world.takeFresh()
            fresh += made.count
            #expect(world.log.total == before.launches + made.count)
            #expect(made.map(\.number) == Array((before.launches + 1)..<(world.log.total + 1)))
            if answer.error != 0 || endpoint.makesTask { #expect(made.isEmpty, "seed \(seed): \(answer)") }
            if answer.error != 0 { #expect(answer.data == nil && answer.result == nil) }
            if endpoint.action == .start, answer.error == 0 { #expect(!made.isEmpty) }
            if let result = answer.result {
                #expect(result.compactMap(\.self) == made.filter { $0.unsent == nil }.map { $0.profileID ?? "" })
            }
            if endpoint.action != .importOne, endpoint.action != .importBatch {
                #expect(world.store.profiles.count == before.profiles)
            }
        }
        check(world, fresh: fresh)
    }

    private func check(_ world: World, fresh: Int) {
        let counts = world.log.counts
        #expect(fresh == world.log.total)
        #expect(world.log.launches.count <= 50)
        #expect(counts.recipients.values.reduce(0, +) == world.log.total)
        #expect(counts.events.values.reduce(0, +) + counts.withoutEvent == world.log.total)
        #expect(world.requestCounts.all == 200)
        // Every profile is found by its id, once.
        for (row, profile) in world.store.profiles.enumerated() {
            #expect(world.store.rows(.id(profile.id)) == [row])
        }
    }

    @Test("Two runs of the same requests give the same answers")
    func repeatable() throws {
        func run() throws -> [String] {
            var generator = SeededOrder(99)
            let data = try SandboxData.parse(Array(Self.account.utf8), path: "a")
            var world = World(data, options: SandboxOptions(token: "t"))
            return try (0..<100).map { step in
                let endpoint = Endpoint.api.randomElement(using: &generator) ?? .triggerStart
                let parameters = Parameters(try parsed(Self.body(endpoint, &generator)), isXML: false)
                let answer = world.handle(
                    APICall(endpoint: endpoint, parameters: parameters), now: TaskTests.date(step))
                return String(decoding: AnswerFormat.json.encode(answer), as: UTF8.self)
            }
        }
        #expect(try run() == run())
    }

    @Test("A crowd from many threads is counted exactly")
    func crowd() async throws {
        let playground = try Playground(Self.account)
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    for step in 0..<200 {
                        playground.sandbox.with { world, now in
                            let body = JSONValue.object([
                                ("token", .string(Playground.token)), ("id", .number(JSONNumber(1))),
                                ("email", .string("e0@x")),
                                ("custom_data", .object([("event_id", .string("\(worker)-\(step)"))])),
                            ])
                            _ = world.handle(
                                APICall(endpoint: .triggerStart, parameters: Parameters(body, isXML: false)), now: now)
                        }
                    }
                }
            }
        }
        #expect(playground.lines.count == 1_600)
        let (total, events) = playground.sandbox.with { world, _ in (world.log.total, world.log.counts.events) }
        #expect(total == 1_600)
        #expect(events.count == 1_600)
        #expect(events.values.allSatisfy { $0 == 1 })
    }
}
