import Mapping
import Testing

/// One slip is told once: what follows from it is not told beside it.
@Suite(.timeLimit(.minutes(1)))
struct OneFaultOnceTests {
    @Test(arguments: [
        // A member that stands twice in a condition.
        (#""when": {"body": {"s": ["a"], "s": ["b"]}}"#, ["E102 5:31"]),
        (#""content": {"x": {"$if": {"s": ["a"], "s": ["b"]}, "then": 1}}"#, ["E102 6:39"]),
        // A table that is none.
        (
            #""tables": {"t": [1]}, "content": {"x": {"$lookup": "t", "key": "$.k", "default": 1}}"#, ["E105 6:17"]
        ),
        // An alternative that lacks its value is not complete, so the one after it is reached.
        (
            #""recipient": [{"matching": "phone"}, {"matching": "email", "email": "$.email"}]"#, ["E140 5:15"]
        ),
        // A name that is misspelt where it is used is not unused.
        (#""let": {"currency": "$.c"}, "content": {"x": {"$var": "curency"}}"#, ["E160 6:55"]),
        (#""let": {"abc": "$.c"}, "content": {"x": {"$template": "{{abd}}"}}"#, ["E160 6:58"]),
        (
            #""tables": {"city": {"k": 1}}, "content": {"x": {"$lookup": "cty", "key": "$.k", "default": 1}}"#,
            ["E163 6:60"]
        ),
        (#""launch": {"campaing": 1}"#, ["E110 5:12"]),
        // Two anchors of one pattern.
        (#""content": {"x": {"$path": "$[?match(@.a, '^a$')]", "take": "first"}}"#, ["W220 6:44"]),
        // Both alternatives have the same fault.
        (
            #""recipient": [{"matching": "phone"}, {"matching": "phone"}]"#, ["E140 5:15", "E140 5:38"]
        ),
    ])
    func isToldOnce(keys: String, expected: [String]) {
        let found = Sample.compile(Sample.mapping(keys)).diagnostics
        #expect(found.map { "\($0.code.rawValue) \($0.position)" } == expected, "\(found)")
    }
}
