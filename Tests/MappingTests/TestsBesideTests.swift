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
            "E204 /tests/0/name"
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

    @Test func aMappingWithoutTestsIsWarnedAbout() throws {
        let mapping = try #require(Sample.compile(Self.mapping).mapping)
        let report = MappingTester { _ in nil }.run(mapping, tests: nil)
        #expect(report.diagnostics.map(\.code) == [.noTests] && report.isPassed)
        #expect(try run("").diagnostics.map(\.code) == [.noTests])
    }
}
