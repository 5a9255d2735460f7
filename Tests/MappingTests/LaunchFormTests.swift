import JSON
import Mapping
import Testing

/// `request` of a test: every part of a launch in the words of the mapping file, compared whole.
@Suite(.timeLimit(.minutes(1)))
struct LaunchFormTests {
    /// A mapping's keys, its recipients, an event, and the launch as a test must write it.
    struct Case: Sendable, CustomTestStringConvertible {
        let keys: String
        let recipient: String
        let body: String
        let request: String

        var testDescription: String { keys }

        init(_ keys: String, _ recipient: String, _ body: String, _ request: String) {
            (self.keys, self.recipient, self.body, self.request) = (keys, recipient, body, request)
        }
    }

    private static let email = #"[{"email": "$.e"}]"#

    static let cases = [
        Case(
            #""launch": {"scenario": 12}"#, email, #"{"e": "a@b.c"}"#,
            #"{"scenario": 12, "matching": "email", "email": "a@b.c"}"#),
        Case(
            #""launch": {"link": "welcome"}"#, email, #"{"e": "a@b.c"}"#,
            #"{"link": "welcome", "by": "md5", "matching": "email", "email": "a@b.c"}"#),
        Case(
            #""launch": {"link": "welcome", "by": "xxh64"}, "fields": [{"name": "A", "value": "$.n"}, {"name": "B", "value": true, "option": 2}]"#,
            email, #"{"e": "a@b.c", "n": 1.50}"#,
            #"{"link": "welcome", "by": "xxh64", "matching": "email", "email": "a@b.c", "fields": [{"name": "A", "value": 1.50, "option": 0}, {"name": "B", "value": true, "option": 2}]}"#
        ),
        Case(
            #""owner": "a""#, #"[{"email": "$.e", "resource_id": 24}]"#, #"{"e": "a@b.c"}"#,
            #"{"campaign": 1, "matching": "email", "email": "a@b.c", "resource_id": 24}"#),
        Case(
            #""owner": "a""#, #"[{"matching": "custom", "field_name": "CRM", "field_value": "$.id"}]"#,
            #"{"id": 820982911946154508}"#,
            #"{"campaign": 1, "matching": "custom", "field_name": "CRM", "field_value": 820982911946154508}"#),
        Case(
            #""owner": "a""#, #"[{"matching": "profile_id", "profile_id": "$.id"}]"#, #"{"id": 77}"#,
            #"{"campaign": 1, "matching": "profile_id", "profile_id": "77"}"#),
        Case(
            #""delivery": {"batch": {}}"#,
            #"[{"matching": "push_sub", "provider": "Chrome", "subscription_id": "$.s"}]"#, #"{"s": "x1"}"#,
            #"{"campaign": 1, "matching": "push_sub", "provider": "Chrome", "subscription_id": "x1"}"#),
        Case(
            #""owner": "a""#, #"[{"custom_request": {"Lang": "$.l", "$$or": [{"a": {"$$in": ["$.e", 2]}}]}}]"#,
            #"{"l": "ru", "e": "x"}"#,
            #"{"campaign": 1, "custom_request": {"Lang": "ru", "$or": [{"a": {"$in": ["x", 2]}}]}}"#),
        Case(
            #""content": {"a": {"b": ["$.n", null]}}, "custom_data": {"c": "$.n"}"#, email,
            #"{"e": "a@b.c", "n": 1e2}"#,
            #"{"campaign": 1, "matching": "email", "email": "a@b.c", "content": {"a": {"b": [1e2, null]}}, "custom_data": {"c": 1e2}}"#
        ),
        Case(
            #""attach": [{"name": "a.csv", "type": "text/csv", "data": "$.d"}, {"name": "b", "data": "data:text/plain;base64,QQ=="}]"#,
            email, #"{"e": "a@b.c", "d": "SEVMTE8K"}"#,
            #"{"campaign": 1, "matching": "email", "email": "a@b.c", "attach": [{"name": "a.csv", "data": "data:text/csv;base64,SEVMTE8K"}, {"name": "b", "data": "data:text/plain;base64,QQ=="}]}"#
        ),
        Case(
            #""subscription_filter": {"email": "$.e", "not_strict": true}"#, email, #"{"e": "a@b.c"}"#,
            #"{"campaign": 1, "matching": "email", "email": "a@b.c", "subscription_filter": {"email": "a@b.c", "not_strict": true}}"#
        ),
        Case(
            #""subscription_filter": {"phone": "$.p"}"#, email, #"{"e": "a@b.c", "p": "+79161234567"}"#,
            #"{"campaign": 1, "matching": "email", "email": "a@b.c", "subscription_filter": {"phone": "+79161234567"}}"#
        ),
        Case(
            #""subscription_filter": {"provider": "Chrome", "subscription_id": "$.s", "not_strict": false}"#, email,
            #"{"e": "a@b.c", "s": "x1"}"#,
            #"{"campaign": 1, "matching": "email", "email": "a@b.c", "subscription_filter": {"provider": "Chrome", "subscription_id": "x1", "not_strict": false}}"#
        ),
        Case(
            #""profile": {"fields": {"_fname": "$.f"}, "skip_triggers": true, "detect_geo": false, "timeout": "PT1H5M"}"#,
            email, #"{"e": "a@b.c", "f": "Anna"}"#,
            #"{"campaign": 1, "matching": "email", "email": "a@b.c", "profile": {"fields": {"_fname": "Anna"}, "skip_triggers": true, "detect_geo": false, "timeout": {"days": 0, "hours": 1, "minutes": 5}}}"#
        ),
        Case(
            #""profile": {"fields": {}, "skip_invalid_subscriptions": true, "timeout": {"days": 2}}"#, email,
            #"{"e": "a@b.c"}"#,
            #"{"campaign": 1, "matching": "email", "email": "a@b.c", "profile": {"fields": {}, "skip_invalid_subscriptions": true, "timeout": {"days": 2, "hours": 0, "minutes": 0}}}"#
        ),
    ]

    /// The differences that a test with this request prints.
    private func differences(_ item: Case, _ key: String, _ request: String) throws -> [TestDifference] {
        let (mapping, found) = Sample.compile(Sample.mapping(item.keys, recipient: item.recipient))
        let tests =
            #"{"tests": [{"name": "t", "event": "e.json", "expect": {"outcome": "launch", "\#(key)": \#(request)}}]}"#
        let report = MappingTester { SourceFile(name: $0, text: item.body) }
            .run(try #require(mapping, "\(found)"), tests: SourceFile(name: "a.tests.json", text: tests))
        return try #require(report.results.first).differences
    }

    @Test(arguments: cases)
    func theLaunchIsWrittenSo(_ item: Case) throws {
        #expect(try differences(item, "request", item.request).map(\.description) == [])
        #expect(try differences(item, "request", "[\(item.request)]").map(\.description) == [])
        #expect(try differences(item, "request_contains", item.request).map(\.description) == [])
    }

    /// Each value of the launch counts: another one there, and only there, is a difference.
    @Test(arguments: cases)
    func everyValueIsCompared(_ item: Case) throws {
        let root = try JSONDocument.parse(item.request).root
        var open = [root]
        var compared = 0
        while let node = open.popLast() {
            open += node.members.map(\.value) + Array(node.elements)
            guard node.kind != .object, node.kind != .array else { continue }
            var bytes = Array(item.request.utf8)
            bytes.replaceSubrange(node.offset..<node.endOffset, with: Array(#""another""#.utf8))
            let text = String(decoding: bytes, as: UTF8.self)
            let place = JSONPointer(node.location).description
            #expect(try differences(item, "request", text).map(\.place) == [place])
            #expect(try differences(item, "request_contains", text).map(\.place) == [place])
            compared += 1
        }
        #expect(compared >= 2)
    }

    /// A member more or less is a difference of the whole, and less is none of a part.
    @Test(arguments: cases)
    func everyMemberIsCompared(_ item: Case) throws {
        let members = Array(try JSONDocument.parse(item.request).root.members)
        for left in members {
            let others = members.filter { $0.name != left.name }
            let text = "{" + others.map { "\($0.nameNode.text()): \($0.value.text())" }.joined(separator: ", ") + "}"
            let found = try differences(item, "request", text)
            #expect(found.map(\.place) == ["/\(left.name)"] && found.allSatisfy { $0.expected == nil })
            #expect(try differences(item, "request_contains", text).map(\.description) == [])
        }
        let more = item.request.dropLast() + #", "more": 1}"#
        let found = try differences(item, "request", String(more))
        #expect(found.map(\.description) == ["/more: missing, expected 1"])
    }
}
