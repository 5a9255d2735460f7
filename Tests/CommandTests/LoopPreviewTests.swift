import JSON
import TestSupport
import Testing

/// `trigger-bridge preview` of an audience: every element with its fate, told whole.
@Suite(.timeLimit(.minutes(2)))
struct LoopPreviewTests {
    private static let mapping = #"""
        {"name": "cart", "when": {"routing_key": ["cart.*"], "body": {"n": [{"numeric": [">", 0]}]}},
         "event": {"id": "$.id", "time": {"$path": "$.at", "pipe": ["datetime"]}},
         "for_each": {"path": "$.people[*]", "where": {"ok": [true]}, "unique_by": "@.e"},
         "launch": {"campaign": {"$if": {"vip": [true]}, "then": 2, "else": 1}},
         "recipient": [{"email": {"$path": "@.e", "pipe": ["trim", "nonblank"]}}, {"matching": "phone", "phone": "@.p"}],
         "content": {"n": "$.n", "i": {"$meta": "/index"}},
         "delivery": {"expire_after": "PT6H", "dedup": {"key": {"$template": "{{$.id}}-{{@.e}}"}}, "lane": "@.e"}}
        """#

    private static let event = #"""
        {"amqp": {"routing_key": "cart.x"}, "body": {"id": 7, "n": 2, "at": "2026-03-01T10:00:00Z", "people": [
          {"ok": true, "e": "a@b.c"}, {"ok": false, "e": "x"}, {"ok": true, "e": "d@e.f", "vip": true},
          {"ok": true, "e": "a@b.c"}, {"ok": true, "e": " "}, {"ok": true}]}}
        """#

    private func preview(_ arguments: [String]) async throws -> Command.Outcome {
        let folder = try TemporaryFolder()
        try folder.write("m.json", Self.mapping)
        try folder.write("e.json", Self.event)
        return try await Command.run(["preview", "--event", "e.json", "m.json"] + arguments, in: folder)
    }

    @Test func everyElementIsTold() async throws {
        let outcome = try await preview(["--now", "2026-03-01T11:00:00Z"])
        #expect(outcome.exit == 0 && outcome.errors == "")
        let lines = outcome.output.split(separator: "\n").filter { line in
            ["  launches ", "  skipped, ", "  parked, ", "  for ", "  /for_each:", "    $["].contains {
                line.hasPrefix($0)
            }
        }
        #expect(
            lines.joined(separator: "\n") == """
                  /for_each: "where" leaves out 1 element
                    $['people'][1]: ok is false; wanted [true]
                  for $['people'][0]
                  for $['people'][2]
                  for $['people'][4]
                  launches campaign 1 for email a@b.c, element 0 (a@b.c)
                  launches campaign 2 for email d@e.f, element 1 (d@e.f)
                  skipped, duplicate at /for_each/unique_by (element a@b.c): an element before it has the same "unique_by"
                  parked, no_recipient at /recipient (element  ): no alternative is complete: nonblank rejects the value: the \
                text is blank; @.p selects nothing, or null
                  parked, missing at /for_each/unique_by (element $['people'][5]): @.e selects nothing, or null
                """)
    }

    @Test func toolsReadTheSame() async throws {
        let json = try await preview(["--now", "2026-03-01T11:00:00Z", "--json"]).json
        func members(_ list: String, _ names: [String]) throws -> [String] {
            try #require(json[list]).elements.map { item in
                names.map { item[$0]?.text().replacing(" ", with: "").replacing("\n", with: "") ?? "-" }
                    .joined(separator: " ")
            }
        }
        #expect(
            try members("launches", ["target", "recipient", "event_id", "dedup_key", "lane", "element", "expires_at"])
                == [
                    #""campaign1" "emaila@b.c" "7" "7-a@b.c" "a@b.c" {"number":0,"name":"a@b.c"} "2026-03-01T16:00:00Z""#,
                    #""campaign2" "emaild@e.f" "7" "7-d@e.f" "d@e.f" {"number":1,"name":"d@e.f"} "2026-03-01T16:00:00Z""#,
                ])
        #expect(
            try members("stops", ["outcome", "class", "reason", "at", "path"]) == [
                #""skip" "skipped" "duplicate" "/for_each/unique_by" "$['people'][3]""#,
                #""park" "unmappable" "no_recipient" "/recipient" "$['people'][4].e""#,
                #""park" "unmappable" "missing" "/for_each/unique_by" "$['people'][5].e""#,
            ])
        let unwanted = json["mappings"]?.element(0)?["steps"]?.elements.first { $0["unwanted"] != nil }
        #expect(unwanted?["at"]?.string == "/for_each" && unwanted?["unwanted"]?.text() == "1")
        #expect(unwanted?["why"]?.element(0)?.string == "$['people'][1]: ok is false; wanted [true]")
        let requests = try #require(json["launches"]).elements.map { $0["request"]?["body"]?["content"]?["i"]?.text() }
        #expect(requests == ["0", "1"])
    }

    @Test(arguments: [
        ("2026-03-01T15:59:59Z", 2), ("2026-03-01T16:00:00Z", 0), ("2026-03-01T18:59:59+03:00", 2),
        ("2026-03-01T19:00:00+03:00", 0), ("2026-03-01T09:00:00Z", 2),
    ])
    func whatIsTooLateIsSkippedElementByElement(now: String, launches: Int) async throws {
        let json = try await preview(["--now", now, "--json"]).json
        #expect(json["launches"]?.count == launches && json["stops"]?.count == 5 - launches)
        let expired = json["stops"]?.elements.filter { $0["reason"]?.string == "expired" } ?? []
        #expect(expired.count == 2 - launches)
        #expect(expired.allSatisfy { $0["at"]?.string == "/delivery/expire_after" && $0["outcome"]?.string == "skip" })
    }

    @Test(arguments: [
        ([], true), (["--now", "2026-03-02T00:00:00Z"], false), (["--now", "2026-03-01T11:00:00Z"], false),
    ])
    func anAgeThatNobodyGaveIsTold(arguments: [String], isTold: Bool) async throws {
        let errors = try await preview(arguments).errors
        #expect(errors.hasPrefix("note: no --now is given, so this is as of ") == isTold)
        #expect(isTold || errors.isEmpty)
    }

    @Test(arguments: [
        (#""n": 2"#, #""n": 0"#, "n is 0; wanted [{\"numeric\":[\">\",0]}]"),
        (#""n": 2"#, #""n": "2""#, "n is \"2\"; wanted [{\"numeric\":[\">\",0]}]"),
        ("cart.x", "order.x", "routing_key is \"order.x\"; wanted [\"cart.*\"]"),
        ("cart.x", "cart.x.y", "routing_key is \"cart.x.y\"; wanted [\"cart.*\"]"),
    ])
    func whyTheEventIsNotWanted(part: String, other: String, line: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("m.json", Self.mapping)
        let event = Self.event.replacing(part, with: other)
        let outcome = try await Command.run(
            ["preview", "--event", "-", "m.json"], in: folder, input: Array(event.utf8))
        #expect(outcome.exit == 0)
        #expect(
            outcome.output
                == "cart (m.json): does not want this event\n  \(line)\n\nNo mapping wants this event: skipped, unmatched.\n"
        )
    }
}
