import JSON
import Testing

@testable import Altcraft

/// What an event can do to a query: fill in values, and nothing else.
@Suite(.timeLimit(.minutes(1)))
struct CustomRequestTests {
    private func slot(_ steps: [JSONStep]) -> CustomRequest.Slot? {
        try? CustomRequest.slot(at: steps)
    }

    private func refuses(_ slot: CustomRequest.Slot, _ value: JSONValue) -> Bool {
        do throws(LaunchFault) {
            try slot.check(value)
            return false
        } catch {
            return error.kind == .unsafeQuery
        }
    }

    @Test(arguments: [
        [JSONStep.name("Custom_ID")], [.name("address.city")], [.name("a"), .name("b")], [.name("a"), .name("$eq")],
        [.name("a"), .name("$ne")], [.name("a"), .name("$gte")], [.name("a"), .name("$in"), .index(0)],
        [.name("$or"), .index(1), .name("a")], [.name("$and"), .index(0), .name("$nor"), .index(0), .name("a")],
        [.name("a"), .name("$not"), .name("$gt")], [.name("a"), .name("$elemMatch"), .name("b"), .name("$eq")],
        [.name("tags"), .index(0)],
    ])
    func placesOfOneValue(steps: [JSONStep]) {
        #expect(slot(steps) == .scalar)
    }

    @Test(arguments: ["$in", "$nin", "$all"])
    func placesOfAList(name: String) {
        #expect(slot([.name("a"), .name(name)]) == .list)
    }

    @Test(
        arguments: [
            [], [.name("$or")], [.name("$or"), .index(0)], [.name("$and")], [.name("$where")], [.name("$expr")],
            [.name("$expr"), .name("$eq"), .index(1)], [.name("$comment")], [.name("$text"), .name("$search")],
            [.name("$jsonSchema")], [.name("a"), .name("$regex")], [.name("a"), .name("$where")],
            [.name("a"), .name("$exists")], [.name("a"), .name("$type")], [.name("a"), .name("$mod"), .index(0)],
            [.name("$or"), .name("a")], [.name("a"), .name("$in"), .name("b")], [.index(0)],
            [.name("a"), .name("$unheardOf")],
        ] as [[JSONStep]])
    func placesOfNothing(steps: [JSONStep]) {
        #expect(slot(steps) == nil)
    }

    @Test func scalarTakesOneValue() {
        for value in [JSONValue.string("x"), .number(JSONNumber(0)), .bool(false)] {
            #expect(!refuses(.scalar, value))
            #expect(refuses(.list, value))
        }
    }

    /// What an attacker, or a careless producer, would send in place of a value.
    @Test(arguments: [
        #"{"$ne": null}"#, #"{"$gt": ""}"#, #"{"$where": "1"}"#, "{}", "[]", "null", #""""#, #"" \t""#, #"["a"]"#,
        #"[{"$gt": ""}]"#,
    ])
    func scalarTakesNoOperator(text: String) throws {
        #expect(refuses(.scalar, try json(text)))
    }

    @Test(arguments: [
        "[]", "[null]", #"["a", null]"#, #"["a", ""]"#, #"[{"$gt": ""}]"#, #"[["a"]]"#, #"{"0": "a"}"#, #""a""#, "null",
    ])
    func listTakesOnlyValues(text: String) throws {
        #expect(refuses(.list, try json(text)))
    }

    @Test func listTakesValues() throws {
        #expect(!refuses(.list, try json(#"["a", 1, true]"#)))
        let many = JSONValue.array(Array(repeating: .string("a"), count: CustomRequest.mostValues + 1))
        #expect(refuses(.list, many))
    }

    @Test(arguments: [
        "{}", "[]", "null", #""a""#, #"{"$or": []}"#, #"{"$or": {}}"#, #"{"$or": [{}]}"#, #"{"$and": [{"a": 1}, {}]}"#,
        #"{"$or": [{"$and": [{}]}]}"#, #"{"$nor": [1]}"#,
    ])
    func wholeQueryRestrictsSomething(text: String) throws {
        let launch = Launch(target: .campaign(1), audience: .query(try json(text)))
        #expect(throws: LaunchFault.self) { try LaunchRequest(launch) }
    }

    @Test(arguments: [
        #"{"email": {"$in": ["asd@dsfsd.com", "zxcv@sdfsd.com"]}}"#, #"{"$or": [{"a": 1}, {"b": {"$exists": true}}]}"#,
    ])
    func goodQueryGoesOutAsWritten(text: String) throws {
        let request = try LaunchRequest(Launch(target: .campaign(1), audience: .query(json(text))))
        #expect(try json(request.body)["custom_request"] == json(text))
        #expect(try json(request.body)["matching"] == nil)
    }
}
