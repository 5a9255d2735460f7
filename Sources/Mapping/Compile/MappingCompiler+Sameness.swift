import EventPattern
import JSON
import JSONPath

/// Whether a value is the same for every event that the mapping wants: what tells events apart must not be.
extension MappingCompiler {
    /// Whether a template gives the same for all events; false wherever that is not certain.
    ///
    /// A path is the same for all where `when` lets only one value of it through.
    func isSame(_ template: Template, _ condition: EventCondition) -> Bool {
        switch template {
        case .constant: true
        case .object(let members): members.allSatisfy { isSame($0.template, condition) }
        case .array(let elements): elements.allSatisfy { isSame($0.template, condition) }
        case .instruction(let instruction): isSame(instruction, condition)
        }
    }

    private func isSame(_ instruction: Instruction, _ condition: EventCondition) -> Bool {
        if case .fallback(let fallback) = instruction.absence, !isSame(fallback, condition) { return false }
        let arguments = instruction.pipe.flatMap(\.arguments)
        guard arguments.allSatisfy({ isSame($0.template, condition) }) else { return false }
        return switch instruction.source {
        case .path(let path): isSame(path.query, condition)
        case .variable(let slot): isSameVariable(slot, condition)
        case .meta(.exchange): condition.exchanges?.names.count == 1
        case .meta(.routingKey): condition.routingKeys?.count == 1 && condition.routingKeys?[0].isLiteral == true
        case .text(let text): text.parts.allSatisfy { isSame($0, condition) }
        case .coalesce(let values): isFirstSame(values, condition)
        case .lookup(let lookup): isSame(lookup.key, condition)
        case .meta, .choice, .each, .merge: false
        }
    }

    private func isSame(_ part: TextTemplate.Part, _ condition: EventCondition) -> Bool {
        switch part {
        case .text: true
        case .path(let query): isSame(query, condition)
        case .variable(let slot, _): isSameVariable(slot, condition)
        }
    }

    private func isSameVariable(_ slot: Int, _ condition: EventCondition) -> Bool {
        guard case .done(let compiled) = variables.all[slot].state, !compiled.isFaulty else { return false }
        return isSame(compiled.template, condition)
    }

    /// Only the first value that is always there counts, and those before it.
    private func isFirstSame(_ values: [Template], _ condition: EventCondition) -> Bool {
        for value in values {
            guard isSame(value, condition) else { return false }
            if case .constant(let constant) = value, !constant.isNull { return true }
        }
        return true
    }

    private func isSame(_ query: JSONPathQuery, _ condition: EventCondition) -> Bool {
        guard query.origin == .root || !isForEach, let steps = query.query.steps, let body = condition.body else {
            return false
        }
        var node = body.node
        for step in steps {
            guard case .name(let name) = step, let member = node.member(name) else { return false }
            node = member
        }
        guard node.kind == .array, node.count == 1, let only = node.element(0) else { return false }
        return only.kind != .object && !only.isNull
    }
}
