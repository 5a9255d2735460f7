import Functions
import JSON
import JSONPath

/// Instructions: which one an object is, and whether its companions belong to it.
extension MappingCompiler {
    /// Compiles an object that holds at least one key with a dollar.
    func instruction(_ place: Place, _ members: [NamedPlace], _ dollars: [NamedPlace], _ scope: AtScope) -> Compiled {
        let known = dollars.compactMap { member in
            Specification.instruction(named: member.name).map { (member: member, spec: $0) }
        }
        for member in dollars where Specification.instruction(named: member.name) == nil {
            unknownInstruction(member)
        }
        guard let (operand, spec) = known.first else {
            compileRest(members, scope)
            return faulty()
        }
        if known.count > 1 { twoInstructions(known[1].member, beside: operand.name) }
        guard dollars.count == 1 else {
            compileRest(members, scope)
            return faulty(spec.output)
        }
        return compile(InstructionPlace(whole: place, operand: operand.place, members: members, spec: spec), scope)
    }

    private func unknownInstruction(_ member: NamedPlace) {
        let names = Specification.instructions.map(\.name)
        let escape = "write \"$\(member.name)\" for a key named \"\(member.name)\""
        let nearest = MongoOperators.names.contains(member.name) ? escape : meant(by: member.name, names)
        findings.add(
            .unknownInstruction, name: member, "there is no instruction \"\(member.name)\"",
            hint: nearest == escape ? escape : "\(nearest) Or \(escape)")
    }

    /// What somebody wanted who wrote an instruction that there is not.
    private func meant(by name: String, _ names: [String]) -> String {
        let plain = String(name.dropFirst())
        let isCompanion =
            plain == "pipe" || Specification.instructions.contains { $0.companions.contains { $0.name == plain } }
        if isCompanion { return "did you mean \"\(plain)\"?" }
        if ["$concat", "$join", "$format", "$string", "$text"].contains(name) {
            return "texts are joined by {\"$template\": \"Order {{$.name}}\"}."
        }
        return ClosestName.hint(name, among: names) ?? "there are \(names.joined(separator: ", "))."
    }

    private func twoInstructions(_ second: NamedPlace, beside first: String) {
        findings.add(
            .twoInstructions, name: second,
            "\"\(second.name)\" stands beside \"\(first)\": an object holds one instruction",
            hint: "nest them, or take one out")
    }

    /// Goes on where the instruction itself is lost: what its other members hold may be faulty as well.
    private func compileRest(_ members: [NamedPlace], _ scope: AtScope) {
        for member in members where !member.name.hasPrefix("$") && member.name != "pipe" {
            guard member.place.node.kind == .object || member.place.node.kind == .array else { continue }
            guard member.name != "where" else { continue }
            _ = template(member.place, scope == .none ? .each : scope)
        }
    }

    private func compile(_ parts: InstructionPlace, _ scope: AtScope) -> Compiled {
        let isWhole = checkCompanions(parts)
        let readBefore = pathsRead.count
        let operandFits = shapes.check(parts.operand, parts.spec.operand, example: parts.spec.example)
        let source = operandFits ? source(parts, scope) : nil
        if !operandFits { compileValues(parts, scope) }
        let piped = pipe(parts, input: source?.facts.type ?? .any, scope)
        let readThen = pathsRead.count
        let absence = absence(parts, scope)
        if !absence.isStop { for read in readBefore..<readThen { pathsRead[read].isDispensable = true } }
        guard let source, isWhole else { return faulty(piped.output) }
        var facts = source.facts
        facts.type = piped.steps.isEmpty && piped.isWhole ? facts.type : piped.output
        facts.uses.formUnion(piped.uses)
        facts.uses.formUnion(absence.uses)
        facts.isAlwaysThere = (facts.isAlwaysThere && piped.steps.isEmpty) || absence.isAlwaysThere
        if case .literal = source.kind, let template = source.template {
            return Compiled(template: template, facts: facts)
        }
        guard let body = source.source else { return faulty(piped.output) }
        let instruction = Instruction(
            source: body, pipe: piped.steps, absence: absence.absence, place: keep(parts.whole))
        return Compiled(template: .instruction(instruction), facts: facts)
    }

    /// Checks the values of companions whose instruction could not be read.
    private func compileValues(_ parts: InstructionPlace, _ scope: AtScope) {
        for name in ["then", "else", "key"] {
            if let place = parts.companion(name) { _ = template(place, scope) }
        }
        if let item = parts.companion("item") { _ = template(item, .each) }
    }

    /// Reports keys that do not belong to the instruction, and companions that it lacks.
    private func checkCompanions(_ parts: InstructionPlace) -> Bool {
        let spec = parts.spec
        var isWhole = true
        for member in parts.members where member.name != spec.name {
            if let key = spec.companions.first(where: { $0.name == member.name }) {
                if !shapes.check(member.place, key.shape, example: key.example) { isWhole = false }
            } else {
                foreign(member, to: spec)
                isWhole = false
            }
        }
        for key in spec.companions where key.isRequired && parts.companion(key.name) == nil {
            findings.add(
                .missingPart, at: parts.whole, "\"\(spec.name)\" needs \"\(key.name)\" beside it",
                hint: "for example \"\(key.name)\": \(key.example)")
            isWhole = false
        }
        return isWhole
    }

    private func foreign(_ member: NamedPlace, to spec: InstructionSpec) {
        let own = spec.companions.map(\.name)
        let list = own.isEmpty ? "it has none" : "it takes \(own.map { "\"\($0)\"" }.joined(separator: ", "))"
        let isElsewhere = Specification.instructions.contains { $0.companions.contains { $0.name == member.name } }
        findings.add(
            isElsewhere ? .foreignCompanion : .unknownKey, name: member,
            isElsewhere
                ? "\"\(member.name)\" does not belong to \"\(spec.name)\""
                : "there is no companion \"\(member.name)\" of \"\(spec.name)\"",
            hint: ClosestName.hint(member.name, among: own) ?? list)
    }

    /// What becomes of a missing value.
    private func absence(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledAbsence {
        if let place = parts.companion("default") {
            let fallback = template(place, scope)
            return CompiledAbsence(
                absence: .fallback(fallback.template), uses: fallback.facts.uses,
                isAlwaysThere: fallback.facts.isAlwaysThere)
        }
        guard parts.companion("optional")?.node.bool == true else {
            return CompiledAbsence(absence: .stop, uses: [], isAlwaysThere: false)
        }
        return CompiledAbsence(absence: .leaveOut, uses: [], isAlwaysThere: false)
    }

    private struct CompiledAbsence {
        let absence: Instruction.Absence
        let uses: TemplateFacts.Uses
        let isAlwaysThere: Bool

        /// Whether nothing is said of a missing value.
        var isStop: Bool { if case .stop = absence { true } else { false } }
    }
}

/// An instruction as it stands in the file.
struct InstructionPlace {
    /// The object.
    let whole: Place
    /// The value of the key with the dollar.
    let operand: Place
    let members: [NamedPlace]
    let spec: InstructionSpec

    /// The value of a companion, or nil.
    func companion(_ name: String) -> Place? {
        members.first { $0.name == name }?.place
    }
}

/// The operators of the queries that `custom_request` holds: written with one dollar they are a common slip.
private enum MongoOperators {
    static let names: Set<String> = [
        "$in", "$nin", "$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$and", "$or", "$not", "$nor", "$exists", "$regex",
        "$all", "$elemMatch", "$size",
    ]
}
