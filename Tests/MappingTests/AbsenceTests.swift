import Testing

/// The table "What happens when a value is not there".
@Suite(.timeLimit(.minutes(1)))
struct AbsenceTests {
    @Test(arguments: [
        // A path selects nothing, or null.
        (#""$.a""#, #"{"a": 1.10}"#, #"{"x":1.10}"#),
        (#""$.a""#, "{}", "missing /content/x"),
        (#""$.a""#, #"{"a": null}"#, "missing /content/x"),
        (#"{"$path": "$.a", "default": "d"}"#, "{}", #"{"x":"d"}"#),
        (#"{"$path": "$.a", "default": "$.b"}"#, #"{"b": [1, 2]}"#, #"{"x":[1,2]}"#),
        (#"{"$path": "$.a", "default": "$.b"}"#, "{}", "missing /content/x/default"),
        (#"{"$path": "$.a", "optional": true}"#, "{}", "{}"),
        (#"["$.b", {"$path": "$.a", "optional": true}, 3]"#, #"{"b": 1}"#, #"{"x":[1,3]}"#),
        (#"["$.b", "$.a"]"#, #"{"b": 1}"#, "missing /content/x/1"),
        (#"{"y": {"z": "$.a"}}"#, "{}", "missing /content/x/y/z"),
        // An empty text counts only after nonblank.
        (#""$.a""#, #"{"a": ""}"#, #"{"x":""}"#),
        (#"{"$path": "$.a", "pipe": ["nonblank"]}"#, #"{"a": " "}"#, "missing /content/x"),
        (#"{"$path": "$.a", "pipe": ["nonblank"], "default": "d"}"#, #"{"a": " "}"#, #"{"x":"d"}"#),
        (#"{"$path": "$.a", "pipe": ["nonblank"], "optional": true}"#, #"{"a": " "}"#, "{}"),
        // A pipe cannot work.
        (#"{"$path": "$.a", "pipe": ["trim"], "default": "d"}"#, #"{"a": 1}"#, "invalid /content/x"),
        // Texts: any missing placeholder makes the whole missing.
        (#"{"$template": "{{$.a}}-{{$.b}}"}"#, #"{"a": 1.50, "b": true}"#, #"{"x":"1.50-true"}"#),
        (#"{"$template": "{{$.a}}-{{$.b}}"}"#, #"{"a": 1}"#, "missing /content/x"),
        (#"{"$template": "{{$.a}}-{{$.b}}", "default": "$.a"}"#, #"{"a": 1}"#, #"{"x":1}"#),
        (#"{"$template": "{{$.a}}"}"#, #"{"a": [1]}"#, "invalid /content/x"),
        // Coalesce: the first that is there after its own pipe.
        (#"{"$coalesce": ["$.a", "$.b"]}"#, #"{"b": 2}"#, #"{"x":2}"#),
        (#"{"$coalesce": [{"$path": "$.a", "pipe": ["nonblank"]}, "$.b"]}"#, #"{"a": "", "b": 2}"#, #"{"x":2}"#),
        (#"{"$coalesce": ["$.a", "$.b"]}"#, "{}", "missing /content/x"),
        (#"{"$coalesce": ["$.a", "$.b"], "optional": true}"#, "{}", "{}"),
        // A choice without `else` is left out.
        (#"{"$if": {"a": [1]}, "then": "yes", "else": "no"}"#, #"{"a": 1}"#, #"{"x":"yes"}"#),
        (#"{"$if": {"a": [1]}, "then": "yes", "else": "no"}"#, #"{"a": 2}"#, #"{"x":"no"}"#),
        (#"{"$if": {"a": [1]}, "then": "yes"}"#, #"{"a": 2}"#, "{}"),
        (#"{"$if": {"a": [1]}, "then": "$.b"}"#, #"{"a": 1}"#, "missing /content/x/then"),
        // `take`.
        (#"{"$path": "$.a[*]", "take": "first"}"#, #"{"a": [null, 2, 3]}"#, #"{"x":2}"#),
        (#"{"$path": "$.a[*]", "take": "all"}"#, #"{"a": [1, null, 3]}"#, #"{"x":[1,3]}"#),
        (#"{"$path": "$.a[*]", "take": "all"}"#, #"{"a": []}"#, "missing /content/x"),
        (#"{"$path": "$.a[*]", "take": "only"}"#, #"{"a": [1]}"#, #"{"x":1}"#),
        (#"{"$path": "$.a[*]", "take": "only"}"#, #"{"a": [1, 2]}"#, "invalid /content/x"),
        // Loops.
        (#"{"$each": "$.a[*]", "item": {"v": "@.v"}}"#, #"{"a": [{"v": 1}, {"v": 2}]}"#, #"{"x":[{"v":1},{"v":2}]}"#),
        (#"{"$each": "$.a[*]", "item": "@"}"#, "{}", #"{"x":[]}"#),
        (#"{"$each": "$.a[*]", "item": "@", "empty": "omit"}"#, "{}", "{}"),
        (#"{"$each": "$.a[*]", "item": "@", "empty": "fail"}"#, "{}", "missing /content/x"),
        (#"{"$each": "$.a[*]", "item": "@.v"}"#, #"{"a": [{"v": 1}, {}]}"#, "missing /content/x/item"),
        (#"{"$each": "$.a[*]", "item": {"$path": "@.v", "optional": true}}"#, #"{"a": [{"v": 1}, {}]}"#, #"{"x":[1]}"#),
        (
            #"{"$each": "$.a[*]", "where": {"v": [1]}, "item": "@.w"}"#, #"{"a": [{"v": 1, "w": 5}, {"v": 2}]}"#,
            #"{"x":[5]}"#
        ),
        (#"{"$each": "$.a[*]", "limit": 2, "item": {"$meta": "/index"}}"#, #"{"a": [7, 8, 9]}"#, #"{"x":[0,1]}"#),
        (
            #"{"$each": "$.a[*]", "item": {"$each": "@[*]", "item": "@"}}"#, #"{"a": [[1], [2, 3]]}"#,
            #"{"x":[[1],[2,3]]}"#
        ),
        // The others.
        (#"{"$merge": [{"a": 1, "b": 1}, "$.o", {"c": 3}]}"#, #"{"o": {"b": 2}}"#, #"{"x":{"a":1,"b":2,"c":3}}"#),
        (#"{"$merge": [{"a": 1}, "$.o"]}"#, #"{"o": 2}"#, "invalid /content/x/$merge/1"),
        (#"{"$literal": "$.99"}"#, "{}", #"{"x":"$.99"}"#),
        (#"{"$$in": ["$.a"]}"#, #"{"a": 1}"#, #"{"x":{"$in":[1]}}"#),
        (#""$5 off""#, "{}", #"{"x":"$5 off"}"#),
        (#"{"$meta": "/properties/app_id", "default": "none"}"#, "{}", #"{"x":"none"}"#),
        (#"{"$meta": "/now"}"#, "{}", #"{"x":"2026-03-01T09:06:00Z"}"#),
        (#""$.big""#, #"{"big": 12345678901234567890.10}"#, #"{"x":12345678901234567890.10}"#),
    ])
    func content(template: String, body: String, expected: String) throws {
        #expect(try Sample.content(template, body: body) == expected)
    }

    @Test(arguments: [
        (#"{"$lookup": "t", "key": "$.k"}"#, #"{"k": "a"}"#, #"{"x":1}"#),
        (#"{"$lookup": "t", "key": "$.k"}"#, #"{"k": "b"}"#, "lookup /content/x"),
        (#"{"$lookup": "t", "key": "$.k", "default": 9}"#, #"{"k": "b"}"#, #"{"x":9}"#),
        (#"{"$lookup": "t", "key": "$.k", "optional": true}"#, #"{"k": "b"}"#, "{}"),
        (#"{"$lookup": "t", "key": "$.k"}"#, #"{"k": 7}"#, #"{"x":"seven"}"#),
        (#"{"$lookup": "t", "key": "$.k"}"#, "{}", "missing /content/x/key"),
        (#"{"$coalesce": [{"$lookup": "t", "key": "$.k"}, 5]}"#, #"{"k": "b"}"#, "lookup /content/x/$coalesce/0"),
    ])
    func lookups(template: String, body: String, expected: String) throws {
        let keys = #""tables": {"t": {"a": 1, "7": "seven"}}"#
        #expect(try Sample.content(template, body: body, keys: keys) == expected)
    }

    @Test(arguments: [
        (#"{"v": "$.a"}"#, #"{"$var": "v"}"#, #"{"a": 1}"#, #"{"x":1}"#),
        (#"{"v": "$.a"}"#, #"{"$var": "v"}"#, "{}", "missing /content/x"),
        (#"{"v": "$.a"}"#, #"{"$var": "v", "default": 2}"#, "{}", #"{"x":2}"#),
        (
            #"{"v": {"$path": "$.a", "default": "$.b"}, "w": {"$template": "<{{v}}>"}}"#, #"{"$var": "w"}"#,
            #"{"b": 3}"#, #"{"x":"<3>"}"#
        ),
        (
            #"{"v": {"$path": "$.a", "optional": true}}"#, #"{"$template": "{{v}}", "default": "d"}"#, "{}",
            #"{"x":"d"}"#
        ),
    ])
    func variables(variables: String, template: String, body: String, expected: String) throws {
        #expect(try Sample.content(template, body: body, keys: "\"let\": \(variables)") == expected)
    }
}
