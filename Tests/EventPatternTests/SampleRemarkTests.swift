import JSON
import Testing

@testable import EventPattern

/// W137 and W138: what test events tell about a condition.
@Suite(.timeLimit(.minutes(1)))
struct SampleRemarkTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let pattern: String
        let samples: [String]
        let codes: [String]
        var testDescription: String { id }
    }

    @Test(arguments: [
        Case(
            id: "an object",
            pattern: #"{"customer": [{"exists": true}]}"#,
            samples: [#"{"customer": {"id": 1}}"#],
            codes: ["W137"]),
        Case(
            id: "an empty object",
            pattern: #"{"customer": [{"exists": true}]}"#,
            samples: [#"{"customer": {}}"#],
            codes: ["W137"]),
        Case(
            id: "a list of objects",
            pattern: #"{"items": [{"exists": false}]}"#,
            samples: [#"{"items": [{"id": 1}]}"#],
            codes: ["W137"]),
        Case(
            id: "an empty list says nothing",
            pattern: #"{"items": [{"exists": false}]}"#,
            samples: [#"{"items": []}"#],
            codes: []),
        Case(
            id: "an object in one sample and a text in another",
            pattern: #"{"customer": [{"exists": true}]}"#,
            samples: [#"{"customer": {"id": 1}}"#, #"{"customer": "guest"}"#],
            codes: []),
        Case(
            id: "a leaf below an object",
            pattern: #"{"customer": {"id": [{"exists": true}]}}"#,
            samples: [#"{"customer": {"id": 1}}"#],
            codes: []),
        Case(
            id: "an object below a list",
            pattern: #"{"items": {"price": [{"numeric": [">", 0]}]}}"#,
            samples: [#"{"items": [{"price": {"amount": 5}}, {"price": {"amount": 6}}]}"#],
            codes: ["W137"]),
        Case(
            id: "money as text",
            pattern: #"{"total": [{"numeric": [">", 0]}]}"#,
            samples: [#"{"total": "10.00"}"#],
            codes: ["W138"]),
        Case(
            id: "money as text and as a number",
            pattern: #"{"total": [{"numeric": [">", 0]}]}"#,
            samples: [#"{"total": "10.00"}"#, #"{"total": 10}"#],
            codes: []),
        Case(
            id: "money as text, and read so",
            pattern: #"{"total": [{"numeric": [">", 0], "text": true}]}"#,
            samples: [#"{"total": "10.00"}"#],
            codes: []),
        Case(
            id: "money that is null",
            pattern: #"{"total": [{"numeric": [">", 0]}]}"#,
            samples: [#"{"total": null}"#],
            codes: []),
        Case(
            id: "money that is absent",
            pattern: #"{"total": [{"numeric": [">", 0]}]}"#,
            samples: ["{}", #"{"other": 1}"#],
            codes: []),
        Case(
            id: "one of two ranges reads texts",
            pattern: #"{"total": [{"numeric": [">", 0], "text": true}, {"numeric": ["<", -5]}]}"#,
            samples: [#"{"total": "10.00"}"#],
            codes: ["W138"]),
        Case(
            id: "in a list of lists",
            pattern: #"{"items": {"price": [{"numeric": [">", 0]}]}}"#,
            samples: [#"{"items": [[{"price": "1"}], [[{"price": ["2", "3"]}]]]}"#],
            codes: ["W138"]),
        Case(
            id: "in every alternative once",
            pattern: #"{"a": [{"numeric": [">", 0]}], "$or": [{"b": [{"exists": true}]}, {"c": [{"exists": true}]}]}"#,
            samples: [#"{"a": "1", "b": {}, "c": {"x": 1}}"#],
            codes: ["W138", "W137", "W137"]),
        Case(
            id: "no samples",
            pattern: #"{"a": [{"exists": true}]}"#,
            samples: [],
            codes: []),
    ])
    func remarks(item: Case) throws {
        let pattern = try #require(EventPattern.compile(try json(item.pattern)).pattern)
        let remarks = pattern.remarks(on: try item.samples.map(json))
        #expect(remarks.map(\.code.rawValue) == item.codes)
        for remark in remarks {
            #expect(remark.severity == .warning)
            #expect(remark.node.document === pattern.node.document && remark.offset == remark.node.offset)
        }
    }

    @Test func manyOrVastSamplesAreCutShort() throws {
        let pattern = try #require(EventPattern.compile(try json(#"{"a": {"b": [{"numeric": [">", 0]}]}}"#)).pattern)
        let elements = Array(repeating: #"{"b": "1"}"#, count: 50_000).joined(separator: ",")
        let sample = try json("{\"a\": [\(elements)]}")
        #expect(pattern.remarks(on: [sample, sample]).map(\.code) == [.numericOnText])
    }
}
