import Altcraft
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// `delivery`: what is read, what stands where nothing is said, and what is refused.
@Suite(.timeLimit(.minutes(1)))
struct DeliveryTests {
    private func policy(_ delivery: String, _ keys: String = "") throws -> DeliveryPolicy {
        let (mapping, diagnostics) = Sample.compile(Sample.mapping("\(keys)\"delivery\": \(delivery)"))
        return try #require(mapping, "\(diagnostics.map(\.description))").policy
    }

    private func errors(_ delivery: String, _ keys: String = "") -> [String] {
        Sample.compile(Sample.mapping("\(keys)\"delivery\": \(delivery)")).diagnostics
            .filter { $0.severity == .error }.map { "\($0.code.rawValue) \($0.pointer)" }
    }

    @Test(arguments: ["{}", #"{"priority": "normal"}"#, #"{"attempts": 10}"#, #"{"when_unsure": "retry"}"#])
    func whatIsNotSaidIsTheDocumentedDefault(delivery: String) throws {
        let policy = try policy(delivery)
        #expect(policy == DeliveryPolicy())
        #expect(policy.dedupWindow == .seconds(604_800) && policy.attempts == 10)
        #expect(policy.expireAfter == nil && policy.rate == nil && policy.batch == nil)
        #expect(policy.priority == .normal && policy.whenUnsure == .retry)
    }

    @Test(arguments: [
        ("PT1S", 1_000), ("PT0.25S", 250), ("PT0,001S", 1), ("PT1M", 60_000), ("PT90M", 5_400_000),
        ("PT6H", 21_600_000),
        ("P1D", 86_400_000), ("P1DT1H1M1S", 90_061_000), ("P2W", 1_209_600_000), ("PT36H", 129_600_000),
    ])
    func durationsAreWhatTheySay(text: String, milliseconds: Int64) throws {
        let expected = Duration.milliseconds(milliseconds)
        #expect(try policy(#"{"expire_after": "\#(text)"}"#).expireAfter == expected)
        #expect(try policy(#"{"batch": {"max_wait": "\#(text)"}}"#).batch?.maxWait == expected)
        let dedup = try policy(#"{"dedup": {"key": "$.id", "window": "\#(text)"}}"#)
        #expect(dedup.dedupWindow == expected && dedup.expireAfter == nil)
    }

    @Test func noTimeAtAllIsNoAgeAndNoWindow() throws {
        #expect(errors(#"{"expire_after": "PT0S"}"#) == ["E180 /delivery/expire_after"])
        #expect(errors(#"{"dedup": {"window": "P0D"}}"#) == ["E180 /delivery/dedup/window"])
        #expect(try policy(#"{"batch": {"max_wait": "PT0S"}}"#).batch?.maxWait == .zero)
    }

    @Test(arguments: [
        "", "6h", "PT", "P", "P1Y", "P1M", "PT1D", "P6H", "PT6", "-PT1H", "pt6h", "P36526D", "P1DT", "PT1H ",
    ])
    func otherTextsAreNoDurations(text: String) {
        #expect(errors(#"{"expire_after": "\#(text)"}"#) == ["E180 /delivery/expire_after"])
        #expect(errors(#"{"batch": {"max_wait": "\#(text)"}}"#) == ["E180 /delivery/batch/max_wait"])
        #expect(errors(#"{"dedup": {"key": "$.id", "window": "\#(text)"}}"#) == ["E180 /delivery/dedup/window"])
    }

    @Test(arguments: [
        (#"{"per_second": 50}"#, 50, 50), (#"{"per_second": 0.5}"#, 0.5, 1), (#"{"per_second": 2.9}"#, 2.9, 2),
        (#"{"per_second": 1e2}"#, 100, 100), (#"{"per_second": 5, "burst": 1}"#, 5, 1),
        (#"{"per_second": 0.1, "burst": 1000000}"#, 0.1, 1_000_000), (#"{"per_second": 1e12}"#, 1e12, 1_000_000),
    ])
    func aPaceLetsOneSecondsWorthGoAtOnce(rate: String, perSecond: Double, burst: Int) throws {
        #expect(try policy("{\"rate\": \(rate)}").rate == .init(perSecond: perSecond, burst: burst))
    }

    @Test(arguments: DeliveryPolicy.Priority.allCases)
    func everyPriorityHasItsWord(_ priority: DeliveryPolicy.Priority) throws {
        #expect(try policy(#"{"priority": "\#(priority.rawValue)"}"#).priority == priority)
    }

    @Test(arguments: DeliveryPolicy.WhenUnsure.allCases)
    func everyWayOutOfDoubtHasItsWord(_ choice: DeliveryPolicy.WhenUnsure) throws {
        #expect(try policy(#"{"when_unsure": "\#(choice.rawValue)"}"#).whenUnsure == choice)
    }

    @Test(arguments: [
        ("{}", DeliveryPolicy.Batch(maxItems: 1_000, maxWait: .seconds(1), isTask: false, unreported: nil)),
        (
            #"{"max_items": 1}"#,
            DeliveryPolicy.Batch(maxItems: 1, maxWait: .seconds(1), isTask: false, unreported: nil)
        ),
        (
            #"{"max_items": 10000, "task": true}"#,
            DeliveryPolicy.Batch(maxItems: 10_000, maxWait: .seconds(1), isTask: true, unreported: nil)
        ),
        (
            #"{"max_wait": "PT0.2S", "unreported": "accept"}"#,
            DeliveryPolicy.Batch(maxItems: 1_000, maxWait: .milliseconds(200), isTask: false, unreported: .accept)
        ),
        (
            #"{"task": false, "unreported": "park"}"#,
            DeliveryPolicy.Batch(maxItems: 1_000, maxWait: .seconds(1), isTask: false, unreported: .park)
        ),
    ])
    func batches(batch: String, expected: DeliveryPolicy.Batch) throws {
        #expect(try policy("{\"batch\": \(batch)}").batch == expected)
    }

    @Test(arguments: [1, 2, 999, 1_000])
    func attemptsAreCounted(attempts: Int) throws {
        #expect(try policy("{\"attempts\": \(attempts)}").attempts == attempts)
    }

    @Test(arguments: [
        (#"{"attempts": 0}"#, "E105 /delivery/attempts"), (#"{"attempts": 1001}"#, "E105 /delivery/attempts"),
        (#"{"attempts": 2.5}"#, "E105 /delivery/attempts"), (#"{"attempts": "3"}"#, "E105 /delivery/attempts"),
        (#"{"rate": {"per_second": 0}}"#, "E105 /delivery/rate/per_second"),
        (#"{"rate": {"per_second": -1}}"#, "E105 /delivery/rate/per_second"),
        (#"{"rate": {}}"#, "E114 /delivery/rate"), (#"{"rate": 5}"#, "E105 /delivery/rate"),
        (#"{"rate": {"per_second": 1, "burst": 0}}"#, "E105 /delivery/rate/burst"),
        (#"{"rate": {"per_second": 1, "brust": 5}}"#, "E110 /delivery/rate/brust"),
        (#"{"priority": "urgent"}"#, "E105 /delivery/priority"), (#"{"priority": true}"#, "E105 /delivery/priority"),
        (#"{"when_unsure": "skip"}"#, "E105 /delivery/when_unsure"),
        (#"{"batch": {"max_items": 0}}"#, "E105 /delivery/batch/max_items"),
        (#"{"batch": {"max_items": 10001}}"#, "E105 /delivery/batch/max_items"),
        (#"{"batch": {"task": "yes"}}"#, "E105 /delivery/batch/task"),
        (#"{"batch": {"unreported": "retry"}}"#, "E105 /delivery/batch/unreported"),
        (#"{"batch": true}"#, "E105 /delivery/batch"), (#"{"expire_after": 3600}"#, "E105 /delivery/expire_after"),
        (#"{"dedup": {"key": "fixed"}}"#, "E211 /delivery/dedup/key"), (#"{"dedup": 1}"#, "E105 /delivery/dedup"),
    ])
    func whatCannotBeMeantIsRefusedWhereItStands(delivery: String, expected: String) {
        #expect(errors(delivery) == [expected])
    }

    @Test func withoutDeduplicationThereIsNoWindow() throws {
        #expect(try policy(#"{"dedup": false}"#).dedupWindow == nil)
        #expect(try policy(#"{"dedup": {}}"#).dedupWindow == .seconds(604_800))
        #expect(try policy(#"{"dedup": {"window": "PT1H"}}"#).dedupWindow == .seconds(3_600))
    }

    @Test(arguments: [
        // A key of several launches tells them apart by itself.
        (#"{"path": "$.l[*]"}"#, #"{"$template": "{{$.id}}"}"#, ["E212"]),
        (#"{"path": "$.l[*]"}"#, #"{"$template": "{{$.id}}:{{@.id}}"}"#, []),
        (#"{"path": "$.l[*]"}"#, #""@.id""#, []),
        (#"{"path": "$.l[*]", "unique_by": "@.id"}"#, #""$.id""#, ["E212"]),
        (#"{"path": "$.l[*]", "unique_by": "@.id"}"#, #""@.id""#, []),
        (#"{"path": "$.l[*]"}"#, #""order""#, ["E211"]),
    ])
    func keysUnderALoop(forEach: String, key: String, codes: [String]) {
        let found = errors("{\"dedup\": {\"key\": \(key)}}", "\"for_each\": \(forEach), ")
        #expect(found.map { String($0.prefix(4)) } == codes)
    }

    @Test(arguments: [
        (#"{"dedup": {"key": "$.n"}}"#, "5", "email a@example.com"),
        (#"{"dedup": {"key": "$.t"}}"#, "x y", "email a@example.com"),
        (#"{"lane": "$.t"}"#, "1", "x y"),
        // Lists and objects are keys by their JSON.
        (#"{"dedup": {"key": "$.l"}, "lane": "$.o"}"#, "[1,2]", #"{"a":null}"#),
        (#"{"lane": {"$template": "{{$.n}}/{{$.t}}"}}"#, "1", "5/x y"),
        (#"{"lane": {"$path": "$.none", "default": "all"}}"#, "1", "all"),
        (#"{"lane": {"$path": "$.none", "optional": true}}"#, "1", "email a@example.com"),
    ])
    func keysAndLanes(delivery: String, key: String, lane: String) throws {
        let mapping = Sample.mapping("\"event\": {\"id\": \"$.id\"}, \"delivery\": \(delivery)")
        let launch = try #require(
            try Sample.plan(mapping, body: #"{"id": 1, "n": 5, "t": "x y", "l": [1, 2], "o": {"a": null}}"#).launches
                .first)
        #expect(launch.dedupKey == key && launch.lane == lane)
    }

    @Test(arguments: [
        (#"{"dedup": {"key": "$.none"}}"#, "missing /delivery/dedup/key"),
        (#"{"lane": "$.none"}"#, "missing /delivery/lane"),
    ])
    func aKeyThatIsNotThereStopsTheLaunch(delivery: String, expected: String) throws {
        let plan = try Sample.plan(Sample.mapping("\"delivery\": \(delivery)"), body: #"{"l": [1]}"#)
        #expect(plan.stops.map { "\($0.reason.rawValue) \($0.pointer)" } == [expected])
    }

    @Test(arguments: [
        (59, false), (3_599, false), (3_600, true), (3_601, true), (-100, false),
    ])
    func anEventIsTooOldToTheSecond(age: Int64, isExpired: Bool) throws {
        let mapping = Sample.mapping(#""event": {"time": "$.at"}, "delivery": {"expire_after": "PT1H"}"#)
        let now = Instant(seconds: 1_772_355_907)
        let at = Instant(seconds: now.seconds - age).rfc3339
        let plan = try Sample.plan(mapping, body: "{\"at\": \"\(at)\"}", now: now.rfc3339)
        let late = try #require(plan.mappings.first).expired(at: now)
        #expect(late.launches.isEmpty == isExpired)
        #expect(late.stops.map(\.reason) == (isExpired ? [.expired] : []))
        #expect(late.stops.allSatisfy { $0.launchClass == .skipped && $0.element == .only })
    }

    @Test(arguments: [
        (119, "119 s"), (120, "2 min"), (7_199, "119 min"), (7_200, "2 h"), (172_799, "47 h"), (172_800, "2 days"),
        (8_640_000, "100 days"),
    ])
    func ageIsToldInWordsOfPeople(age: Int64, words: String) throws {
        let mapping = Sample.mapping(#""event": {"time": "$.at"}, "delivery": {"expire_after": "PT1M"}"#)
        let now = Instant(seconds: 1_772_355_907)
        let at = Instant(seconds: now.seconds - age).rfc3339
        let plan = try Sample.plan(mapping, body: "{\"at\": \"\(at)\"}", now: now.rfc3339)
        let stop = try #require(plan.mappings.first?.expired(at: now).stops.first)
        #expect(stop.detail == "the event is \(words) old, and \"expire_after\" is 60 s")
    }
}
