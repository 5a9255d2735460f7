import JSON
import Testing

@testable import EventPattern

/// What the compiler says: every code, where it points, and all faults at once.
@Suite(.timeLimit(.minutes(1)))
struct CompilerDiagnosticsTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        /// The pattern, with `⟨` before the place that is pointed to.
        let marked: String
        let code: PatternDiagnostic.Code
        var hint: String?
        var testDescription: String { marked }
    }

    static let faults: [Fault] = [
        Fault(marked: #"{"a": ⟨"paid"}"#, code: .notAList, hint: #"write "a": ["paid"]"#),
        Fault(marked: #"{"a": ⟨1}"#, code: .notAList, hint: #"write "a": [1]"#),
        Fault(marked: #"{"a": ⟨null}"#, code: .notAList),
        Fault(marked: #"{"a": ⟨{"prefix": "x"}}"#, code: .notAList, hint: #"write "a": [{"prefix": "x"}]"#),
        Fault(
            marked: #"{"a": ⟨{"numeric": [">", 5]}}"#, code: .notAList, hint: #"write "a": [{"numeric": [">",5]}]"#),
        Fault(
            marked: #"{"a": ⟨{"numeric": [">", 5], "text": true}}"#, code: .notAList,
            hint: #"write "a": [{"numeric": [">",5], "text": true}]"#),
        Fault(
            marked: #"{"a": ⟨{"anything-but": ["x"]}}"#, code: .notAList,
            hint: #"write "a": [{"anything-but": ["x"]}]"#),
        Fault(
            marked: #"{"a": {⟨"$in": ["x"]}}"#, code: .unknownOperator,
            hint: #"write the list itself: "status": ["paid", "new"]"#),
        Fault(marked: #"{⟨"$and": [{"a": [1]}]}"#, code: .unknownOperator),
        Fault(marked: "⟨[1]", code: .notAList, hint: #"write {"name": ["value"]}"#),
        Fault(marked: "⟨{}", code: .notAList),
        Fault(marked: #"{"a": ⟨[]}"#, code: .notAList),
        Fault(marked: #"{"a": ⟨{}}"#, code: .notAList),
        Fault(marked: #"{"a": [⟨["x"]]}"#, code: .notAList),
        Fault(marked: #"{"$or": ⟨[{"a": [1]}]}"#, code: .notAList),
        Fault(marked: #"{"$or": ⟨{"a": [1]}}"#, code: .notAList),
        Fault(marked: #"{"$or": [{"a": [1]}, ⟨"x"]}"#, code: .notAList),
        Fault(marked: #"{"$or": [{"a": [1]}, {⟨"numeric": ["x"]}]}"#, code: .notAList),
        Fault(marked: #"{"a": [{⟨"prefx": "x"}]}"#, code: .unknownOperator, hint: #"did you mean "prefix"?"#),
        Fault(marked: #"{"a": [{⟨"exist": true}]}"#, code: .unknownOperator, hint: #"did you mean "exists"?"#),
        Fault(marked: #"{"a": [{⟨"contains": "x"}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [⟨{}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"prefix": "x", ⟨"suffix": "y"}]}"#, code: .unknownOperator),
        Fault(
            marked: #"{"a": [{"numeric": [">", 1], ⟨"texts": true}]}"#, code: .unknownOperator,
            hint: #"did you mean "text"?"#),
        Fault(marked: #"{"a": [{"prefix": "x", ⟨"text": true}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"numeric": [">", 1], "text": ⟨1}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"prefix": ⟨3}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"prefix": ⟨["x"]}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"prefix": ⟨""}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"suffix": {"equals-ignore-case": ⟨""}}]}"#, code: .unknownOperator),
        Fault(
            marked: #"{"a": [{"suffix": {⟨"equals-ignorecase": "x"}}]}"#, code: .unknownOperator,
            hint: #"did you mean "equals-ignore-case"?"#),
        Fault(marked: #"{"a": [{"exactly": ⟨1}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"exists": ⟨"x"}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"cidr": ⟨"10.0.0.0"}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"cidr": ⟨"10.0.0.0/33"}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"numeric": ⟨5}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"numeric": ⟨["="]}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"numeric": [⟨"==", 1]}]}"#, code: .unknownOperator),
        Fault(
            marked: #"{"a": [{"numeric": [">", ⟨"1"]}]}"#, code: .unknownOperator,
            hint: "write the number without quotes"),
        Fault(marked: #"{"a": [{"numeric": ⟨[">", 5, "<", 5]}]}"#, code: .emptyRange),
        Fault(marked: #"{"a": [{"numeric": ⟨[">", 30, "<", 1]}]}"#, code: .emptyRange),
        Fault(marked: #"{"a": [{"numeric": ⟨["<", 1, ">", 0]}]}"#, code: .emptyRange),
        Fault(marked: #"{"a": [{"numeric": ⟨["=", 1, "<", 5]}]}"#, code: .emptyRange),
        Fault(marked: #"{"a": [{"anything-but": ["x", ⟨1]}]}"#, code: .mixedAnythingBut),
        Fault(marked: #"{"a": [{"anything-but": ⟨[]}]}"#, code: .mixedAnythingBut),
        Fault(marked: #"{"a": [{"anything-but": ⟨null}]}"#, code: .mixedAnythingBut),
        Fault(marked: #"{"a": [{"anything-but": [⟨true]}]}"#, code: .mixedAnythingBut),
        Fault(marked: #"{"a": [{"anything-but": {⟨"numeric": [">", 1]}}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"anything-but": {"prefix": ["x", ⟨""]}}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"anything-but": {"prefix": ⟨{"equals-ignore-case": "x"}}}]}"#, code: .unknownOperator),
        Fault(marked: #"{"a": [{"wildcard": ⟨"a**b"}]}"#, code: .wildcardSyntax),
        Fault(marked: #"{"a": [{"wildcard": ⟨"a\\nb"}]}"#, code: .wildcardSyntax),
        Fault(marked: #"{"a": [{"wildcard": ⟨"ab\\"}]}"#, code: .wildcardSyntax),
        Fault(marked: #"{"a": [{"anything-but": {"wildcard": ["x", ⟨"**"]}}]}"#, code: .wildcardSyntax),
        Fault(marked: #"{"a": [1], "$or": [{"a": ⟨[2]}, {"b": [1]}]}"#, code: .contradiction),
        Fault(marked: #"{"d": {"a": [1]}, "$or": [{"d": {"a": ⟨[2]}}, {"b": [1]}]}"#, code: .contradiction),
        Fault(marked: #"{"a": ⟨[{"exists": true}, {"exists": false}]}"#, code: .alwaysTrue),
        Fault(marked: #"{"a": ⟨[{"anything-but": "x"}, {"anything-but": "y"}]}"#, code: .alwaysTrue),
        Fault(marked: #"{"a": ⟨[{"anything-but": ["x", "y"]}, "x", {"prefix": "y"}]}"#, code: .alwaysTrue),
        Fault(marked: #"{"a": ⟨[{"anything-but": "1"}, {"anything-but": 1}]}"#, code: .alwaysTrue),
        Fault(
            marked: #"{"a": ⟨[{"anything-but": {"prefix": "x"}}, {"anything-but": {"prefix": "y"}}]}"#,
            code: .alwaysTrue),
        Fault(marked: #"{"a": ⟨[{"anything-but": "x"}]}"#, code: .nullPasses),
    ]

    @Test(arguments: faults)
    func fault(_ fault: Fault) throws {
        let text = fault.marked.replacing("⟨", with: "")
        let before = fault.marked.prefix { $0 != "⟨" }
        let (pattern, diagnostics) = EventPattern.compile(try json(text))
        #expect(diagnostics.map(\.code) == [fault.code], "\(diagnostics)")
        let diagnostic = try #require(diagnostics.first)
        #expect(diagnostic.offset == before.utf8.count, "\(diagnostic)")
        #expect((pattern == nil) == (diagnostic.severity == .error))
        if let hint = fault.hint { #expect(diagnostic.hint == hint) }
        #expect(!diagnostic.message.contains("\n") && !diagnostic.message.isEmpty)
    }

    @Test(arguments: [
        #"{"a": [{"anything-but": {"prefix": "x"}}, {"anything-but": {"prefix": "xy"}}, null]}"#,
        #"{"a": [{"anything-but": ["x", "y"]}, {"anything-but": "x"}, {"exists": false}]}"#,
        #"{"a": [{"anything-but": {"wildcard": "*a*"}}, {"anything-but": {"wildcard": "*b*"}}, null]}"#,
        #"{"a": [{"numeric": [">=", 5, "<=", 5]}, {"exists": false}], "b": {"prefix": ["x"]}}"#,
        #"{"$or": [{"a": [1]}, {"a": [2], "$or": [{"b": [1]}, {"c": [1]}]}]}"#,
    ])
    func nothingIsSaid(text: String) throws {
        let (pattern, diagnostics) = EventPattern.compile(try json(text))
        #expect(pattern != nil)
        #expect(diagnostics.isEmpty, "\(diagnostics)")
    }

    @Test func allFaultsAreReportedInTheOrderOfTheText() throws {
        let text = """
            {
              "status": "paid",
              "total": [{"numeric": [">", 5, "<", 1]}, {"prefx": "x"}],
              "name": [{"wildcard": "**"}, {"anything-but": []}],
              "$or": [{"status": [1]}, {}]
            }
            """
        let diagnostics = EventPattern.compile(try json(text)).diagnostics
        #expect(diagnostics.map(\.code.rawValue) == ["E130", "E132", "E131", "E134", "E133", "E130"])
        #expect(diagnostics.map(\.position.description) == ["2:13", "3:25", "3:45", "4:25", "4:49", "5:28"])
        let pointers = diagnostics.map(\.pointer.description)
        #expect(pointers.prefix(3) == ["/status", "/total/0/numeric", "/total/1/prefx"])
    }

    @Test func alternativesAreBounded() throws {
        let choice = #"[{"a": [1]}, {"b": [1]}, {"c": [1]}, {"d": [1]}]"#
        func nested(_ levels: Int) -> String {
            (0..<levels).reduce(#"{"z": [1]}"#) { "{\"n\($1)\": \($0), \"$or\": \(choice)}" }
        }
        #expect(EventPattern.compile(try json(nested(4))).pattern?.trees.count == 256)
        let (pattern, diagnostics) = EventPattern.compile(try json(nested(5)))
        #expect(pattern == nil)
        #expect(diagnostics.map(\.code) == [.beyondLimits])
        #expect(diagnostics.first?.message.contains("1024 trees; at most 1000") == true)
        let vast = EventPattern.compile(try json(nested(60))).diagnostics
        #expect(vast.first?.message.contains("more than a billion") == true)
    }

    @Test func depthIsBounded() throws {
        let text = String(repeating: #"{"a": "#, count: 200) + "[1]" + String(repeating: "}", count: 200)
        let (pattern, diagnostics) = EventPattern.compile(try json(text))
        #expect(pattern == nil)
        #expect(diagnostics.map(\.code) == [.beyondLimits])
    }

    @Test func conditionsAreBounded() throws {
        let wide = (0..<200).map { "\"m\($0)\": [1]" }.joined(separator: ", ")
        let branches = (0..<20).map { "{\"x\($0)\": [1]}" }.joined(separator: ", ")
        let text = "{\(wide), \"$or\": [\(branches)], \"n\": {\"$or\": [\(branches)]}}"
        let diagnostics = EventPattern.compile(try json(text)).diagnostics
        #expect(diagnostics.map(\.code) == [.beyondLimits])
        #expect(diagnostics[0].message.contains("50000 lists of values"), "\(diagnostics[0].message)")
    }

    @Test func repeatedNamesAreRefusedEvenWhereTheDocumentAllowsThem() throws {
        let limits = JSONLimits(refusesDuplicates: false)
        let node = try JSONDocument.parse(#"{"a": [1], "a": [2]}"#, limits: limits).root
        #expect(EventPattern.compile(node).diagnostics.map(\.code) == [.duplicateName])
    }

    @Test func spellingTakesTheNearest() {
        #expect(Spelling.nearest("numerc", among: Operator.names) == "numeric")
        #expect(Spelling.nearest("sufix", among: Operator.names) == "suffix")
        #expect(Spelling.nearest("wildcards", among: Operator.names) == "wildcard")
        #expect(Spelling.nearest("regexp", among: Operator.names) == nil)
        #expect(Spelling.nearest("", among: ["a"]) == nil)
        #expect(Spelling.nearest("ab", among: ["abcd", "abc"]) == "abc")
    }
}
