import JSON
import TestSupport
import Testing
import XML

@testable import Altcraft

/// Somebody who writes events tries to reach more people than the mapping's author meant.
@Suite(.timeLimit(.minutes(1)))
struct QueryInjectionTests {
    /// A query as a mapping writes it: `fill` marks where an event's value goes.
    private indirect enum Template {
        case fill
        case text(String)
        case members([(String, Template)])
        case elements([Template])
    }

    private static let templates: [Template] = [
        .members([("Custom_ID", .fill)]),
        .members([("Custom_ID", .members([("$in", .fill)]))]),
        .members([("Custom_ID", .members([("$in", .elements([.text("vip"), .fill]))]))]),
        .members([("City", .text("Riga")), ("Bonus", .members([("$gte", .fill)]))]),
        .members([("$or", .elements([.members([("a", .fill)]), .members([("b", .fill)])]))]),
        .members([("$and", .elements([.members([("$nor", .elements([.members([("a", .fill)])]))])]))]),
        .members([("orders", .members([("$elemMatch", .members([("sku", .fill)]))]))]),
    ]

    /// Places where nothing of an event may stand, whatever it is.
    private static let forbidden: [Template] = [
        .fill, .members([("$where", .fill)]), .members([("$expr", .members([("$eq", .elements([.fill, .fill]))]))]),
        .members([("a", .members([("$regex", .fill)]))]), .members([("$or", .fill)]),
        .members([("$or", .elements([.fill]))]), .members([("a", .members([("$exists", .fill)]))]),
        .members([("a", .members([("$not", .members([("$regex", .fill)]))]))]),
    ]

    private static let hostile = [
        #"{"$ne": null}"#, #"{"$exists": true}"#, #"{"$regex": ".*"}"#, #"{"$gt": ""}"#, #"{"$where": "true"}"#, "{}",
        "[]", "null", #""""#, #"" ""#, #"[null]"#, #"[{"$ne": 1}]"#, #"[[]]"#, #"["a", {}]"#, #"{"a": 1, "$or": [{}]}"#,
        #""$where""#, #""{\"$ne\": null}""#, #""\"}, {\"x\": \"""#, #""anna""#, "5", "true", #"["anna", 7]"#,
        #"["$ne"]"#, "1e400", #"["a", ""]"#,
    ]

    /// What stands in the filled places is a value and nothing else: names and shape are the author's.
    @Test(arguments: hostile)
    func shapeOfTheQueryIsTheAuthors(text: String) throws {
        let value = try json(text)
        for template in Self.templates {
            guard let query = fill(template, with: value) else { continue }
            #expect(CustomRequest.faults(in: query).isEmpty)
            #expect(names(in: query) == names(in: template))
            let request = try LaunchRequest(Launch(target: .campaign(1), audience: .query(query)))
            #expect(try json(request.body)["custom_request"] == query)
        }
    }

    @Test(arguments: hostile)
    func forbiddenPlacesTakeNothing(text: String) throws {
        let value = try json(text)
        for template in Self.forbidden { #expect(fill(template, with: value) == nil) }
    }

    /// Honest values do get through, so the tests above are not passed by refusing everything.
    @Test func honestValuesPass() throws {
        let (one, many) = (try json(#""anna""#), try json(#"["anna", "boris"]"#))
        #expect(Self.templates.count { fill($0, with: one) != nil } == 6)
        #expect(Self.templates.count { fill($0, with: many) != nil } == 1)
    }

    /// Text that looks like an operator stays text when the query goes out as XML, where it is JSON in a text.
    @Test func textStaysTextInXML() throws {
        let value = try json(#""\"}}</custom_request><id>2</id>""#)
        let query = try #require(fill(Self.templates[0], with: value))
        let options = RequestOptions(encoding: .xml)
        let request = try LaunchRequest(Launch(target: .campaign(1), audience: .query(query)), options: options)
        let encoded = try RequestEncoder(baseURL: "http://h", options: options).encode(request, token: token("t"))
        let root = try xml(encoded.body)
        #expect(root.children.map(\.name) == ["custom_request", "id", "token"])
        #expect(try json(root.children[0].text) == query)
    }

    /// Fills a template as a mapping does: each place asks for its slot, and the slot checks the value.
    private func fill(_ template: Template, with value: JSONValue, at steps: [JSONStep] = []) -> JSONValue? {
        switch template {
        case .fill:
            guard let slot = try? CustomRequest.slot(at: steps), (try? slot.check(value)) != nil else { return nil }
            return value
        case .text(let text): return .string(text)
        case .members(let members):
            var filled: [(name: String, value: JSONValue)] = []
            for (name, template) in members {
                guard let value = fill(template, with: value, at: steps + [.name(name)]) else { return nil }
                filled.append((name, value))
            }
            return .object(filled)
        case .elements(let elements):
            var filled: [JSONValue] = []
            for (place, template) in elements.enumerated() {
                guard let value = fill(template, with: value, at: steps + [.index(place)]) else { return nil }
                filled.append(value)
            }
            return .array(filled)
        }
    }

    /// All member names of a value, in order.
    private func names(in value: JSONValue) -> [String] {
        if let members = value.members { return members.flatMap { [$0.name] + names(in: $0.value) } }
        return value.elements?.flatMap(names(in:)) ?? []
    }

    private func names(in template: Template) -> [String] {
        switch template {
        case .fill, .text: []
        case .members(let members): members.flatMap { [$0.0] + names(in: $0.1) }
        case .elements(let elements): elements.flatMap(names(in:))
        }
    }
}
