import JSON
import TestSupport
import Testing

/// `trigger-bridge check`.
@Suite(.timeLimit(.minutes(2)))
struct CheckCommandTests {
    private func check(_ arguments: [String] = [], in folder: TemporaryFolder) async throws -> Command.Outcome {
        try await Command.run(["check"] + arguments, in: folder)
    }

    @Test func nothingToSay() async throws {
        let folder = try Samples.folder()
        for arguments in [
            [], ["mappings"], ["mappings/order-paid.json"], ["mappings/order-paid.tests.json"], ["--strict"],
            ["--mappings-path", "mappings"], ["mappings", "mappings/order-paid.json"],
        ] {
            let outcome = try await check(arguments, in: folder)
            #expect(outcome.exit == 0 && outcome.output == "", "\(arguments): \(outcome)")
            #expect(outcome.errors == "1 mapping file: 0 errors, 0 warnings\n")
        }
    }

    @Test func everythingIsSaidAtItsPlace() async throws {
        let folder = try Samples.folder()
        try folder.write(
            "mappings/order.mapping.json",
            """
            {
              "name": "order", "when": {"routing_key": ["order.#.x*"]}, "launch": {"campain": 1},
              "recipient": [{"email": "$.a["}],
              "let": {"currency": "$.currency"},
              "content": {"total": {"$path": "$.t", "pipe": ["decimal", {"money": {"currency": {"$var": "curency"}}}]}}
            }
            """)
        let outcome = try await check(in: folder)
        #expect(outcome.exit == 1)
        for part in [
            "mappings/order.mapping.json:2:45: error E190: ", "mappings/order.mapping.json:2:72: error E110: ",
            "did you mean \"campaign\"?", "mappings/order.mapping.json:3:32: error E120: ",
            "mappings/order.mapping.json:5:93: error E160: there is no variable \"curency\"\n"
                + "  at /content/total/pipe/1/money/currency/$var\n  did you mean \"currency\"?\n",
        ] {
            #expect(outcome.output.contains(part), "\(part) is not in\n\(outcome.output)")
        }
        #expect(!outcome.output.contains("E105"), "what follows from a fault is none")
        #expect(outcome.errors.hasPrefix("2 mapping files: "))
    }

    @Test func testsAreRun() async throws {
        let folder = try Samples.folder()
        try folder.write(
            "mappings/order-paid.tests.json",
            Samples.tests.replacing("#1042", with: "#1").replacing(
                "paid.json\",\n      \"set", with: "none.json\",\n      \"set"))
        let outcome = try await check(in: folder)
        #expect(outcome.exit == 1)
        #expect(outcome.output.contains("order-paid.tests.json:4:15: error E202: "), "\(outcome.output)")
        #expect(outcome.output.contains("error E204: there is no event file \"events/order-none.json\""))
        #expect(!outcome.output.contains("W203"), "what a test that was not run would reach, nobody knows")
    }

    @Test func warningsFailOnlyWhenStrict() async throws {
        let folder = try TemporaryFolder()
        try folder.write("order-paid.json", Samples.mapping)
        let outcome = try await check(["order-paid.json"], in: folder)
        #expect(outcome.exit == 0 && outcome.output.hasPrefix("order-paid.json:2:11: warning W200: "))
        #expect(outcome.output.contains("write them into order-paid.tests.json"))
        #expect(try await check(["--strict", "order-paid.json"], in: folder).exit == 1)
    }

    @Test func warningsThatAreAcceptedPassWhenStrict() async throws {
        let folder = try TemporaryFolder()
        try folder.write("order-paid.json", Samples.mapping)
        let accepted = try await check(["--strict", "--accept", "w200", "order-paid.json"], in: folder)
        #expect(accepted.exit == 0, "\(accepted.output)")
        #expect(accepted.output.contains("warning W200: "), "it is told all the same")
        #expect(try await check(["--strict", "--accept", "W203", "order-paid.json"], in: folder).exit == 1)
        let both = ["--strict", "--accept", "W203", "--accept", "W200", "order-paid.json"]
        #expect(try await check(both, in: folder).exit == 0)
        try folder.write("order-paid.json", Samples.mapping.replacing("4101", with: "0"))
        #expect(try await check(both, in: folder).exit == 1, "an error is never accepted")
    }

    @Test func whatIsAcceptedMustBeAWarning() async throws {
        let folder = try Samples.folder()
        let unknown = try await check(["--accept", "W999"], in: folder)
        #expect(unknown.errors.contains("there is no warning W999; the codes stand in what check prints"))
        let error = try await check(["--accept", "E120"], in: folder)
        #expect(error.exit == 2 && error.errors.contains("E120 is an error: it must be mended"))
    }

    @Test func whatLiesBetweenFiles() async throws {
        let folder = try Samples.folder()
        try folder.write("mappings/a.json", Samples.mapping)
        try folder.write("mappings/b.json", Samples.mapping.replacing("order-paid", with: "other"))
        let outcome = try await check(in: folder)
        #expect(outcome.exit == 1)
        #expect(outcome.output.contains("mappings/a.json:2:11: error E230: mappings/order-paid.json has the name"))
        #expect(
            outcome.output.contains("warning W231: ") && outcome.output.contains("this event would launch it twice: {"))
    }

    @Test func asJSON() async throws {
        let folder = try Samples.folder()
        try folder.write("mappings/x.json", "{\"name\": 5}")
        let outcome = try await check(["--format", "json"], in: folder)
        #expect(outcome.exit == 1)
        let diagnostics = try #require(try outcome.json["diagnostics"])
        #expect(diagnostics.count > 1)
        for diagnostic in diagnostics.elements {
            #expect(
                diagnostic.members.map(\.name) == [
                    "file", "line", "column", "severity", "code", "pointer", "message", "hint",
                ])
            #expect(diagnostic["file"]?.string == "mappings/x.json" && diagnostic["line"]?.number?.int64 == 1)
        }
        try folder.write("mappings/x.json", Samples.mapping.replacing("order-paid", with: "x"))
        #expect(
            try await check(["--format", "json", "mappings/order-paid.json"], in: folder).output
                == "{\n  \"diagnostics\": []\n}\n")
    }

    @Test func settingsAreChecked() async throws {
        let folder = try Samples.folder()
        try folder.write(
            "bridge.json", "{\n  \"broker\": { \"prefech\": 5 },\n  \"mappings\": { \"path\": \"mappings\" }\n}")
        let outcome = try await check(["--config", "bridge.json", "--format", "json"], in: folder)
        #expect(outcome.exit == 1)
        let found = try #require(try outcome.json["diagnostics"]?.element(0))
        #expect(found["file"]?.string == "bridge.json" && found["line"]?.number?.int64 == 2)
        #expect(found["message"]?.string?.contains("broker.prefech") == true)
        #expect(found["hint"]?.string?.contains("broker.prefetch") == true)
        let variable = try await Command.run(
            ["check"], in: folder, environment: ["TRIGGER_BRIDGE_ALTCRAFT_TIMEOUT": "soon"])
        #expect(variable.exit == 1 && variable.output.contains("TRIGGER_BRIDGE_ALTCRAFT_TIMEOUT: error: "))
    }

    @Test func links() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "m/a.json",
            #"{"name": "a", "when": {}, "launch": {"link": "welcome"}, "recipient": [{"email": "$.email"}]}"#)
        #expect(try await check(["m"], in: folder).exit == 0)
        let known = ["--altcraft-url", "https://a.example", "m"]
        #expect(try await check(known, in: folder).output.contains("welcome"))
        #expect(try await check(["--altcraft-links", "welcome=https://a.example/t"] + known, in: folder).exit == 0)
    }

    @Test(arguments: [
        ["--no-such", "mappings"], ["--format", "xml"], ["--altcraft-timeout", "soon"], ["--strict=yes"], ["--config"],
        ["--accept"], ["--accept", "W999"], ["--accept", "E120"], ["--accept", ""],
    ])
    func usageErrors(arguments: [String]) async throws {
        let outcome = try await check(arguments, in: try Samples.folder())
        #expect(outcome.exit == 2 && outcome.output == "" && !outcome.errors.isEmpty)
    }

    @Test func nothingToLookAt() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await check(in: folder)
        #expect(outcome.exit == 2 && outcome.errors.contains("mappings.path"))
        let missing = try await check(["none.json"], in: folder)
        #expect(
            missing.exit == 1
                && missing.output.contains("none.json:1:1: error E106: the file cannot be read: there is no such file")
                && missing.output.contains("(looked at /") && missing.output.contains("/none.json)"))
        try folder.write("mappings/README.md", "")
        let empty = try await check(in: folder)
        #expect(empty.exit == 1 && empty.errors == "0 mapping files: 1 error, 0 warnings\n")
        #expect(empty.output.contains("mappings:1:1: error E106: the folder holds no mapping"))
    }

    @Test func whatIsPassedOverIsTold() async throws {
        let folder = try TemporaryFolder()
        try folder.write("mappings/order-vip.json.txt", Samples.mapping)
        let none = try await check(["--strict"], in: folder)
        #expect(none.exit == 1)
        #expect(none.output.contains("ends with .json (\"order-vip.json.txt\" does not)"), "\(none.output)")
        #expect(none.output.contains("order-vip.json.txt:1:1: warning W108: "))
        #expect(none.output.contains("rename it to \"order-vip.json\""))
        let samples = try Samples.folder()
        try samples.write("mappings/order-pad.tests.json", Samples.tests)
        try samples.write("mappings/b.JSON", Samples.mapping)
        let outcome = try await check(in: samples)
        #expect(outcome.exit == 0)
        #expect(
            outcome.output == """
                mappings/b.JSON:1:1: warning W108: this file is passed over: names of mappings and tests end with .json
                  rename it to "b.json"
                mappings/order-pad.tests.json:1:1: warning W108: these tests never run: there is no order-pad.json beside them
                  did you mean "order-paid"?

                """)
        #expect(try await check(["--strict"], in: samples).exit == 1)
        let tested = try await Command.run(["test"], in: samples)
        #expect(tested.exit == 0 && tested.errors.contains("these tests never run"))
    }
}

/// `trigger-bridge check --format sarif`.
@Suite(.timeLimit(.minutes(2)))
struct SARIFTests {
    @Test func theLogHasWhatTheStandardAsksFor() async throws {
        let folder = try Samples.folder()
        try folder.write("mappings/ü x.json", "{\"name\": 5, \"recipient\": [{\"email\": \"$.a[\"}]}")
        try folder.write("bridge.json", "{\"broker\": 5}")
        let outcome = try await Command.run(
            ["check", "--format", "sarif", "--config", "bridge.json"], in: folder,
            environment: ["TRIGGER_BRIDGE_LOG_LEVEL": "loud"])
        #expect(outcome.exit == 1)
        let log = try outcome.json
        #expect(log["version"]?.string == "2.1.0" && log["runs"]?.count == 1)
        let run = try #require(log["runs"]?.element(0))
        #expect(run["columnKind"]?.string == "unicodeCodePoints")
        let rules = try #require(run["tool"]?["driver"]?["rules"])
        let results = Array(try #require(run["results"]).elements)
        #expect(results.count > 3)
        for result in results {
            let number = Int(try #require(result["ruleIndex"]?.number?.int64))
            #expect(rules.element(number)?["id"]?.string == result["ruleId"]?.string)
            #expect(["error", "warning"].contains(result["level"]?.string))
            #expect(result["message"]?["text"]?.string?.isEmpty == false)
            for location in result["locations"]?.elements.map(\.self) ?? [] {
                let place = try #require(location["physicalLocation"])
                #expect(try #require(place["region"]?["startLine"]?.number?.int64) > 0)
                #expect(place["artifactLocation"]?["uri"]?.string?.contains(" ") == false)
            }
        }
        let uris = results.compactMap {
            $0["locations"]?.element(0)?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
        }
        #expect(uris.contains("mappings/%C3%BC%20x.json") && uris.contains("bridge.json"))
        // A variable has no place in any file.
        #expect(results.contains { $0["locations"] == nil })
    }

    @Test func anEmptyLogIsOneToo() async throws {
        let outcome = try await Command.run(["check", "--format", "sarif"], in: try Samples.folder())
        #expect(outcome.exit == 0)
        #expect(try outcome.json["runs"]?.element(0)?["results"]?.count == 0)
    }
}
