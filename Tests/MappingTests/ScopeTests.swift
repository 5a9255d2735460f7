import Altcraft
import JSON
import Mapping
import Outcome
import Testing

/// What `$`, `@` and `/index` are at every place of a file: the body, the element, and the element's number.
@Suite(.timeLimit(.minutes(1)))
struct ScopeTests {
    private static let body = #"""
        {"v": "body", "people": [
          {"v": "p0", "e": "a@x.de", "lines": [{"v": "p0l0", "tags": ["t1", "t2"]}, {"v": "p0l1", "tags": []}]},
          {"v": "p1", "e": "b@x.de", "lines": [{"v": "p1l0", "tags": ["t3"]}]}]}
        """#

    /// The content of each launch, in order.
    private func contents(_ content: String, keys: String = "", loops: Bool = true) throws -> [String] {
        let text = Sample.mapping(
            (loops ? #""for_each": {"path": "$.people[*]"}, "# : "") + keys + #""content": {"x": \#(content)}"#,
            recipient: loops ? #"[{"email": "@.e"}]"# : #"[{"email": "a@x.de"}]"#)
        let plan = try Sample.plan(text, body: Self.body)
        return plan.launches.map { $0.launch.content?["x"]?.text() ?? "left out" }
            + plan.stops.map { "\($0.reason.rawValue) \($0.pointer)" }
    }

    @Test(arguments: [
        // Under `for_each`, `@` is its element and `$` stays the body.
        (#""@.v""#, [#""p0""#, #""p1""#]), (#""$.v""#, [#""body""#, #""body""#]),
        (#"{"$template": "{{$.v}}-{{@.v}}"}"#, [#""body-p0""#, #""body-p1""#]),
        (#"{"$meta": "/index"}"#, ["0", "1"]),
        // `$if` asks about the element.
        (#"{"$if": {"v": ["p1"]}, "then": "second", "else": "@.v"}"#, [#""p0""#, #""second""#]),
        // In a `$each` both are its own element.
        (#"{"$each": "@.lines[*]", "item": "@.v"}"#, [#"["p0l0","p0l1"]"#, #"["p1l0"]"#]),
        (#"{"$each": "@.lines[*]", "item": {"$meta": "/index"}}"#, ["[0,1]", "[0]"]),
        (#"{"$each": "$.people[*]", "item": "@.v"}"#, [#"["p0","p1"]"#, #"["p0","p1"]"#]),
        (#"{"$each": "@.lines[*]", "item": {"$if": {"v": ["p0l1"]}, "then": 1, "else": 0}}"#, ["[0,1]", "[0]"]),
        (#"{"$each": "@.lines[*]", "where": {"v": [{"suffix": "l1"}]}, "item": "@.v"}"#, [#"["p0l1"]"#, "[]"]),
        // Inner loops begin anew, and outer ones go on where they were.
        (
            #"{"$each": "@.lines[*]", "item": [{"$meta": "/index"}, {"$each": "@.tags[*]", "item": [{"$meta": "/index"}, "@"]}, "@.v", {"$meta": "/index"}]}"#,
            [
                #"[[0,[[0,"t1"],[1,"t2"]],"p0l0",0],[1,[],"p0l1",1]]"#,
                #"[[0,[[0,"t3"]],"p1l0",0]]"#,
            ]
        ),
        // Behind a loop the element of `for_each` is back.
        (#"[{"$each": "@.lines[*]", "item": 0}, "@.v", {"$meta": "/index"}]"#, [#"[[0,0],"p0",0]"#, #"[[0],"p1",1]"#]),
        // A default is evaluated where it stands.
        (
            #"{"$each": "@.lines[*]", "item": {"$path": "@.none", "default": "@.v"}}"#,
            [#"["p0l0","p0l1"]"#, #"["p1l0"]"#]
        ),
        // The elements are numbered as they are taken, those that `where` refuses not among them.
        (
            #"{"$each": "$.people[*].lines[*]", "where": {"v": [{"prefix": "p1"}]}, "item": {"$meta": "/index"}}"#,
            ["[0]", "[0]"]
        ),
    ])
    func elements(content: String, expected: [String]) throws {
        #expect(try contents(content) == expected)
    }

    @Test(arguments: [
        // A variable is worked out where it is declared, wherever it is asked for.
        (#""let": {"v": "@.v"}"#, #"{"$each": "@.lines[*]", "item": {"$var": "v"}}"#, [#"["p0","p0"]"#, #"["p1"]"#]),
        (#""let": {"v": {"$meta": "/index"}}"#, #"{"$each": "@.lines[*]", "item": {"$var": "v"}}"#, ["[0,0]", "[1]"]),
        (#""let": {"v": "$.v"}"#, #"[{"$var": "v"}, "@.v"]"#, [#"["body","p0"]"#, #"["body","p1"]"#]),
        (
            #""let": {"all": {"$each": "@.lines[*]", "item": "@.v"}}"#, #"[{"$var": "all"}, "@.v"]"#,
            [#"[["p0l0","p0l1"],"p0"]"#, #"[["p1l0"],"p1"]"#]
        ),
        (
            #""let": {"a": {"$template": "{{b}}!"}, "b": "@.v"}"#,
            #"{"$each": "@.lines[*]", "item": {"$template": "{{a}}{{@.v}}"}}"#,
            [#"["p0!p0l0","p0!p0l1"]"#, #"["p1!p1l0"]"#]
        ),
        (
            #""let": {"kind": {"$if": {"v": ["p0"]}, "then": "first", "else": "later"}}"#,
            #"{"$each": "@.lines[*]", "item": {"$var": "kind"}}"#, [#"["first","first"]"#, #"["later"]"#]
        ),
    ])
    func variables(keys: String, content: String, expected: [String]) throws {
        #expect(try contents(content, keys: keys + ", ") == expected)
    }

    @Test(arguments: [
        (#"{"$if": {"v": ["body"]}, "then": "$.v"}"#, [#""body""#]),
        (#"{"$each": "$.people[*]", "item": ["$.v", "@.v"]}"#, [#"[["body","p0"],["body","p1"]]"#]),
        (
            #"{"$each": "$.people[*]", "item": {"$each": "@.lines[*]", "item": "@.v"}}"#,
            [#"[["p0l0","p0l1"],["p1l0"]]"#]
        ),
        (#"{"$each": "$..tags[*]", "item": "@"}"#, [#"["t1","t2","t3"]"#]),
        (#"{"$each": "$.people[?@.v == 'p1'].lines[*]", "item": "@.v"}"#, [#"["p1l0"]"#]),
        (#"{"$each": "$.people[?@.v == $.people[0].v]", "item": "@.e"}"#, [#"["a@x.de"]"#]),
    ])
    func withoutAnOuterLoop(content: String, expected: [String]) throws {
        #expect(try contents(content, loops: false) == expected)
    }

    /// Everything beside the content knows the element, too.
    @Test func everyPartKnowsTheElement() throws {
        let text = Sample.mapping(
            #"""
            "for_each": {"path": "$.people[*]", "where": {"v": [{"prefix": "p"}]}, "unique_by": {"$template": "{{$.v}}/{{@.v}}"}},
            "launch": {"campaign": {"$if": {"v": ["p0"]}, "then": 10, "else": 20}},
            "custom_data": {"n": {"$meta": "/index"}},
            "delivery": {"dedup": {"key": {"$template": "k{{@.v}}"}}, "lane": {"$template": "l{{@.v}}"}}
            """#, recipient: #"[{"email": "@.e"}]"#)
        let plan = try Sample.plan(text, body: Self.body)
        #expect(plan.stops == [])
        #expect(plan.launches.map(\.launch.target) == [.campaign(10), .campaign(20)])
        #expect(plan.launches.map(\.element.name) == ["body/p0", "body/p1"])
        #expect(plan.launches.map(\.dedupKey) == ["kp0", "kp1"] && plan.launches.map(\.lane) == ["lp0", "lp1"])
        #expect(plan.launches.map { $0.launch.customData?["n"]?.text() } == ["0", "1"])
        #expect(plan.launches.map(\.recipient) == ["email a@x.de", "email b@x.de"])
    }
}
