import Altcraft
import JSON
import Testing

@testable import Mapping

/// Somebody who writes events tries to reach more people than the mapping's author meant, through whole mappings.
@Suite(.timeLimit(.minutes(1)))
struct QuerySafetyTests {
    /// Queries as mappings write them; `$.v` is the event's.
    private static let queries = [
        #"{"Custom_ID": "$.v"}"#,
        #"{"Custom_ID": {"$path": "$.v", "optional": true}}"#,
        #"{"Custom_ID": {"$path": "$.v", "default": "nobody"}}"#,
        #"{"Custom_ID": {"$path": "$..v", "take": "all", "optional": true}}"#,
        #"{"Custom_ID": {"$template": "{{$.v}}"}}"#,
        #"{"Custom_ID": {"$coalesce": ["$.w", "$.v"]}}"#,
        #"{"Custom_ID": {"$if": {"x": [1]}, "then": "$.v", "else": "$.v"}}"#,
        #"{"Custom_ID": {"$$in": "$.v"}}"#,
        #"{"Custom_ID": {"$$in": ["$.v", "b"]}}"#,
        #"{"Custom_ID": {"$$in": {"$each": "$.v[*]", "item": "@"}}}"#,
        #"{"Custom_ID": {"$$in": {"$each": "$.v[*]", "item": {"$$ne": "@"}}}}"#,
        #"{"City": "Riga", "Bonus": {"$$gte": "$.v"}}"#,
        #"{"$$or": [{"a": "$.v"}, {"b": {"$$not": {"$$eq": "$.v"}}}]}"#,
        #"{"orders": {"$$elemMatch": {"sku": "$.v"}}}"#,
        // Places where nothing of an event may stand.
        #""$.v""#, #"{"$path": "$.v"}"#, #"{"$merge": ["$.v"]}"#, #"{"$merge": ["$.v", {"a": 1}]}"#,
        #"{"a": {"$merge": ["$.v", {"$$eq": 1}]}}"#, #"{"$$or": "$.v"}"#, #"{"$$and": ["$.v"]}"#,
        #"{"$$or": {"$each": "$.v[*]", "item": "@"}}"#, #"{"$$where": "$.v"}"#, #"{"a": {"$$regex": "$.v"}}"#,
        #"{"a": {"$$exists": "$.v"}}"#, #"{"a": {"$$not": "$.v"}}"#, #"{"$$expr": {"$$eq": ["$.v", "$.v"]}}"#,
        #"{"{{$.v}}": 1}"#, #"{"$.v": 1}"#,
    ]

    /// What events bring: operators, field names, nothing at all, and honest values.
    private static let values = [
        #"{"$ne": null}"#, #"{"$$ne": null}"#, #"{"$exists": true}"#, #"{"$regex": ".*"}"#, #"{"$gt": ""}"#, "{}", "[]",
        "null", #""""#, #""  ""#, "[null]", "[[]]", "[{}]", #"[{"$ne": 1}]"#, #"["a", {"$ne": 1}]"#, #"["a", ""]"#,
        #"{"a": 1, "$or": [{}]}"#, #"[{"$or": [{}]}]"#, #""$where""#, #""$.v""#, #""{\"$ne\": null}""#,
        #""\"}, \"x\": {\"$ne\": \"""#, #"{"v": {"$ne": 1}}"#, #""anna""#, "5", "true", #"["anna", 7]"#, "1e400",
    ]

    /// All member names of a value, sorted, each once.
    private func names(_ value: JSONValue) -> Set<String> {
        let own = Set((value.members ?? []).map(\.name))
        let below = (value.members ?? []).map(\.value) + (value.elements ?? [])
        return below.reduce(own) { $0.union(names($1)) }
    }

    @Test("An event fills values and nothing else: names and operators are the mapping's, and no query is empty")
    func queriesKeepTheirShape() throws {
        var (launched, refused) = (0, 0)
        for query in Self.queries {
            let mapping = Sample.mapping(#""owner": "a""#, recipient: #"[{"custom_request": \#(query)}]"#)
            guard Sample.compile(mapping).mapping != nil else {
                refused += 1
                continue
            }
            let written = Set(
                names(.node(try JSONDocument.parse(query).root)).map {
                    $0.hasPrefix("$$") ? String($0.dropFirst()) : $0
                })
            for value in Self.values {
                let plan = try Sample.plan(mapping, body: #"{"v": \#(value)}"#)
                guard case .query(let sent)? = plan.launches.first?.launch.audience else {
                    #expect(!plan.stops.isEmpty, "\(query) with \(value) came to nothing")
                    continue
                }
                launched += 1
                #expect(names(sent).isSubset(of: written), "\(query) with \(value) became \(sent.text())")
                #expect(!hasHole(sent), "\(query) with \(value) became \(sent.text())")
                #expect(sent.members?.isEmpty == false)
            }
        }
        // Neither all refused nor all let through: both sides of the rule are seen.
        #expect(launched > 50)
        #expect(refused >= 12)
    }

    /// Whether anything in a query is empty or null, and so matches more than a value does.
    private func hasHole(_ value: JSONValue) -> Bool {
        if value.isNull || value.string == "" { return true }
        if let members = value.members { return members.isEmpty || members.contains { hasHole($0.value) } }
        if let elements = value.elements { return elements.isEmpty || elements.contains(where: hasHole) }
        return false
    }

    @Test(
        "The type of a file is the mapping's, and its name and text cannot become more than that",
        arguments: [
            #"{"name": "a.csv", "type": "$.v", "data": "SEVMTE8K"}"#,
            #"{"name": "a.csv", "type": {"$template": "text/{{$.v}}"}, "data": "SEVMTE8K"}"#,
            #"{"name": "a.csv", "type": {"$if": {"x": [1]}, "then": "text/csv", "else": "$.v"}, "data": "SEVMTE8K"}"#,
            #"{"name": "a.csv", "data": "$.v"}"#,
            #"{"name": "a.csv", "data": {"$template": "data:{{$.v}};base64,SEVMTE8K"}}"#,
            #"{"$path": "$.v"}"#,
        ])
    func typesOfFiles(file: String) {
        for attach in ["[\(file)]", #"{"$each": "$.files[*]", "item": \#(file)}"#] {
            let (mapping, diagnostics) = Sample.compile(Sample.mapping("\"attach\": \(attach)"))
            #expect(mapping == nil)
            #expect(!diagnostics.isEmpty)
        }
    }

    @Test(
        "Types that the mapping wrote are taken, chosen among as it says",
        arguments: [
            #"[{"name": "a", "type": "text/csv", "data": "$.v"}]"#,
            #"[{"name": "a", "type": {"$if": {"x": [1]}, "then": "text/plain", "else": "text/csv"}, "data": "$.v"}]"#,
            #"[{"name": "a", "data": {"$template": "data:text/csv;base64,{{$.v}}"}}]"#,
            #"{"$each": "$.files[*]", "item": {"name": "a", "type": "text/csv", "data": "@"}}"#,
        ])
    func writtenTypes(attach: String) throws {
        let plan = try Sample.plan(
            Sample.mapping("\"attach\": \(attach)"), body: #"{"v": "SEVMTE8K", "files": ["SEVMTE8K"]}"#)
        #expect(plan.launches.first?.launch.attachments.map(\.mediaType) == ["text/csv"])
    }

    @Test(
        "A data URI, a path or a header in a file's name or text parks the event",
        arguments: [
            #"{"n": "../x", "d": "SEVMTE8K"}"#, #"{"n": "a\u0000.csv", "d": "SEVMTE8K"}"#,
            #"{"n": "a\r\nX: y", "d": "SEVMTE8K"}"#, #"{"n": "a.csv", "d": "data:text/html;base64,SEVMTE8K"}"#,
            #"{"n": "a.csv", "d": "SEVMTE8K,"}"#, #"{"n": "", "d": "SEVMTE8K"}"#, #"{"n": {}, "d": "SEVMTE8K"}"#,
        ])
    func namesAndTextsOfFiles(body: String) throws {
        let keys = #""attach": [{"name": "$.n", "type": "text/csv", "data": "$.d"}]"#
        let plan = try Sample.plan(Sample.mapping(keys), body: body)
        #expect(plan.launches.isEmpty)
        #expect(plan.stops.first.map { "\($0.pointer)".hasPrefix("/attach") } == true)
        let good = try Sample.plan(Sample.mapping(keys), body: #"{"n": "日本.csv", "d": "SEVMTE8K"}"#)
        #expect(good.launches.first?.launch.attachments.map(\.name) == ["日本.csv"])
    }
}
