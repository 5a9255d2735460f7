import JSON
import Testing

@testable import EventPattern

/// A value list by itself: what it sorts its entries into, and how it looks at what stands at its path.
@Suite(.timeLimit(.minutes(1)))
struct ValueListTests {
    private func list(_ text: String) throws -> ValueList {
        try #require(EventPattern.compile(try json("{\"f\": \(text)}")).pattern).lists[0]
    }

    // MARK: What stands at the path

    @Test(
        arguments: [
            ("nothing", nil, false, true),
            ("the value", #""x""#, true, false),
            ("another value", #""y""#, false, false),
            ("null", "null", false, false),
            ("an object", #"{"f": "x"}"#, false, true),
            ("an empty object", "{}", false, true),
            ("an empty list", "[]", false, true),
            ("a list of lists of nothing", "[[], [[]]]", false, true),
            ("a list of objects", #"[{"x": "x"}, {}]"#, false, true),
            ("the value in a list", #"["y", "x"]"#, true, false),
            ("the value deep in lists", #"[[["y"], [[["x"]]]]]"#, true, false),
            ("other values in lists", #"[["y"], 1, null]"#, false, false),
            ("the value beside an object", #"[{}, "x"]"#, true, false),
            ("another value beside an object", #"[{}, "y"]"#, false, false),
        ] as [(String, String?, Bool, Bool)])
    func field(id: String, value: String?, hasX: Bool, isAbsent: Bool) throws {
        let node = try value.map(json)
        #expect(try list(#"["x"]"#).holds(node) == hasX, "\(id)")
        #expect(try list(#"[{"exists": false}]"#).holds(node) == isAbsent, "\(id)")
        #expect(try list(#"[{"exists": true}]"#).holds(node) == !isAbsent, "\(id)")
        #expect(try list(#"[{"exists": false}, "x"]"#).holds(node) == (hasX || isAbsent), "\(id)")
    }

    // MARK: Entries of one list

    @Test func entriesOfAllKindsStandSideBySide() throws {
        let list = try list(
            #"""
            [
              "text", 5, true, null,
              {"prefix": "p-"}, {"suffix": "-s"}, {"wildcard": "w*w"}, {"equals-ignore-case": "CASE"},
              {"numeric": [">", 100]}, {"numeric": ["<", -100], "text": true}, {"cidr": "10.0.0.0/8"}
            ]
            """#)
        let accepted = [
            #""text""#, "5", "5.0", "true", "null", #""p-1""#, #""1-s""#, #""ww""#, #""case""#, "101", "-101",
            #""-100.5""#,
            #""10.2.3.4""#,
        ]
        let refused = [
            #""Text""#, "6", "false", #""p""#, #""s""#, #""w""#, #""cas""#, "100", "-100", #""101""#, #""11.0.0.1""#,
        ]
        for value in accepted { #expect(list.accepts(try json(value)), "\(value)") }
        for value in refused { #expect(!list.accepts(try json(value)), "\(value)") }
        #expect(!list.acceptsAbsent && !list.acceptsAnyLeaf)
    }

    @Test func severalExceptionsAreAlternatives() throws {
        let list = try list(#"[{"anything-but": ["x", "y"]}, {"anything-but": {"prefix": "x"}}]"#)
        for value in [#""y""#, #""z""#, #""xx""#, "null", "1"] { #expect(list.accepts(try json(value)), "\(value)") }
        #expect(!list.accepts(try json(#""x""#)))
    }

    @Test(arguments: [1, 7, 8, 9, 10, 100, 5_000])
    func anyNumberOfLiterals(count: Int) throws {
        let entries = (0..<count).flatMap { ["\"t\($0)\"", "\($0 * 2).0"] }
        let list = try list("[\(entries.joined(separator: ", "))]")
        for place in [0, count / 2, count - 1] {
            #expect(list.accepts(try json("\"t\(place)\"")))
            #expect(list.accepts(try json("\(place * 2)")))
            #expect(!list.accepts(try json("\(place * 2 + 1)")))
            #expect(!list.accepts(try json("\"T\(place)\"")))
        }
        #expect(!list.accepts(try json("\"t\(count)\"")))
        #expect(!list.accepts(try json("\(count * 2)")))
    }

    @Test(arguments: 0..<12)
    func manyFormsSayWhatEachSays(seed: Int) throws {
        var random = Seeded(UInt64(700 + seed))
        func word(_ random: inout Seeded) -> String {
            (0...random.below(3)).map { _ in ["a", "B", "b", "\u{E9}", "\u{C9}", "\u{1F600}"][random.below(6)] }
                .joined()
        }
        let entries = (0..<(4 + random.below(30))).map { _ in
            let text = word(&random)
            let forms = [
                "{\"prefix\": \"\(text)\"}", "{\"suffix\": \"\(text)\"}", "{\"equals-ignore-case\": \"\(text)\"}",
                "{\"wildcard\": \"\(text)*\(text)\"}", "{\"prefix\": {\"equals-ignore-case\": \"\(text)\"}}",
            ]
            return forms[random.below(forms.count)]
        }
        let all = try list("[\(entries.joined(separator: ", "))]")
        let each = try entries.map { try list("[\($0)]") }
        for _ in 0..<300 {
            let leaf = try json("\"\(word(&random))\(random.once(in: 2) ? word(&random) : "")\"")
            #expect(all.accepts(leaf) == each.contains { $0.accepts(leaf) }, "\(leaf.text()) \(entries)")
        }
    }

    @Test func manyExceptionsSayWhatEachSays() throws {
        let (texts, numbers) = ((0..<500).map { "\"-\($0)\"" }, (0..<500).map { "\($0).0" })
        let suffixes = try list("[{\"anything-but\": {\"suffix\": [\(texts.joined(separator: ", "))]}}]")
        let literals = try list("[{\"anything-but\": [\(numbers.joined(separator: ", "))]}]")
        for (value, isSuffixFree, isOther) in [
            (#""a-499""#, false, true), (#""a-500""#, true, true), (#""499""#, true, true), ("499", true, false),
            ("500", true, true), ("null", true, true), (#""-0""#, false, true), ("-0", true, false),
        ] {
            #expect(suffixes.accepts(try json(value)) == isSuffixFree, "\(value)")
            #expect(literals.accepts(try json(value)) == isOther, "\(value)")
        }
    }

    @Test func aLongListAndALongEventTakeNoTime() throws {
        let forms = (0..<10_000).map { "{\"\(["prefix", "suffix", "equals-ignore-case"][$0 % 3])\": \"shop\($0)\"}" }
        let list = try list("[\(forms.joined(separator: ", "))]")
        let event = try json("[\(Array(repeating: "\"somebody\"", count: 20_000).joined(separator: ","))]")
        #expect(!list.holds(event), "200 million comparisons, were they made one by one")
    }

    @Test func escapedTextsAreTheirTexts() throws {
        let literal = try list(#"["a\"b\\c/d\u00e9\ud83d\ude00\n"]"#)
        for value in [#""a\"b\\c\/d\u00E9😀\n""#, #""\u0061\"b\\c/dé\ud83d\ude00\u000a""#] {
            #expect(literal.accepts(try json(value)), "\(value)")
        }
        let forms = try list(#"[{"prefix": "\u00e9"}, {"suffix": "\ud83d\ude00"}, {"wildcard": "*\t*"}]"#)
        for value in [#""éx""#, #""x😀""#, #""x\ty""#, #""\u00e9""#] {
            #expect(forms.accepts(try json(value)), "\(value)")
        }
        #expect(!forms.accepts(try json("\"e\u{301}x\"")))
    }

    @Test func textsWithEqualHashesAreStillCompared() throws {
        // Two words with one FNV-1a hash of 32 bits.
        let (left, right) = (JSONName("costarring"), JSONName("liquid"))
        #expect(left.hash == right.hash && left != right)
        let literals = TextLiterals([left])
        #expect(literals.contains(try json("\"costarring\"")))
        #expect(!literals.contains(try json("\"liquid\"")))
        let both = TextLiterals([left, right])
        #expect(both.contains(try json("\"liquid\"")))
        #expect(both.contains(try json("\"costarring\"")))
        let index = EventIndex([
            (1, EventCondition(body: EventPattern.compile(try json(#"{"f": ["costarring"]}"#)).pattern))
        ])
        let event = EventView(body: try json(#"{"f": "liquid"}"#))
        #expect(index.candidates(event) == [1], "the index may be wrong by a hash")
        #expect(index.match(event).isEmpty, "the answer is not")
    }

    // MARK: Lists that say nothing

    @Test(arguments: 0..<8)
    func whatIsAlwaysTrueAcceptsEveryLeaf(seed: Int) throws {
        var world = RandomPatterns(seed: UInt64(11_000 + seed))
        var found = 0
        for _ in 0..<800 {
            let text = "[" + (0...world.random.below(3)).map { _ in exception(&world) }.joined(separator: ", ") + "]"
            let list = try list(text)
            guard AlwaysTrue.holds(list) else { continue }
            found += 1
            for _ in 0..<40 {
                let leaf = try json(world.value(depth: 0))
                #expect(list.accepts(leaf), "\(text) is not always true: \(leaf.text())")
            }
        }
        #expect(found > 20)
    }

    private func exception(_ world: inout RandomPatterns) -> String {
        world.random.once(in: 4)
            ? world.entry()
            : world.random.pick([
                #"{"anything-but": "x"}"#, #"{"anything-but": ["x", "y"]}"#, #"{"anything-but": [1, 2]}"#,
                #"{"anything-but": {"prefix": "x"}}"#, #"{"anything-but": {"suffix": ["y", "x"]}}"#,
                #"{"anything-but": {"wildcard": "*x*"}}"#, #"{"anything-but": {"equals-ignore-case": "X"}}"#, #""x""#,
                "1",
                #"{"prefix": "y"}"#,
            ])
    }

    @Test(arguments: [
        (#"[{"exists": true}]"#, false), (#"[{"exists": true}, {"exists": false}]"#, true),
        (#"[{"exists": true}, "x"]"#, false),
        (#"[{"anything-but": "x"}]"#, false), (#"[{"anything-but": "x"}, "x"]"#, true),
        (#"[{"anything-but": "x"}, {"prefix": "x"}]"#, true),
        (#"[{"anything-but": "x"}, {"numeric": [">", 0]}]"#, false),
        (#"[{"anything-but": 5}, {"numeric": [">=", 5]}]"#, true),
        (#"[{"anything-but": ["x", "y"]}, {"anything-but": "y"}]"#, false),
        (#"[{"anything-but": {"prefix": "ab"}}, {"anything-but": {"prefix": "a"}}]"#, false),
        (#"[{"anything-but": {"prefix": "ab"}}, {"anything-but": {"prefix": "ac"}}]"#, true),
        (#"[{"anything-but": {"prefix": "a"}}, {"anything-but": {"suffix": "b"}}]"#, false),
        (#"[{"anything-but": {"wildcard": "a*"}}, {"anything-but": {"equals-ignore-case": "B"}}]"#, true),
    ])
    func always(text: String, expected: Bool) throws {
        #expect(AlwaysTrue.holds(try list(text)) == expected)
    }
}
