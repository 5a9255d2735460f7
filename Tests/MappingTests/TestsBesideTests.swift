import Functions
import JSON
import Mapping
import Testing

/// The tests that stand beside a mapping.
@Suite(.timeLimit(.minutes(1)))
struct TestsBesideTests {
    private static let mapping = Sample.mapping(
        #"""
        "when": {"routing_key": ["order.*"], "body": {"status": ["paid"], "total": [{"numeric": [">", 0]}]}},
        "content": {"number": "$.number", "coupon": {"$path": "$.coupon", "optional": true},
          "kind": {"$if": {"vip": [true]}, "then": "vip", "else": "plain"}}
        """#, recipient: #"[{"email": "$.email"}, {"matching": "phone", "phone": "$.phone"}]"#)

    private static let event = #"""
        {"amqp": {"routing_key": "order.web", "properties": {"timestamp": 1772355907}},
         "body": {"status": "paid", "number": "1042", "total": 5.10, "email": "a@example.com", "items": [1, 2]}}
        """#

    private func run(_ tests: String) throws -> MappingTestReport {
        let (mapping, diagnostics) = Sample.compile(Self.mapping)
        let tester = MappingTester { name in name == "events/a.json" ? SourceFile(name: name, text: Self.event) : nil }
        let file = SourceFile(name: "a.tests.json", text: "{\"tests\": [\n\(tests)\n]}")
        return tester.run(try #require(mapping, "\(diagnostics)"), tests: file)
    }

    private func test(_ expect: String, set: String = "{}", event: String = "events/a.json") -> String {
        #"{"name": "t", "event": "\#(event)", "set": \#(set), "expect": \#(expect)}"#
    }

    static let whole =
        #"{"campaign": 1, "matching": "email", "email": "a@example.com", "content": {"number": "1042", "kind": "plain"}}"#

    @Test(arguments: [
        (#"{"outcome": "launch"}"#, "{}"),
        (#"{"outcome": "launch", "request": \#(whole)}"#, "{}"),
        (#"{"outcome": "launch", "request": [\#(whole)]}"#, "{}"),
        (#"{"outcome": "launch", "request_contains": {"content": {"number": "1042"}}}"#, "{}"),
        (#"{"outcome": "launch", "request_contains": {"content": {"coupon": "A"}}}"#, #"{"/body/coupon": "A"}"#),
        (
            #"{"outcome": "launch", "request_contains": {"matching": "phone"}}"#,
            #"{"/body/email": {"$remove": true}, "/body/phone": "+7"}"#
        ),
        (#"{"outcome": "no_match"}"#, #"{"/body/status": "refunded"}"#),
        (#"{"outcome": "no_match"}"#, #"{"/amqp/routing_key": "cart"}"#),
        (#"{"outcome": "park", "reason": "missing", "at": "/content/number"}"#, #"{"/body/number": null}"#),
        (#"{"outcome": "park", "reason": "no_recipient"}"#, #"{"/body/email": null}"#),
    ])
    func passing(expect: String, set: String) throws {
        let report = try run(test(expect, set: set))
        #expect(report.results.map(\.isPassed) == [true], "\(report.results)")
        #expect(report.isPassed)
    }

    @Test(arguments: [
        (#"{"outcome": "skip"}"#, "{}", [#"outcome: expected "skip", found "launch""#]),
        (
            #"{"outcome": "launch"}"#, #"{"/body/number": null}"#,
            [
                #"outcome: expected "launch", found "park (missing at /content/number: $.number selects nothing, or null)""#
            ]
        ),
        (
            #"{"outcome": "park", "reason": "invalid", "at": "/content"}"#, #"{"/body/number": null}"#,
            [
                #"reason: expected "invalid", found "missing ($.number selects nothing, or null)""#,
                #"at: expected "/content", found "/content/number""#,
            ]
        ),
        (
            #"{"outcome": "launch", "request": {"campaign": 2, "matching": "email", "content": {"number": 1042, "extra": 1}}}"#,
            "{}",
            [
                "/campaign: expected 2, found 1", #"/content/number: expected 1042, found "1042""#,
                "/content/extra: missing, expected 1", #"/content/kind: not expected, found "plain""#,
                #"/email: not expected, found "a@example.com""#,
            ]
        ),
    ])
    func failing(expect: String, set: String, differences: [String]) throws {
        let report = try run(test(expect, set: set))
        #expect(report.results.first?.differences.map(\.description) == differences)
        let failure = try #require(report.diagnostics.first { $0.code == .failingTest })
        #expect(failure.file == "a.tests.json" && failure.position.line == 2)
        #expect(!report.isPassed)
    }

    @Test(arguments: [
        (#"{"name": "t", "event": "events/none.json", "expect": {"outcome": "launch"}}"#, "E204 /tests/0/event"),
        (
            #"{"name": "t", "event": "events/a.json", "set": {"body": 1}, "expect": {"outcome": "launch"}}"#,
            "E204 /tests/0/set/body"
        ),
        (
            #"{"name": "t", "event": "events/a.json", "set": {"/body/items/7": 1}, "expect": {"outcome": "launch"}}"#,
            "E204 /tests/0/set/~1body~1items~17"
        ),
        (#"{"name": "t", "event": "events/a.json"}"#, "E114 /tests/0"),
        (
            #"{"name": "t", "event": "events/a.json", "now": "soon", "expect": {"outcome": "launch"}}"#,
            "E105 /tests/0/now"
        ),
        (#"{"name": "t", "event": "events/a.json", "expect": {"outcome": "lunch"}}"#, "E105 /tests/0/expect/outcome"),
        (
            #"{"name": "t", "event": "events/a.json", "expct": {}, "expect": {"outcome": "launch"}}"#,
            "E110 /tests/0/expct"
        ),
    ])
    func faultyTests(test: String, expected: String) throws {
        let found = try run(test).diagnostics.filter { $0.severity == .error }.map {
            "\($0.code.rawValue) \($0.pointer)"
        }
        #expect(found == [expected])
    }

    @Test func whatNoTestReachesIsNamed() throws {
        let report = try run(test(#"{"outcome": "launch"}"#))
        #expect(
            report.branches.filter { !$0.isReached }.map(\.pointer.description) == [
                "/recipient/1", "/content/kind/then",
            ])
        #expect(report.diagnostics.filter { $0.code == .unreachedBranch }.count == 2)
        let unseen = report.diagnostics.filter { $0.code == .pathNeverPresent }.map(\.pointer.description)
        #expect(unseen.sorted() == ["/content/coupon/$path", "/recipient/1/phone"])
    }

    @Test func testEventsSpeakAboutConditions() throws {
        let report = try run(
            test(#"{"outcome": "no_match"}"#, set: #"{"/body/total": "5.10", "/body/status": {"code": "paid"}}"#))
        let codes = Set(report.diagnostics.map(\.code.rawValue))
        #expect(codes.isSuperset(of: ["W137", "W138"]))
    }

    @Test(arguments: [
        (#"{"/email": null}"#, #"begin with /body or /amqp: "/body/email""#),
        (#"{"$.email": null}"#, #"write "/body/email""#),
        (#"{"$.lines[0].qty": null}"#, #"write "/body/lines/0/qty""#),
    ])
    func anEditOutsideOfTheEventIsRefused(set: String, hint: String) throws {
        let found = try run(test(#"{"outcome": "launch"}"#, set: set)).diagnostics.first { $0.code == .eventFile }
        #expect(found?.hint == hint)
    }

    @Test(arguments: [
        (#"{"/body/emial": null}"#, #"did you mean "/body/email"?"#),
        (#"{"/body/itms/0": 1}"#, #"did you mean "/body/items/0"?"#),
        (#"{"/body/emial": "x"}"#, #"did you mean "/body/email"?"#), (#"{"/body/phne": "x"}"#, nil),
        (#"{"/body/items[0]": 1}"#, #"did you mean "/body/items/0"?"#), (#"{"/body/total[0]": 1}"#, nil),
        (#"{"/body/items[0]/lines[1]/x": 1}"#, #"did you mean "/body/items/0/lines/1/x"?"#),
        // The mapping reads what the event does not have.
        (#"{"/body/vip": true}"#, nil), (#"{"/body/coupon": "A"}"#, nil), (#"{"/body/phone": null}"#, nil),
        (#"{"/body/customer/id": 1}"#, nil),
        (#"{"/body/items/0": null}"#, nil),
    ])
    func anEditThatPointsNowhereIsDoubted(set: String, hint: String?) throws {
        let report = try run(test(#"{"outcome": "launch"}"#, set: set))
        let found = report.diagnostics.first { $0.code == .strayEdit }
        #expect(found?.hint == hint && (found != nil) == (hint != nil))
    }

    @Test func aDoubtfulEditHidesNoBranchThatNoTestReaches() throws {
        let tester = MappingTester { SourceFile(name: $0, text: #"{"order": {"status": "paid"}}"#) }
        let keys = #""content": {"x": {"$if": {"order": {"status": ["paid"]}}, "then": 1, "else": 2}}"#
        let mapping = try #require(Sample.compile(Sample.mapping(keys)).mapping)
        let tests = "{\"tests\": [\(test(#"{"outcome": "launch"}"#, set: #"{"/body/order/statis": "new"}"#))]}"
        let codes = tester.run(mapping, tests: SourceFile(name: "a.tests.json", text: tests)).diagnostics.map(\.code)
        #expect(Set(codes).isSuperset(of: [.strayEdit, .unreachedBranch]), "\(codes)")
    }

    @Test(arguments: [
        (#""$.order.id""#, true), (#"{"$path": "$.lines[*].sku", "take": "all"}"#, true),
        (#"{"$path": "$.lines[?@.n > 0].sku", "take": "first"}"#, true), (#"{"$template": "{{$.order.id}}"}"#, true),
        // Paths that read the member, or take it along.
        (#""$.order.state""#, false), (#""$.order""#, false), (#""$""#, false),
        (#"{"$path": "$..order", "take": "all"}"#, false), (#"{"$path": "$.*", "take": "all"}"#, false),
        (#"{"$path": "$[?@.id]", "take": "first"}"#, false),
        (#"{"$if": {"order": {"state": ["x"]}}, "then": 1}"#, false),
    ])
    func anEditOfWhatNothingReadsIsDoubtedBesideANearName(value: String, isDoubted: Bool) throws {
        let event = #"{"order": {"id": 1, "status": "paid"}, "lines": [{"sku": "a", "n": 1}]}"#
        let tester = MappingTester { SourceFile(name: $0, text: event) }
        let mapping = try #require(Sample.compile(Sample.mapping(#""content": {"x": \#(value)}"#)).mapping)
        let tests = "{\"tests\": [\(test(#"{"outcome": "launch"}"#, set: #"{"/body/order/state": "new"}"#))]}"
        let report = tester.run(mapping, tests: SourceFile(name: "a.tests.json", text: tests))
        let hints = report.diagnostics.filter { $0.code == .strayEdit }.map(\.hint)
        #expect(hints == (isDoubted ? [#"did you mean "/body/order/status"?"#] : []))
    }

    @Test(arguments: [
        (#"{"$delete": true}"#, true), (#"{"remove": true}"#, true), (#""$remove""#, true),
        (#"{"$remove": "true"}"#, true), (#"{"$remove": true}"#, false), (#""remove""#, false),
        (#"{"remove": 1}"#, false), (#"{"deleted": true}"#, false), (#"{"delete": true, "id": 1}"#, false),
    ])
    func anEditThatOnlyLooksLikeARemovalIsDoubted(value: String, isDoubted: Bool) throws {
        let found = try run(test(#"{"outcome": "launch"}"#, set: #"{"/body/email": \#(value)}"#)).diagnostics
        let doubt = found.first { $0.code.rawValue == "W206" }
        #expect(doubt?.hint == (isDoubted ? #"write {"$remove": true}"# : nil))
        #expect(doubt.map(\.pointer.description) == (isDoubted ? "/tests/0/set/~1body~1email" : nil))
    }

    @Test func testsOfOneNameAreTold() throws {
        let twice = test(#"{"outcome": "launch"}"#) + ",\n" + test(#"{"outcome": "launch"}"#)
        let found = try run(twice).diagnostics.filter { $0.code.rawValue == "W207" }
        #expect(found.map(\.position.line) == [3] && found.first?.message == #"another test is called "t" too"#)
        let other = twice.replacing(#""t""#, with: #""u""#, maxReplacements: 1)
        #expect(try run(other).diagnostics.allSatisfy { $0.code.rawValue != "W207" })
    }

    @Test(arguments: [("{}", true), (#"{"content": {}}"#, false), ("[{}]", false)])
    func aComparisonWithNothingIsTold(part: String, isTold: Bool) throws {
        let found = try run(test(#"{"outcome": "launch", "request_contains": \#(part)}"#)).diagnostics
        #expect(found.contains { $0.code.rawValue == "W208" } == isTold)
    }

    @Test(arguments: [
        #"{"name": "t", "event": "events/none.json", "expect": {"outcome": "launch"}}"#,
        #"{"name": "t", "event": "events/a.json", "expect": {"outcome": "launched"}}"#,
        #"{"name": "t", "event": "events/a.json", "set": {"body": 1}, "expect": {"outcome": "launch"}}"#,
        #"{"event": "events/a.json", "expect": {"outcome": "launch"}}"#,
    ])
    func whereATestCouldNotBeRunNothingIsSaidOfWhatNoneReaches(broken: String) throws {
        let good = test(#"{"outcome": "launch"}"#).replacing(#""t""#, with: #""good""#)
        #expect(try run(good).diagnostics.contains { $0.code == .unreachedBranch })
        let codes = try run(good + "," + broken).diagnostics.map(\.code.rawValue)
        #expect(codes.count == 1 && codes.allSatisfy { $0.hasPrefix("E") }, "\(codes)")
    }

    @Test(arguments: [
        ("a.json", #""a.json" is a mapping, and no event"#, #"did you mean "events/a.json"?"#),
        (
            "b.json", #""b.json" is a mapping, and no event"#,
            "name a file of an event, for example \"events/order-paid.json\""
        ),
        ("events/aa.json", #"there is no event file "events/aa.json""#, #"did you mean "events/a.json"?"#),
        ("event/a.json", #"there is no event file "event/a.json""#, #"did you mean "events/a.json"?"#),
        (
            "events/other.json", #"there is no event file "events/other.json""#,
            "paths begin at the folder of the mappings"
        ),
        ("events/utf16.json", "", "the file is saved as UTF-16; save it as UTF-8"),
        ("events/bom.json", "", "save the file as UTF-8 without a byte order mark"),
    ])
    func anEventThatIsNoneIsExplained(name: String, message: String, hint: String) throws {
        let mapping = try #require(Sample.compile(Self.mapping).mapping)
        let tester = MappingTester(events: { ["events/a.json", "events/z.json"] }) { name in
            switch name {
            case "a.json", "b.json": SourceFile(name: name, text: Self.mapping)
            case "events/utf16.json": SourceFile(name: name, bytes: [0xFF, 0xFE, 0x7B, 0x00])
            case "events/bom.json": SourceFile(name: name, bytes: [0xEF, 0xBB, 0xBF] + Array(Self.event.utf8))
            default: nil
            }
        }
        let tests = "{\"tests\": [\(test(#"{"outcome": "launch"}"#, event: name))]}"
        let report = tester.run(mapping, tests: SourceFile(name: "a.tests.json", text: tests))
        #expect(report.diagnostics.map(\.code) == [.eventFile])
        #expect(report.diagnostics.first?.message.hasPrefix(message) == true && report.diagnostics.first?.hint == hint)
    }

    @Test(arguments: [
        (#""$.none""#, "check the spelling, or add an event that has it"),
        (#"{"$path": "$.none", "optional": true}"#, "add an event that has it, or check the spelling"),
        (#"{"$template": "{{$.none}}", "default": "x"}"#, "add an event that has it, or check the spelling"),
        (#"{"$path": "$.number", "default": "$.none"}"#, "check the spelling, or add an event that has it"),
    ])
    func whatMayBeMissingIsHardlyMisspelt(value: String, hint: String) throws {
        let tester = MappingTester { SourceFile(name: $0, text: Self.event) }
        let mapping = try #require(Sample.compile(Sample.mapping(#""content": {"x": \#(value)}"#)).mapping)
        let tests = "{\"tests\": [\(test(#"{"outcome": "launch"}"#))]}"
        let report = tester.run(mapping, tests: SourceFile(name: "a.tests.json", text: tests))
        #expect(report.diagnostics.first { $0.code == .pathNeverPresent }?.hint == hint)
    }

    @Test(arguments: [
        (
            #"$.line.titel"#,
            #"an element's own value is "@.line.titel"; else add an event that has it, or check the spelling"#
        ),
        ("$.\u{435}mail", "character 3 is the Cyrillic letter \"\u{435}\"; write it in Latin letters"),
    ])
    func aPathThatNoEventHasIsExplained(path: String, hint: String) throws {
        let text = Sample.mapping(
            #""content": {"x": {"$each": "$.items[*]", "item": {"$path": "\#(path)", "default": 1}}}"#)
        let tester = MappingTester { SourceFile(name: $0, text: Self.event) }
        let tests = SourceFile(name: "a.tests.json", text: "{\"tests\": [\(test(#"{"outcome": "launch"}"#))]}")
        let report = tester.run(try #require(Sample.compile(text).mapping), tests: tests)
        #expect(report.diagnostics.first { $0.code == .pathNeverPresent }?.hint == hint)
    }

    @Test(arguments: [
        ("2026-03-01T12:00:00Z", #"{"outcome": "launch"}"#),
        ("2026-03-02T11:05:07Z", #"{"outcome": "skip", "reason": "expired", "at": "/delivery/expire_after"}"#),
    ])
    func anEventThatIsTooOldIsSkipped(now: String, expect: String) throws {
        let text = Sample.mapping(#""delivery": {"expire_after": "PT6H"}"#)
        let mapping = try #require(Sample.compile(text).mapping)
        let tester = MappingTester { SourceFile(name: $0, text: Self.event) }
        let tests = #"{"tests": [{"name": "t", "event": "e.json", "now": "\#(now)", "expect": \#(expect)}]}"#
        let report = tester.run(mapping, tests: SourceFile(name: "a.tests.json", text: tests))
        #expect(report.isPassed, "\(report.diagnostics)")
        let event = try #require(EventFile.read(SourceFile(name: "e.json", text: Self.event)).0)
        let preview = MappingSet([mapping]).preview(event.event(now: try #require(Instant(rfc3339: now))))
        let shown = PreviewText { _ in "" }.render(preview)
        let isExpired = expect.contains("expired")
        let told = #"skipped, expired at /delivery/expire_after: the event is 26 h old, and "expire_after" is 6 h"#
        #expect(shown.contains(told) == isExpired && shown.contains("launches campaign 1") != isExpired, "\(shown)")
    }

    @Test(arguments: [("+1 (415) 555-2671", true), ("8 (916) 123-45-67", true), ("+14155552671", false)])
    func aPhoneNumberThatNobodyHasSoIsDoubted(phone: String, isDoubted: Bool) throws {
        let set = #"{"/body/email": null, "/body/phone": "\#(phone)"}"#
        let report = try run(test(#"{"outcome": "launch"}"#, set: set))
        #expect(report.isPassed && report.diagnostics.contains { $0.code == .phoneForm } == isDoubted)
    }

    @Test(arguments: [
        ("+49 151 12345678", #"give "phone" the pipe [{"phone": {"region": "DE"}}]"#),
        (
            "8 916 123 45 67",
            #"give "phone" the pipe [{"phone": {"region": …}}] with the country of numbers without "+", for example "RU""#
        ),
    ])
    func theRegionOfAPhoneNumberIsThatOfTheNumber(phone: String, hint: String) throws {
        let set = #"{"/body/email": null, "/body/phone": "\#(phone)"}"#
        let found = try run(test(#"{"outcome": "launch"}"#, set: set)).diagnostics.first { $0.code == .phoneForm }
        #expect(found?.hint == hint)
    }

    @Test func namesOfTheAPIAreExplained() throws {
        let request = #"{"token": "***", "id": 1, "content": {"id": 7}}"#
        let report = try run(test(#"{"outcome": "launch", "request_contains": \#(request)}"#))
        let remarks = try #require(report.results.first).differences.map(\.remark)
        #expect(
            remarks == [
                "the token is the bridge's own; leave it out of tests",
                #""id" is the API's name; in tests write "campaign" or "scenario""#, nil,
            ])
    }

    @Test func aMappingWithoutTestsIsWarnedAbout() throws {
        let mapping = try #require(Sample.compile(Self.mapping).mapping)
        let report = MappingTester { _ in nil }.run(mapping, tests: nil)
        #expect(report.diagnostics.map(\.code) == [.noTests] && report.isPassed)
        #expect(try run("").diagnostics.map(\.code) == [.noTests])
    }
}
