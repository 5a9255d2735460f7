import JSON
import TestSupport
import Testing

/// `trigger-bridge test`.
@Suite(.timeLimit(.minutes(2)))
struct TestCommandTests {
    private func test(_ arguments: [String] = [], in folder: TemporaryFolder) async throws -> Command.Outcome {
        try await Command.run(["test"] + arguments, in: folder)
    }

    /// A folder whose first test fails in three ways.
    private func failing() throws -> TemporaryFolder {
        let folder = try Samples.folder()
        let tests = Samples.tests.replacing(
            ##""number": "#1042", "total": 11849.90"##, with: ##""number": "#7", "gift": true"##)
        try folder.write("mappings/order-paid.tests.json", tests)
        return folder
    }

    @Test func passing() async throws {
        let folder = try Samples.folder()
        for arguments in [[], ["mappings"], ["mappings/order-paid.json"], ["mappings/order-paid.tests.json"]] {
            let outcome = try await test(arguments, in: folder)
            #expect(outcome.exit == 0 && outcome.errors == "")
            #expect(
                outcome.output == """
                    order-paid (mappings/order-paid.json)
                      pass  a paid order launches the mail
                      pass  without an email the phone is used

                    2 tests: 2 passed, 0 failed

                    """)
        }
    }

    @Test func aDifferenceIsToldMemberByMember() async throws {
        let outcome = try await test(in: try failing())
        #expect(outcome.exit == 1)
        #expect(
            outcome.output == """
                order-paid (mappings/order-paid.json)
                  FAIL  a paid order launches the mail
                        mappings/order-paid.tests.json:4:15
                        /content/number
                          expected  "#7"
                          found     "#1042"
                        /content/gift
                          expected  true
                          found     nothing at all
                        /content/total
                          expected  nothing at all
                          found     11849.90
                  pass  without an email the phone is used

                2 tests: 1 passed, 1 failed

                """)
    }

    @Test func longTextsAreShownWhereTheyDiffer() async throws {
        let folder = try Samples.folder()
        let text = String(repeating: "Здравствуйте! ", count: 40)
        try folder.write("mappings/events/order-paid.json", Samples.event.replacing("#1042", with: text + "Анна"))
        try folder.write("mappings/order-paid.tests.json", Samples.tests.replacing("#1042", with: text + "Ольга"))
        let lines = try await test(in: folder).output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("          expected  …") && $0.hasSuffix("Ольга\"") })
        #expect(lines.contains { $0.hasPrefix("          found     …") && $0.hasSuffix("Анна\"") })
    }

    @Test func outcomesAndReasons() async throws {
        let folder = try Samples.folder()
        try folder.write(
            "mappings/order-paid.tests.json",
            """
            {"tests": [
              {"name": "parks", "event": "events/order-paid.json", "set": {"/body/name": null},
                "expect": {"outcome": "park", "reason": "missing", "at": "/content/number"}},
              {"name": "wrong reason", "event": "events/order-paid.json", "set": {"/body/name": {"$remove": true}},
                "expect": {"outcome": "park", "reason": "invalid", "at": "/content"}},
              {"name": "wrong outcome", "event": "events/order-paid.json", "set": {"/body/status": "new"},
                "expect": {"outcome": "launch"}},
              {"name": "no event", "event": "events/none.json", "expect": {"outcome": "launch"}}
            ]}
            """)
        let outcome = try await test(in: folder)
        #expect(outcome.exit == 1)
        for part in [
            "  pass  parks\n", "reason\n          expected  \"invalid\"\n          found     \"missing (",
            "at\n          expected  \"/content\"\n          found     \"/content/number\"",
            "outcome\n          expected  \"launch\"\n          found     \"no_match (status is \\\"new\\\"; wanted",
            "cannot run: there is no event file \"events/none.json\"", "4 tests: 1 passed, 3 failed",
        ] {
            #expect(outcome.output.contains(part), "\(part) is not in\n\(outcome.output)")
        }
    }

    @Test func coverage() async throws {
        let folder = try Samples.folder()
        #expect(
            try await test(["--coverage"], in: folder).output.contains("  coverage: 2 of 2 alternatives and branches\n")
        )
        try folder.write("mappings/order-paid.tests.json", #"{"tests": []}"#)
        let outcome = try await test(["--coverage"], in: folder)
        #expect(outcome.exit == 0)
        #expect(
            outcome.output == """
                order-paid (mappings/order-paid.json)
                  no tests
                  coverage: 0 of 2 alternatives and branches
                    not reached: /recipient/0
                    not reached: /recipient/1

                0 tests: 0 passed, 0 failed; 1 mapping without tests

                """)
    }

    @Test func asJSON() async throws {
        let outcome = try await test(["--json"], in: try failing())
        #expect(outcome.exit == 1)
        let json = try outcome.json
        #expect(json["tests"]?.text() == "2" && json["failed"]?.text() == "1")
        let mapping = try #require(json["mappings"]?.element(0))
        #expect(mapping["mapping"]?.string == "order-paid" && mapping["passed"]?.bool == false)
        #expect(mapping["coverage"]?.text() == #"{"branches":2,"reached":2,"unreached":[]}"#)
        let first = try #require(mapping["tests"]?.element(0))
        #expect(first["file"]?.string == "mappings/order-paid.tests.json" && first["line"]?.text() == "4")
        let places = first["differences"]?.elements.compactMap { $0["at"]?.string }
        #expect(places == ["/content/number", "/content/gift", "/content/total"])
        #expect(first["differences"]?.element(1)?["found"] == nil)
        #expect(json["diagnostics"]?.element(0)?["code"]?.string == "E202")
    }

    @Test func mappingsAndTestsWithErrors() async throws {
        let folder = try Samples.folder()
        try folder.write("mappings/b.json", "{\"name\": \"b\",}")
        try folder.write(
            "mappings/c.json", Samples.mapping.replacing("order-paid", with: "c").replacing("4101", with: "5"))
        try folder.write("mappings/c.tests.json", #"{"tests": [{"nam": "x"}]}"#)
        let outcome = try await test(in: folder)
        #expect(outcome.exit == 1)
        #expect(
            outcome.output.contains(
                "mappings/b.json: has errors, so that its tests cannot run\n  mappings/b.json:1:14: error E101"))
        #expect(
            outcome.output.contains("  mappings/c.tests.json:1:13: error E110: ")
                || outcome.output.contains("error E110"))
        #expect(outcome.output.hasSuffix("2 tests: 2 passed, 0 failed; 2 mappings with errors\n"), "\(outcome.output)")
    }

    @Test func usageErrors() async throws {
        let folder = try Samples.folder()
        #expect(try await test(["--no-such"], in: folder).exit == 2)
        #expect(try await test(["--altcraft-url", "x"], in: folder).exit == 2)
        #expect(try await test(in: try TemporaryFolder()).exit == 2)
        let missing = try await test(["none.json"], in: folder)
        #expect(missing.exit == 1 && missing.errors.contains("none.json:1:1: error E106"))
    }
}
