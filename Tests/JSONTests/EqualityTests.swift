import JSON
import Testing

/// Texts are equal by code points: nothing is normalised, although Swift's strings do so.
@Suite("JSON equality", .timeLimit(.minutes(1)))
struct EqualityTests {
    @Test(
        "values of documents",
        arguments: [
            (#""é""#, #""\u00e9""#, true), (#""é""#, #""e\u0301""#, false), (#"{"é": 1}"#, #"{"e\u0301": 1}"#, false),
            (#"{"é": 1}"#, #"{"\u00e9": 1.0}"#, true), (#"["é"]"#, #"["e\u0301"]"#, false),
        ])
    func documents(_ left: String, _ right: String, _ equal: Bool) throws {
        #expect(try JSONDocument.parse(left).root.isEqual(to: JSONDocument.parse(right).root) == equal)
    }

    @Test("values that were made")
    func made() {
        #expect(JSONValue.string("é") != .string("e\u{301}"))
        let object = JSONValue.object([("é", .bool(true)), ("e\u{301}", .bool(false))])
        #expect(object["e\u{301}"]?.bool == false)
        #expect(object["é"]?.bool == true)
        #expect(object == .object([("e\u{301}", .bool(false)), ("é", .bool(true))]))
    }
}
