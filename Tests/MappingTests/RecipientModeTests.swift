import Altcraft
import Functions
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// Every matching mode with every part that may be there, missing, or of the wrong kind.
@Suite(.timeLimit(.minutes(1)))
struct RecipientModeTests {
    /// A batch takes every mode, and nothing that narrows a search.
    private static func batched(_ alternative: String) -> String {
        Sample.mapping(#""delivery": {"batch": {}}"#, recipient: "[\(alternative)]")
    }

    /// The members that say whom a mode searches for.
    private static func whom(_ facts: MatchingFacts) -> [Companion] { facts.required + facts.anyOf }

    private func errors(_ mapping: String) -> [String] {
        Sample.compile(mapping).diagnostics.filter { $0.severity == .error }.map(\.code.rawValue)
    }

    /// What an event may have where a mapping looks for a companion.
    enum Given: String, CaseIterable {
        case good, absent, null, blank, list, truth
    }

    /// The mode with all its companions, each read from a member of its own name.
    private static func alternative(_ facts: MatchingFacts, without left: Companion? = nil, optional: Bool = false)
        -> String
    {
        var members = ["\"matching\": \"\(facts.matching.rawValue)\""]
        for companion in whom(facts) where companion != left {
            let path = "$.\(companion.rawValue)"
            let value = optional ? #"{"$path": "\#(path)", "optional": true}"# : "\"\(path)\""
            members.append("\"\(companion.rawValue)\": \(value)")
        }
        return "{\(members.joined(separator: ", "))}"
    }

    private static func member(_ companion: Companion, _ given: Given) -> String? {
        let value: String? =
            switch given {
            case .good: companion.example.text()
            case .absent: nil
            case .null: "null"
            case .blank: #""""#
            case .list: "[1]"
            case .truth: "true"
            }
        return value.map { "\"\(companion.rawValue)\": \($0)" }
    }

    private static func body(_ given: [(Companion, Given)]) -> String {
        "{\(given.compactMap { member($0.0, $0.1) }.joined(separator: ", "))}"
    }

    /// `launch`, or the reason of the stop.
    private func outcome(_ alternative: String, _ body: String) throws -> String {
        let plan = try Sample.plan(Sample.mapping(#""owner": "a""#, recipient: "[\(alternative)]"), body: body)
        return plan.stops.first.map(\.reason.rawValue) ?? (plan.launches.count == 1 ? "launch" : "nothing")
    }

    @Test(arguments: Matching.allCases)
    func aModeWithAllItsPartsIsLaunched(_ mode: Matching) throws {
        let facts = mode.facts
        let alternative = Self.alternative(facts)
        // Single launches take some of the modes only; the others travel in a batch.
        let isSingle = [.email, .phone, .profileID, .custom].contains(mode)
        #expect(errors(Sample.mapping(#""owner": "a""#, recipient: "[\(alternative)]")) == (isSingle ? [] : ["E144"]))
        let plan = try Sample.plan(Self.batched(alternative), body: Self.body(Self.whom(facts).map { ($0, .good) }))
        let launch = try #require(plan.launches.first)
        let values = Self.whom(facts).compactMap(\.example.string)
        #expect(launch.recipient == ([mode.rawValue] + values).joined(separator: " "))
        #expect(launch.lane == launch.recipient, "a profile's launches go one by one")
        let element = launch.request.element.map { String(decoding: $0, as: UTF8.self) } ?? ""
        // The name of a field is the same for all whom a call carries, and stands beside them.
        for companion in Self.whom(facts) where companion != .fieldName {
            #expect(element.contains("\"\(companion.rawValue)\":\(companion.example.text())"), "\(element)")
        }
    }

    /// A mode's rule, read aloud: all that is required, one of those of which one is enough, and nothing broken.
    private func isComplete(_ facts: MatchingFacts, _ given: [(Companion, Given)]) -> Bool {
        func isGood(_ companion: Companion) -> Bool {
            given.first { $0.0 == companion }.map { $0.1 == .good } ?? false
        }
        return facts.required.allSatisfy(isGood) && (facts.anyOf.isEmpty || facts.anyOf.contains(where: isGood))
    }

    @Test(arguments: Matching.allCases)
    func everyPartMayBeMissingOrBroken(_ mode: Matching) throws {
        let facts = mode.facts
        var cases: [[(Companion, Given)]] = [[]]
        for companion in Self.whom(facts) {
            cases = cases.flatMap { given in Given.allCases.map { given + [(companion, $0)] } }
        }
        let (compiled, _) = Sample.compile(Self.batched(Self.alternative(facts)))
        let set = MappingSet([try #require(compiled)])
        for given in cases {
            let file = EventFile.read(SourceFile(name: "e", text: "{\"body\": \(Self.body(given)), \"amqp\": {}}")).0
            let plan = set.evaluate(try #require(file).event(now: .init(seconds: 0)))
            let expected = isComplete(facts, given) ? "launch" : "no_recipient"
            let found = plan.stops.first.map(\.reason.rawValue) ?? "launch"
            #expect(found == expected, "\(mode.rawValue): \(Self.body(given))")
        }
    }

    @Test(arguments: Matching.allCases)
    func aModeDoesNotCompileWithoutWhatItNeeds(_ mode: Matching) {
        let facts = mode.facts
        func codes(_ alternative: String) -> [String] { errors(Self.batched(alternative)) }
        for companion in facts.required { #expect(codes(Self.alternative(facts, without: companion)) == ["E140"]) }
        for companion in facts.anyOf {
            #expect(
                codes(Self.alternative(facts, without: companion)) == [], "\(companion.rawValue) can be done without")
        }
        let bare = codes("{\"matching\": \"\(mode.rawValue)\"}")
        #expect(bare.count == facts.required.count + (facts.anyOf.isEmpty ? 0 : 1) && Set(bare) == ["E140"])
        for foreign in Companion.allCases where !mode.uses(foreign) && foreign != .resourceID {
            let whole = Self.alternative(facts).dropLast() + ", \"\(foreign.rawValue)\": \(foreign.example.text())}"
            #expect(codes(String(whole)) == ["E141"], "\(mode.rawValue) \(foreign.rawValue)")
        }
    }

    @Test(arguments: Matching.allCases)
    func whatIsOptionalInTheFileIsRequiredByTheModeAllTheSame(_ mode: Matching) throws {
        let facts = mode.facts
        let text = Self.batched(Self.alternative(facts, optional: true))
        for missing in Self.whom(facts) {
            let body = Self.body(Self.whom(facts).map { ($0, $0 == missing ? .absent : .good) })
            let plan = try Sample.plan(text, body: body)
            let isNeeded = facts.required.contains(missing)
            #expect(plan.stops.map(\.reason) == (isNeeded ? [.noRecipient] : []), "without \(missing.rawValue)")
        }
        #expect(try Sample.plan(text, body: "{}").stops.map(\.reason) == [.noRecipient], "nobody is named")
    }

    @Test(arguments: Matching.allCases)
    func aResourceNarrowsSomeSearches(_ mode: Matching) throws {
        let facts = mode.facts
        let alternative = Self.alternative(facts).dropLast() + #", "resource_id": 24}"#
        let isTaken = facts.optional.contains(.resourceID)
        let single = errors(Sample.mapping(#""owner": "a""#, recipient: "[\(alternative)]"))
        #expect(single.contains("E141") == !isTaken)
        if [.email, .phone].contains(mode) { #expect(single == []) }
        // Of a batch all elements would need the same one, and the call has no place for it.
        #expect(errors(Self.batched(String(alternative))).contains(isTaken ? "E113" : "E141"))
    }

    @Test(arguments: [
        // A number names somebody as its digits; true, lists and objects name nobody.
        (#"{"matching": "profile_id", "profile_id": "$.v"}"#, "12345678901234567890", "launch"),
        (#"{"matching": "profile_id", "profile_id": "$.v"}"#, #""60ae""#, "launch"),
        (#"{"matching": "profile_id", "profile_id": "$.v"}"#, "false", "no_recipient"),
        (#"{"matching": "profile_id", "profile_id": "$.v"}"#, "{}", "no_recipient"),
        (#"{"matching": "custom", "field_name": "CRM", "field_value": "$.v"}"#, "0", "launch"),
        (#"{"matching": "custom", "field_name": "CRM", "field_value": "$.v"}"#, #""a, b""#, "launch"),
        (#"{"matching": "custom", "field_name": "CRM", "field_value": "$.v"}"#, #""""#, "no_recipient"),
        (#"{"matching": "custom", "field_name": "CRM", "field_value": "$.v"}"#, "[1]", "no_recipient"),
        (#"{"email": "a@b.c", "resource_id": "$.v"}"#, "24", "launch"),
        (#"{"email": "a@b.c", "resource_id": "$.v"}"#, "24.0", "launch"),
        (#"{"email": "a@b.c", "resource_id": "$.v"}"#, "0", "no_recipient"),
        (#"{"email": "a@b.c", "resource_id": "$.v"}"#, "-1", "no_recipient"),
        (#"{"email": "a@b.c", "resource_id": "$.v"}"#, "1.5", "no_recipient"),
        (#"{"email": "a@b.c", "resource_id": "$.v"}"#, #""24""#, "no_recipient"),
        (#"{"email": "a@b.c", "resource_id": "$.v"}"#, "1e30", "no_recipient"),
        (#"{"email": {"$path": "$.v", "pipe": ["email"]}}"#, #""nobody""#, "no_recipient"),
        (#"{"email": {"$path": "$.v", "pipe": ["email"], "default": "a@b.co"}}"#, #""nobody""#, "launch"),
        (#"{"matching": "phone", "phone": {"$path": "$.v", "pipe": [{"phone": "RU"}]}}"#, "89991234567", "launch"),
        (#"{"matching": "phone", "phone": {"$path": "$.v", "pipe": [{"phone": "RU"}]}}"#, #""112""#, "no_recipient"),
    ])
    func valuesThatNameSomebody(alternative: String, value: String, expected: String) throws {
        #expect(try outcome(alternative, "{\"v\": \(value)}") == expected)
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 10))
    func theFirstAlternativeThatIsCompleteWins(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let single: [Matching] = [.email, .phone, .profileID, .custom]
        for _ in 0..<10 {
            let modes = single.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
            let recipients = modes.map { mode in
                // Without what only narrows, so that each companion belongs to one alternative.
                Self.alternative(mode.facts, without: .resourceID)
            }
            let companions = Companion.allCases.filter { $0 != .resourceID }
            let given = companions.map { ($0, random.pick(Given.allCases, or: .good)) }
            let text = Sample.mapping(#""owner": "a""#, recipient: "[\(recipients.joined(separator: ", "))]")
            let plan = try Sample.plan(text, body: Self.body(given))
            let winner = modes.first { mode in
                mode.facts.required.allSatisfy { need in given.contains { $0.0 == need && $0.1 == .good } }
            }
            if let winner {
                #expect(plan.launches.first?.recipient.hasPrefix(winner.rawValue + " ") == true)
            } else {
                let stop = try #require(plan.stops.first)
                #expect(stop.reason == .noRecipient && stop.launchClass == .unmappable)
                #expect(stop.detail.hasPrefix("no alternative is complete: "))
                // One alternative is to blame for itself; of several, none.
                #expect((stop.pointer.description == "/recipient") == (modes.count > 1), "\(stop.pointer)")
            }
        }
    }
}
