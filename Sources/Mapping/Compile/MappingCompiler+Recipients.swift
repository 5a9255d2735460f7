import Altcraft
import Functions
import JSON

/// `recipient`: the alternatives.
extension MappingCompiler {
    /// Compiles the alternatives in their order.
    func recipients(_ root: Place) -> [MappingParts.Alternative] {
        guard let place = root.member("recipient"), place.node.kind == .array else { return [] }
        var compiled: [MappingParts.Alternative] = []
        for element in place.elements where element.node.kind == .object {
            let alternative = alternative(element)
            remarkOnReach(of: alternative, after: compiled)
            branches.append(Mapping.Branch(place: alternative.template.place, position: element.node.position))
            compiled.append(alternative)
        }
        return compiled
    }

    /// An alternative is never reached after one that is always complete, or that needs nothing which this one does not.
    private func remarkOnReach(of alternative: MappingParts.Alternative, after formers: [MappingParts.Alternative]) {
        var why = "is always complete"
        var former = formers.first(where: \.facts.isAlwaysThere)
        if former == nil, let needs = alternative.needs {
            why = "is complete whenever this one is"
            former = formers.first { $0.needs?.isSubset(of: needs) == true }
        }
        guard let former else { return }
        findings.add(
            .unreachableAlternative, at: alternative.place,
            "this alternative is never reached, because the one at \(former.place.pointer) \(why)",
            hint: "move it before that one, or take it out")
    }

    private func alternative(_ place: Place) -> MappingParts.Alternative {
        if let query = place.members.first(where: { $0.name == "custom_request" }) { return self.query(query, place) }
        let companions = place.members.compactMap { member in
            Companion(rawValue: member.name).map { (companion: $0, member: member) }
        }
        var values: [(companion: Companion, placed: Placed)] = []
        var parts: [Compiled] = []
        var needs = Set<String>()
        for (companion, member) in companions {
            let part = part(member.place, elementScope)
            checkCompanion(companion, part)
            values.append((companion, part.placed))
            parts.append(part.compiled)
            if !part.compiled.facts.isAlwaysThere { needs.insert("\(companion.rawValue): \(member.place.node.text())") }
        }
        let mode = mode(place)
        let isWhole = mode.map { checkCompanions(of: $0, companions, place) } ?? false
        let facts = (mode ?? .standard).facts
        let templates = values.map { companion, placed in
            RecipientTemplate.CompanionTemplate(
                companion: companion, value: placed, isRequired: facts.required.contains(companion),
                isOneOfSeveral: facts.anyOf.contains(companion))
        }
        let template = RecipientTemplate(audience: .profile(mode ?? .standard, templates), place: keep(place))
        var joined = TemplateFacts.joining(parts, gives: .any)
        if !isWhole { joined.isAlwaysThere = false }
        return MappingParts.Alternative(
            place: place, template: template, facts: joined, needs: isWhole && facts.anyOf.isEmpty ? needs : nil)
    }

    /// The mode; nil when there is no such mode, which has been reported.
    private func mode(_ place: Place) -> Matching? {
        guard let matching = place.member("matching") else { return .standard }
        guard let text = matching.text else { return nil }
        if let mode = Matching(rawValue: text) { return mode }
        let names = Matching.allCases.map(\.rawValue)
        findings.add(
            .unknownMode, at: matching, "there is no matching mode \"\(text)\"",
            hint: ClosestName.hint(text, among: names) ?? "there are \(names.joined(separator: ", "))")
        return nil
    }

    /// Reports what the mode lacks at the alternative, and what it does not use at the name; whether it lacks nothing.
    private func checkCompanions(
        of mode: Matching, _ companions: [(companion: Companion, member: NamedPlace)], _ place: Place
    ) -> Bool {
        let facts = mode.facts
        let given = Set(companions.map(\.companion))
        let missing = facts.required.filter { !given.contains($0) }
        for companion in missing {
            findings.add(
                .recipientIncomplete, at: place, "matching \"\(mode.rawValue)\" needs \"\(companion.rawValue)\"",
                hint: "for example \(MappingCompiler.example(of: facts))")
        }
        let lacksAll = !facts.anyOf.isEmpty && given.isDisjoint(with: facts.anyOf)
        if lacksAll {
            let names = facts.anyOf.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            findings.add(
                .recipientIncomplete, at: place, "matching \"\(mode.rawValue)\" needs \(names)",
                hint: "for example \(MappingCompiler.example(of: facts))")
        }
        for (companion, member) in companions where !facts.companions.contains(companion) {
            findings.add(
                .recipientForeign, name: member, "matching \"\(mode.rawValue)\" does not use \"\(companion.rawValue)\"",
                hint: "take it out, or write another alternative for it")
        }
        return missing.isEmpty && !lacksAll
    }

    /// A recipient as a mapping writes it: what finds the person comes from the event.
    private static func example(of facts: MatchingFacts) -> String {
        let isFixed: Set<Companion> = [.fieldName, .provider, .resourceID]
        let members = (facts.required + facts.anyOf).map { companion in
            "\"\(companion.rawValue)\": "
                + (isFixed.contains(companion) ? companion.example.text() : "\"$.\(companion.rawValue)\"")
        }
        return "{" + (["\"matching\": \"\(facts.matching.rawValue)\""] + members).joined(separator: ", ") + "}"
    }

    /// A constant is of the wrong kind for every event.
    private func checkCompanion(_ companion: Companion, _ part: MappingParts.Part) {
        if case .constant(let value) = part.compiled.template {
            // What cannot be compiled is null from here on, and its fault has been told.
            let isFault = value.isNull && !part.place.node.isNull
            if companion != .fieldName, companion != .provider { remarkOnRecipient(companion, part.place) }
            if companion == .resourceID, let number = value.number, number.int64.map({ $0 < 1 }) ?? true {
                findings.add(
                    .wrongShape, at: part.place,
                    "\"resource_id\" must be a positive whole number, and this is \(number.text)",
                    hint: "it is the resource's number in Altcraft, for example 24")
            }
            guard !isFault, !companion.kinds.contains(value.kind) else { return }
            return wrongKind(companion, value.kind, part.place)
        }
        if case .object = part.compiled.template { return wrongKind(companion, .object, part.place) }
        let type = part.compiled.facts.type
        guard [.list, .instant, .bool].contains(type) else { return }
        findings.add(
            .typesDoNotChain, at: part.place,
            "\"\(companion.rawValue)\" must be a text or a number, and this is \(type.noun)",
            hint: type == .list ? "take one value: \"take\": \"first\"" : "put \"string\" at the end of its pipe")
    }

    private func wrongKind(_ companion: Companion, _ kind: JSONKind, _ place: Place) {
        let nouns = companion.kinds.map(\.noun).joined(separator: " or ")
        findings.add(
            .wrongShape, at: place, "\"\(companion.rawValue)\" must be \(nouns), and this is \(kind.noun)",
            hint: companion == .resourceID
                ? "for example 24" : "write a path, for example \"$.\(companion.rawValue)\", or a text")
    }

    /// An audience: a query that the file writes and the event only fills.
    private func query(_ query: NamedPlace, _ place: Place) -> MappingParts.Alternative {
        for member in place.members where Companion(rawValue: member.name) != nil || member.name == "matching" {
            findings.add(
                .recipientForeign, name: member, "\"\(member.name)\" stands beside \"custom_request\"",
                hint: "a query finds its profiles by itself; take one of the two out")
        }
        let part = part(query.place, elementScope)
        if query.place.node.kind == .string, case .constant = part.compiled.template, !part.compiled.isFaulty {
            findings.add(
                .wrongShape, at: query.place, "a query is an object of conditions, and this is a text",
                hint: Self.queryExample)
        }
        var slots: [PlaceID: CustomRequest.Slot] = [:]
        if collectSlots(part.compiled.template, [], &slots, query.place) { checkQuery(part) }
        let template = RecipientTemplate(
            audience: .query(.init(query: part.placed, slots: slots)), place: keep(place))
        return MappingParts.Alternative(place: place, template: template, facts: part.compiled.facts)
    }

    private static let queryExample = "for example {\"custom_request\": {\"Wishlist\": {\"$$in\": [\"$.sku\"]}}}"

    /// A query that is wrong whatever fills it would park every event.
    private func checkQuery(_ part: MappingParts.Part) {
        guard part.place.node.kind == .object, !part.compiled.isFaulty,
            let written = part.compiled.template.standIn
        else { return }
        guard let fault = CustomRequest.faults(in: written).first else { return }
        findings.add(.wrongShape, at: part.place, fault.message, hint: fault.instead ?? Self.queryExample)
    }

    /// Finds where the event fills the query, and reports places where it must not; false where there are such.
    private func collectSlots(
        _ template: Template, _ steps: [JSONStep], _ slots: inout [PlaceID: CustomRequest.Slot], _ query: Place
    ) -> Bool {
        var isWhole = true
        switch template {
        case .constant: break
        case .object(let members):
            for member in members
            where !collectSlots(member.template, steps + [.name(member.name)], &slots, query) {
                isWhole = false
            }
        case .array(let elements):
            for (number, element) in elements.enumerated()
            where !collectSlots(element.template, steps + [.index(number)], &slots, query) {
                isWhole = false
            }
        case .instruction(let instruction):
            do throws(LaunchFault) {
                slots[instruction.place] = try CustomRequest.slot(at: steps)
            } catch {
                let place = place(at: instruction.place, in: query)
                findings.add(.recipientForeign, at: place, error.message, hint: error.instead ?? Self.queryExample)
                isWhole = false
            }
        }
        return isWhole
    }

    /// The value that a kept place below `start` names.
    private func place(at id: PlaceID, in start: Place) -> Place {
        places[id].tokens.dropFirst(start.pointer.tokens.count).reduce(start) { place, token in
            if place.node.kind == .array, let number = Int(token), place.elements.indices.contains(number) {
                return place.elements[number]
            }
            return place.member(token) ?? place
        }
    }
}

extension Template {
    /// What is made of the template, with a text wherever the event gives a value; nil where the event gives the whole.
    fileprivate var standIn: JSONValue? {
        switch self {
        case .constant(let value): value
        case .object(let members): .object(members.map { ($0.name, $0.template.standIn ?? .string("value")) })
        case .array(let elements): .array(elements.map { $0.template.standIn ?? .string("value") })
        case .instruction: nil
        }
    }
}
