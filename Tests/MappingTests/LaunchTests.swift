import Altcraft
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// What a mapping launches: target, recipient, parts, and the keys of lane and ledger.
@Suite(.timeLimit(.minutes(1)))
struct LaunchTests {
    /// The body of the only request, or the stop.
    private func request(_ keys: String, body: String, recipient: String = #"[{"email": "a@example.com"}]"#) throws
        -> String
    {
        let plan = try Sample.plan(Sample.mapping(keys, recipient: recipient), body: body)
        if let stop = plan.stops.first { return "\(stop.launchClass.rawValue) \(stop.reason.rawValue) \(stop.pointer)" }
        let launch = try #require(plan.launches.first)
        return String(decoding: launch.request.body, as: UTF8.self)
    }

    @Test(arguments: [
        (#""launch": {"scenario": 12}"#, "{}", #"{"id":12,"matching":"email","email":"a@example.com"}"#),
        (
            #""content": {"a": "$.a"}, "custom_data": {"b": 1}"#, #"{"a": {"z": 1.0, "é": "\u00e9"}}"#,
            #"{"id":1,"matching":"email","email":"a@example.com","content":{"a":{"z":1.0,"é":"\u00e9"}},"custom_data":{"b":1}}"#
        ),
        (
            #""tables": {"t": {"ru": 5}}, "launch": {"campaign": {"$lookup": "t", "key": "$.l", "default": 7}}"#,
            #"{"l": "ru"}"#, #"{"id":5,"matching":"email","email":"a@example.com"}"#
        ),
        (
            #""tables": {"t": {"ru": 5}}, "launch": {"campaign": {"$lookup": "t", "key": "$.l"}}"#, #"{"l": "de"}"#,
            "unmappable lookup /launch/campaign"
        ),
        (
            #""launch": {"campaign": {"$if": {"vip": [true]}, "then": 2, "else": 3}}"#, #"{"vip": true}"#,
            #"{"id":2,"matching":"email","email":"a@example.com"}"#
        ),
        (
            #""launch": {"campaign": {"$if": {"vip": [true]}, "then": 2}}"#, "{}", "unmappable missing /launch/campaign"
        ),
        (
            #""subscription_filter": {"email": "$.e", "not_strict": true}"#, #"{"e": "b@example.com"}"#,
            #"{"id":1,"matching":"email","email":"a@example.com","subscription_filter":{"email":"b@example.com","not_strict":true}}"#
        ),
        (
            #""attach": [{"name": "a.csv", "data": "data:text/csv;base64,SEVMTE8K"}]"#, "{}",
            #"{"id":1,"matching":"email","email":"a@example.com","attach":[{"data":"data:text/csv;base64,SEVMTE8K","name":"a.csv"}]}"#
        ),
        (
            #""attach": [{"name": "a.csv", "type": "text/csv", "data": "$.f"}]"#, #"{"f": "no base64!"}"#,
            "unmappable invalid /attach"
        ),
        (
            #""profile": {"fields": {"_fname": "$.n"}, "skip_triggers": true, "timeout": "PT90S"}"#, #"{"n": "Anna"}"#,
            #"{"trigger_id":1,"matching":"email","email":"a@example.com","data":{"_fname":"Anna"},"skip_triggers":true,"#
                + #""timeout":{"days":0,"hours":0,"minutes":2}}"#
        ),
    ])
    func requests(keys: String, body: String, expected: String) throws {
        #expect(try request(keys, body: body) == expected)
    }

    static let twoWays = #"""
        [{"email": {"$path": "$.email", "pipe": ["trim", "nonblank"]}},
         {"matching": "phone", "phone": "$.phone"},
         {"matching": "custom", "field_name": "crm", "field_value": "$.id"}]
        """#

    @Test(arguments: [
        (#"{"email": " a@example.com "}"#, "email a@example.com"),
        (#"{"email": " ", "phone": "+79991234567"}"#, "phone +79991234567"),
        (#"{"email": null, "phone": null, "id": 9007199254740993}"#, "custom crm 9007199254740993"),
        // A wrong kind makes an alternative incomplete, as does an empty text.
        (#"{"email": 5, "phone": "", "id": "x"}"#, "custom crm x"),
        (#"{"id": [1]}"#, "unmappable no_recipient /recipient"),
    ])
    func theFirstCompleteAlternativeIsUsed(body: String, expected: String) throws {
        let plan = try Sample.plan(Sample.mapping(#""owner": "a""#, recipient: Self.twoWays), body: body)
        let found =
            plan.launches.first?.recipient
            ?? plan.stops.first.map { "\($0.launchClass.rawValue) \($0.reason.rawValue) \($0.pointer)" }
        #expect(found == expected)
    }

    @Test(arguments: [
        (#""on": {"no_recipient": "skip"}"#, #"[{"email": "$.e"}]"#, "skipped no_recipient"),
        (#""on": {"missing": "skip"}, "content": {"a": "$.a"}"#, #"[{"email": "a@b.c"}]"#, "skipped missing"),
        (
            #""on": {"invalid": "skip"}, "content": {"a": {"$template": "{{$.o}}"}}"#, #"[{"email": "a@b.c"}]"#,
            "skipped invalid"
        ),
        (#""content": {"a": {"$template": "{{$.o}}"}}"#, #"[{"email": "a@b.c"}]"#, "unmappable invalid"),
    ])
    func theFileSaysWhatEndsInAParking(keys: String, recipient: String, expected: String) throws {
        let plan = try Sample.plan(Sample.mapping(keys, recipient: recipient), body: #"{"o": {}}"#)
        let stop = try #require(plan.stops.first)
        #expect("\(stop.launchClass.rawValue) \(stop.reason.rawValue)" == expected)
    }

    @Test(arguments: [
        (#"{"Custom_ID": {"$$in": ["$.id", "b"]}}"#, #"{"id": "a"}"#, #"{"Custom_ID":{"$in":["a","b"]}}"#),
        // What an event brings is a value, never an operator, and never nothing.
        (#"{"Custom_ID": "$.id"}"#, #"{"id": {"$ne": 1}}"#, "no_recipient"),
        (#"{"Custom_ID": "$.id"}"#, #"{"id": ""}"#, "no_recipient"),
        (#"{"a": 1, "Custom_ID": {"$path": "$.id", "optional": true}}"#, "{}", "no_recipient"),
    ])
    func anAudienceIsWrittenByTheFileAndFilledByTheEvent(query: String, body: String, expected: String) throws {
        let mapping = Sample.mapping(#""owner": "a""#, recipient: #"[{"custom_request": \#(query)}]"#)
        let plan = try Sample.plan(mapping, body: body)
        let found: String?
        if case .query(let query)? = plan.launches.first?.launch.audience {
            found = query.text()
        } else {
            found = plan.stops.first?.reason.rawValue
        }
        #expect(found == expected)
    }

    @Test func eventsAreKnownByTheirIDsOrTheirContent() throws {
        func plan(_ keys: String, properties: String = "{}", body: String = #"{"id": 1}"#) throws -> MappingPlan {
            let mapping = Sample.mapping(keys.isEmpty ? #""owner": "a""# : keys)
            return try #require(try Sample.plan(mapping, body: body, properties: properties).mappings.first)
        }
        #expect(try plan(#""event": {"id": "$.id"}"#).eventID == "1")
        #expect(try plan("", properties: #"{"message_id": "m"}"#).eventID == "m")
        let hash = try plan("").eventID
        #expect(hash.hasPrefix("hash:"))
        #expect(try plan("").eventID == hash)
        #expect(try plan("", body: #"{"id": 2}"#).eventID != hash)
        #expect(try plan(#""event": {"id": "$.id"}"#).launches.first?.dedupKey == "1")
        let key =
            #""event": {"id": "$.id"}, "delivery": {"dedup": {"key": {"$template": "o:{{$.id}}"}}, "lane": "$.id"}"#
        #expect(try plan(key).launches.first?.dedupKey == "o:1")
        #expect(try plan(key).launches.first?.lane == "1")
        #expect(try plan("").launches.first?.lane == "email a@example.com")
    }

    @Test func anEmptyIdIsNone() throws {
        func plan(_ body: String, properties: String = "{}") throws -> EventPlan {
            try Sample.plan(Sample.mapping(#""event": {"id": "$.id"}"#), body: body, properties: properties)
        }
        #expect(try plan(#"{"id": ""}"#, properties: #"{"message_id": "m"}"#).mappings[0].eventID == "m")
        let first = try plan(#"{"id": "", "n": 1}"#, properties: #"{"message_id": ""}"#)
        let second = try plan(#"{"id": "", "n": 2}"#)
        #expect(first.mappings[0].eventID.hasPrefix("hash:"))
        #expect(first.launches.first?.dedupKey != second.launches.first?.dedupKey, "two events are no repeat")
        #expect(try plan(#"{"id": " "}"#).mappings[0].eventID == " ", "a blank is a text")
    }

    @Test func anEmptyKeyIsNone() throws {
        func keys(_ body: String) throws -> [String] {
            let text = Sample.mapping(#""event": {"id": "$.id"}, "delivery": {"dedup": {"key": "$.key"}}"#)
            return try Sample.plan(text, body: body).launches.map(\.dedupKey)
        }
        #expect(try keys(#"{"id": 1, "key": "k"}"#) == ["k"] && keys(#"{"id": 1, "key": " "}"#) == [" "])
        #expect(try keys(#"{"id": 1, "key": ""}"#) == ["1"] && keys(#"{"id": 2, "key": ""}"#) == ["2"])
        let loop = Sample.mapping(#""for_each": {"path": "$.l[*]", "unique_by": "@"}"#)
        let plan = try Sample.plan(loop, body: #"{"l": ["", "a", "", "a"]}"#)
        #expect(plan.launches.map(\.element.name) == ["$['l'][0]", "a", "$['l'][2]"])
        #expect(plan.stops.map(\.element?.number) == [3], "who has no name is nobody's double")
    }

    @Test func anEventWithoutATimeIsAsOldAsTheBridgeKnows() throws {
        func expiry(_ keys: String, body: String = "{}") throws -> String? {
            let mapping = Sample.mapping(keys + #""delivery": {"expire_after": "PT6H"}"#)
            let compiled = try #require(Sample.compile(mapping).mapping)
            let view = EventView(body: try JSONDocument.parse(body).root)
            let event = Event(view: view, now: Instant(seconds: 90_000), firstSeen: Instant(seconds: 3_600))
            return MappingSet([compiled]).evaluate(event).launches.first?.expiresAt?.rfc3339
        }
        #expect(try expiry("") == "1970-01-01T07:00:00Z")
        let time = #""event": {"time": {"$path": "$.at", "optional": true}}, "#
        #expect(try expiry(time) == "1970-01-01T07:00:00Z")
        #expect(try expiry(time, body: #"{"at": "1970-01-01T02:00:00Z"}"#) == "1970-01-01T08:00:00Z")
    }

    @Test(arguments: [
        (#"{"timestamp": 1772355907}"#, "", "2026-03-01T15:05:07Z"),
        (#"{"timestamp": "2026-03-01T12:05:07+03:00"}"#, "", "2026-03-01T15:05:07Z"),
        ("{}", "", "2026-03-01T15:06:00Z"),
        ("{}", #""event": {"time": "$.at"}, "#, "2026-02-01T06:00:00Z"),
    ])
    func anEventExpiresAfterItsTime(properties: String, keys: String, expected: String) throws {
        let mapping = Sample.mapping(keys + #""delivery": {"expire_after": "PT6H"}"#)
        let plan = try Sample.plan(mapping, body: #"{"at": "2026-02-01T00:00:00Z"}"#, properties: properties)
        #expect(plan.launches.first?.expiresAt?.rfc3339 == expected)
    }

    @Test func deliveryIsReadWithItsDefaults() throws {
        let plain = try #require(Sample.compile(Sample.mapping(#""owner": "a""#)).mapping)
        #expect(plain.policy == DeliveryPolicy())
        let keys = #"""
            "delivery": {"dedup": false, "expire_after": "P1DT2H", "rate": {"per_second": 2.5}, "priority": "bulk",
              "batch": {"max_items": 50, "max_wait": "PT0.5S", "task": true, "unreported": "park"},
              "when_unsure": "park", "attempts": 3}
            """#
        let policy = try #require(Sample.compile(Sample.mapping(keys)).mapping).policy
        #expect(policy.dedupWindow == nil)
        #expect(policy.expireAfter == .seconds(93_600))
        #expect(policy.rate == .init(perSecond: 2.5, burst: 2))
        #expect(policy.priority == .bulk && policy.whenUnsure == .park && policy.attempts == 3)
        #expect(policy.batch == .init(maxItems: 50, maxWait: .milliseconds(500), isTask: true, unreported: .park))
    }
}
