import BrokerSupport
import JSON
import Testing

/// Every kind of call from mapping to answer, with the built programs: batches, tasks, imports and links.
@Suite("Launches of every kind", .serialized, .timeLimit(.minutes(5)))
struct BatchLaunchTests {
    /// A mapping for events of a kind; `rest` are its further members.
    private static func mapping(_ kind: String, _ rest: String) -> (String, String) {
        let text = """
            {
              "name": "\(kind)", "when": { "body": { "kind": ["\(kind)"] } },
              \(rest)
            }
            """
        return (kind, text)
    }

    private static let email = #""recipient": [{ "matching": "email", "email": "$.email" }]"#
    private static let event = #""custom_data": { "event_id": { "$meta": "/properties/message_id" } }"#
    /// Scenario calls carry it once for all: what differs cannot share a call.
    private static func once(_ kind: String) -> String { #""custom_data": { "event_id": "\#(kind)-all" }"# }
    private static let profile = #""profile": { "fields": { "_fname": "$.name" } }"#

    private static func delivery(_ items: Int, _ more: String = "") -> String {
        #""delivery": { "batch": { "max_items": \#(items), "max_wait": "PT0.3S"\#(more) } }"#
    }

    private static let mappings = Dictionary(
        uniqueKeysWithValues: [
            mapping("batch", #""launch": { "campaign": 1 }, \#(email), \#(event), \#(delivery(10))"#),
            mapping(
                "ids",
                """
                "launch": { "campaign": 1 }, "recipient": [{ "matching": "profile_id", "profile_id": "$.id" }],
                \(event), \(delivery(4, #", "unreported": "park""#))
                """),
            mapping(
                "custom",
                """
                "launch": { "campaign": 1 }, \(event), \(delivery(5)),
                "recipient": [{ "matching": "custom", "field_name": "CRM_ID", "field_value": "$.crm" }]
                """),
            mapping("task", #""launch": { "campaign": 1 }, \#(email), \#(event), \#(delivery(6, #", "task": true"#))"#),
            mapping("import", #""launch": { "campaign": 1 }, \#(email), \#(event), \#(profile)"#),
            mapping("imports", #""launch": { "campaign": 1 }, \#(email), \#(event), \#(profile), \#(delivery(3))"#),
            mapping(
                "importtask",
                #""launch": { "campaign": 1 }, \#(email), \#(event), \#(profile), \#(delivery(3, #", "task": true"#))"#),
            mapping("scenario", #""launch": { "scenario": 3 }, \#(email), \#(event)"#),
            mapping("engage", #""launch": { "scenario": 3 }, \#(email), \#(event), \#(profile)"#),
            mapping(
                "engages", #""launch": { "scenario": 3 }, \#(email), \#(once("engages")), \#(profile), \#(delivery(3))"#
            ),
            mapping(
                "engagetask",
                #""launch": { "scenario": 3 }, \#(email), \#(once("engagetask")), \#(profile), \#(delivery(3, #", "task": true"#))"#
            ),
            mapping("link", #""launch": { "link": "stock", "by": "md5" }, \#(email)"#),
            mapping(
                "linkpost",
                """
                "launch": { "link": "stock", "by": "xxh64" }, \(email),
                "fields": [{ "name": "_fname", "value": "$.name", "option": 1 }]
                """),
            mapping(
                "audience",
                """
                "launch": { "campaign": 1 }, "recipient": [{ "matching": "profile_id", "profile_id": "@.id" }],
                "for_each": { "path": "$.to[*]" }, \(event), \(delivery(10))
                """),
        ])

    private static func people(_ numbers: Range<Int>) -> [String] {
        numbers.map { #""email": "p\#($0)@example.com", "name": "Anna & Bob <\#($0)>""# }
    }

    /// One kind of event, and what becomes of so many of them.
    private struct Expected {
        let kind: String
        let count: Int
        let endpoint: String
        let requests: Int
        /// Whether its launches carry the identity of their events.
        var isTold = true
    }

    private static let expected = [
        Expected(kind: "batch", count: 10, endpoint: "campaigns/triggers/start_batch", requests: 1),
        Expected(kind: "task", count: 6, endpoint: "campaigns/triggers/start_batch_task", requests: 1),
        Expected(kind: "import", count: 2, endpoint: "campaigns/triggers/import_and_start", requests: 2),
        Expected(kind: "imports", count: 3, endpoint: "campaigns/triggers/import_and_start_batch", requests: 1),
        Expected(
            kind: "importtask", count: 3, endpoint: "campaigns/triggers/import_and_start_batch_task", requests: 1),
        Expected(kind: "scenario", count: 2, endpoint: "workflows/start", requests: 2),
        Expected(kind: "engage", count: 2, endpoint: "workflows/import_and_start", requests: 2),
        Expected(kind: "engages", count: 3, endpoint: "workflows/import_and_start_batch", requests: 1, isTold: false),
        Expected(
            kind: "engagetask", count: 3, endpoint: "workflows/import_and_start_batch_task", requests: 1, isTold: false),
    ]

    @Test("each kind goes by its call, and each event ends by its own element", arguments: ["json", "xml"])
    func everyCall(encoding: String) async throws {
        try await withVirtualHost { host in
            let stage = try LaunchStage(
                host, mappings: Self.mappings, altcraft: #""encoding": "\#(encoding)""#,
                sandbox: ["--task-seconds", "0.3"])
            for kind in Self.expected { try stage.publish(kind.kind, Self.people(0..<kind.count)) }
            for kind in Self.expected {
                let ends = try stage.ends(kind.kind, kind.count)
                #expect(ends.values.allSatisfy { $0 == "launched" }, "\(kind.kind): \(ends)")
                let launches = try stage.launches(kind.endpoint).filter { $0.event.hasPrefix("\(kind.kind)-") }
                #expect(Set(launches.map(\.event)).count == (kind.isTold ? kind.count : 1), "\(kind.kind)")
                #expect(launches.count == kind.count && Set(launches.map(\.request)).count == kind.requests, "\(kind)")
            }
            try checkLinks(stage)
            #expect(try stage.bridge.stop() == 0)
        }
    }

    private func checkLinks(_ stage: LaunchStage) throws {
        try stage.publish("link", Self.people(5..<6))
        try stage.publish("linkpost", Self.people(6..<7))
        let ends = try stage.ends("link", 1).merging(stage.ends("linkpost", 1)) { first, _ in first }
        #expect(ends == ["link-0": "launched", "linkpost-0": "launched"])
        let launches = try stage.launches("trg")
        #expect(launches.count == 2)
        #expect(launches.map(\.recipient).joined().contains(LaunchStage.profile(5)))
        #expect(launches.last?.node.text().contains("Anna & Bob <6>") == true)
    }

    @Test("who is not found, who is refused and who is launched have fates of their own")
    func ownFates() async throws {
        try await withVirtualHost { host in
            let stage = try LaunchStage(host, mappings: Self.mappings)
            try stage.publish("ids", [0, 1, 99, 3].map { #""id": "\#(LaunchStage.profile($0))""# })
            let ids = try stage.ends("ids", 4)
            #expect(ids == ["ids-0": "launched", "ids-1": "launched", "ids-2": "parked", "ids-3": "launched"])

            // Two profiles have the value 29: the platform refuses a batch that names it.
            try stage.publish("custom", [0, 1, 29, 3, 4].map { #""crm": "\#($0)""# })
            let custom = try stage.ends("custom", 5)
            #expect(custom.filter { $0.value == "launched" }.count == 4 && custom["custom-2"] == "parked", "\(custom)")
            let launches = try stage.launches().map(\.event).filter { $0.hasPrefix("custom-") }
            #expect(launches.count == 4 && Set(launches).count == 4, "nobody twice")
            #expect(try stage.bridge.stop() == 0)
            #expect(try stage.parked() == ["ids-2": "refused/unreported", "custom-2": "refused/refused"])
        }
    }

    @Test("a list of for_each fills several calls, and its event ends once with all of them")
    func audience() async throws {
        try await withVirtualHost { host in
            let stage = try LaunchStage(host, mappings: Self.mappings)
            let list = (0..<25).map { #"{"id": "\#(LaunchStage.profile($0))"}"# }.joined(separator: ",")
            try stage.publish("audience", [#""to": [\#(list)]"#])
            #expect(try stage.ends("audience", 1) == ["audience-0": "launched"])
            let launches = try stage.launches()
            #expect(launches.count == 25 && Set(launches.map(\.recipient)).count == 25)
            #expect(Set(launches.map(\.request)).count == 3)
            #expect(try stage.bridge.stop() == 0)
        }
    }

    @Test("a batch whose answer is lost is neither halved nor, where its mapping parks, sent again")
    func lostAnswer() async throws {
        try await withVirtualHost { host in
            let park = Self.mapping(
                "lost",
                """
                "launch": { "campaign": 1 }, \(Self.email), \(Self.event),
                "delivery": { "when_unsure": "park", "batch": { "max_items": 3, "max_wait": "PT0.3S" } }
                """)
            let stage = try LaunchStage(host, mappings: [park.0: park.1])
            try stage.fail(#"{"kind": "cut", "count": 1, "carried_out": true}"#)
            try stage.publish("lost", Self.people(0..<3))
            let ends = try stage.ends("lost", 3)
            #expect(ends.values.allSatisfy { $0 == "parked" }, "\(ends)")
            let launches = try stage.launches()
            #expect(launches.count == 3 && Set(launches.map(\.request)).count == 1)
            #expect(try stage.bridge.stop() == 0)
            #expect(Set(try stage.parked().values) == ["unknown/cut"])
        }
    }
}
