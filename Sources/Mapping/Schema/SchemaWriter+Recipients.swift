import Altcraft
import JSON

/// Whom a launch is for: the matching mode says which values stand beside it.
extension SchemaWriter {
    /// A condition for each mode, for the mode that holds where none is named, and for queries.
    func matchingModes(_ keys: [String]) -> [JSONValue] {
        let named = MatchingFacts.all.map { facts in
            let mode = JSONValue.object([("const", .string(facts.matching.rawValue))])
            return rule(
                if: .object([
                    ("properties", .object([("matching", mode)])), ("required", .array([.string("matching")])),
                ]), then: values(facts))
        }
        let isNamed = anyOf([requires(["matching"]), requires(["custom_request"])])
        let others = keys.filter { $0 != "custom_request" }.map { Member($0, .bool(false)) }
        return named + [
            rule(if: .object([("not", isNamed)]), then: values(Matching.standard.facts)),
            rule(if: requires(["custom_request"]), then: .object([("properties", .object(others))])),
        ]
    }

    private func rule(if condition: JSONValue, then consequence: JSONValue) -> JSONValue {
        .object([("if", condition), ("then", consequence)])
    }

    /// What a mode needs, and what does not belong to it.
    private func values(_ facts: MatchingFacts) -> JSONValue {
        let foreign = Companion.allCases.filter { !facts.companions.contains($0) }
        var members: [Member] = [("properties", .object(foreign.map { ($0.rawValue, .bool(false)) }))]
        if !facts.required.isEmpty {
            members.append(("required", .array(facts.required.map { .string($0.rawValue) })))
        }
        if !facts.anyOf.isEmpty {
            members.append(("anyOf", .array(facts.anyOf.map { requires([$0.rawValue]) })))
        }
        return .object(members)
    }
}
