import JSON
import JSONPath
import TestSupport
import Testing

/// The public compliance suite of RFC 9535: every case, none skipped.
@Suite(
    "JSONPath: compliance suite",
    .enabled(if: Corpora.isPresent("jsonpath-cts"), Comment(rawValue: Corpora.absent)), .timeLimit(.minutes(1)))
struct CorpusTests {
    private func cases() throws -> [JSONNode] {
        let suite = try JSONDocument.parse(Corpora.bytes("jsonpath-cts/cts-part.json"))
        return Array(try #require(suite.root["tests"]).elements)
    }

    /// What a case accepts: one result, or several where the order of members is free.
    private func acceptable(_ member: String, of example: JSONNode) throws -> [JSONNode] {
        if let only = example[member] { return [only] }
        return Array(try #require(example[member.replacing("result", with: "results")]).elements)
    }

    @Test("invalid selectors are refused")
    func invalid() throws {
        var count = 0
        for example in try cases() where example["invalid_selector"]?.bool == true {
            let selector = try #require(example["selector"]?.string)
            let error = try refusal(selector)
            #expect((1...(selector.unicodeScalars.count + 1)).contains(error.position))
            count += 1
        }
        #expect(count > 100)
    }

    @Test("valid selectors give the values and places of the suite")
    func valid() throws {
        var count = 0
        for example in try cases() where example["invalid_selector"]?.bool != true {
            let selector = try #require(example["selector"]?.string)
            let root = try document(try #require(example["document"]).text())
            let found = try nodes(selector, root)
            let name = Comment(rawValue: example["name"]?.string ?? selector)
            let values = try acceptable("result", of: example)
            #expect(values.contains { $0.text() == "[\(found.map { $0.text() }.joined(separator: ","))]" }, name)
            let places = try acceptable("result_paths", of: example)
            let paths = found.map { $0.normalizedPath.description }
            #expect(places.contains { $0.elements.map { $0.string } == paths }, name)
            count += 1
        }
        #expect(count > 200)
    }

    @Test("each place is itself a query for that place alone")
    func placesAreQueries() throws {
        for example in try cases() where example["invalid_selector"]?.bool != true {
            let root = try document(try #require(example["document"]).text())
            for node in try nodes(try #require(example["selector"]?.string), root) {
                let place = try JSONPathQuery.parse(node.normalizedPath.description)
                var budget = VisitBudget()
                #expect(place.isSingular)
                #expect(try place.first(root: root, current: root, budget: &budget) == node)
            }
        }
    }

    @Test("the canonical text of a query is the same query")
    func roundTrip() throws {
        for example in try cases() where example["invalid_selector"]?.bool != true {
            let query = try JSONPathQuery.parse(try #require(example["selector"]?.string)).query
            #expect(try JSONPathQuery.parse(query.description).query == query)
        }
    }
}
