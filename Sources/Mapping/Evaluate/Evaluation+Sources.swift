import EventPattern
import Functions
import JSON
import JSONPath
import Outcome

/// Where the values of instructions come from.
extension Evaluation {
    /// Evaluates what stands behind the `$` key.
    mutating func source(_ instruction: Instruction) throws(Halt) -> Yield {
        switch instruction.source {
        case .path(let path): try self.path(path, instruction)
        case .variable(let slot): try variable(slot, instruction.place)
        case .meta(let path): meta(path, instruction.place)
        case .text(let text): try self.text(text, instruction)
        case .coalesce(let templates): try coalesce(templates, instruction)
        case .choice(let choice): try self.choice(choice, instruction)
        case .each(let each): try self.each(each, instruction)
        case .lookup(let lookup): try self.lookup(lookup, instruction)
        case .merge(let objects): try merge(objects, instruction)
        }
    }

    private mutating func path(_ path: PathSource, _ instruction: Instruction) throws(Halt) -> Yield {
        switch path.take {
        case nil:
            guard let node = try walk(path, at: instruction.place), !node.isNothing else {
                return nothing(path.query, instruction.place)
            }
            return try found(node, instruction)
        case .first:
            guard let node = try nodes(path.query, at: instruction.place).first(where: { !$0.isNothing }) else {
                return nothing(path.query, instruction.place)
            }
            return try found(node, instruction)
        case .only:
            let present = try nodes(path.query, at: instruction.place).filter { !$0.isNothing }
            guard let node = present.first else { return nothing(path.query, instruction.place) }
            guard present.count == 1 else {
                throw Halt(
                    reason: .invalid, place: instruction.place, path: EventPlace(path.query),
                    detail: "\(path.query.text) selects \(present.count) values, and \"take\" says there is only one")
            }
            return try found(node, instruction)
        case .all:
            let present = try nodes(path.query, at: instruction.place).filter { !$0.isNothing }
            guard !present.isEmpty else { return nothing(path.query, instruction.place) }
            for node in present {
                try charge(node.endOffset - node.offset + 1, at: instruction.place)
                trace?.value(instruction.place, from: node)
            }
            return .value(.json(.array(present.map(JSONValue.node))))
        }
    }

    private mutating func found(_ node: JSONNode, _ instruction: Instruction) throws(Halt) -> Yield {
        try charge(node.endOffset - node.offset, at: instruction.place)
        trace?.value(instruction.place, from: node)
        return .value(.json(.node(node)))
    }

    /// A path that found nothing; where `@` is an element, the place of that element is named.
    func nothing(_ query: JSONPathQuery, _ place: PlaceID) -> Yield {
        .missing(Absent(place: place, cause: cause(query)))
    }

    /// The path as a cause, with the element that it began at.
    func cause(_ query: JSONPathQuery) -> Absent.Cause {
        let isRelative = query.origin == .current && current != body
        return .path(query, from: isRelative ? current : nil)
    }

    /// The value of a variable, worked out when it is first asked for.
    mutating func variable(_ slot: Int, _ place: PlaceID) throws(Halt) -> Yield {
        let yield: Yield
        if case .known(let known) = variables[slot] {
            yield = known
            if case .value(let value) = known { try charge(value.json, at: place) }
        } else {
            yield = try outsideEach { (evaluation) throws(Halt) in
                try evaluation.yield(evaluation.mapping.templates.variables[slot].value.template)
            }
            variables[slot] = .known(yield)
        }
        let name = mapping.templates.variables[slot].name
        switch yield {
        case .value(let value):
            trace?.fact(place, from: "\(mapping.places[mapping.templates.variables[slot].value.place])", value)
            return yield
        case .leftOut: return .missing(Absent(place: place, cause: .variable(name, nil)))
        case .missing(let absent): return .missing(Absent(place: place, cause: .variable(name, absent.cause)))
        }
    }

    /// Does something with `@` as it is outside every `$each`: variables are worked out where they are declared.
    private mutating func outsideEach(_ work: (inout Evaluation) throws(Halt) -> Yield) throws(Halt) -> Yield {
        let (inner, innerIndex) = (current, index)
        current = element ?? body
        index = elementIndex
        defer { (current, index) = (inner, innerIndex) }
        return try work(&self)
    }

    private mutating func coalesce(_ templates: [Template], _ instruction: Instruction) throws(Halt) -> Yield {
        var causes: [Absent.Cause] = []
        for template in templates {
            switch try yield(template) {
            case .value(let value): return .value(value)
            case .leftOut: continue
            case .missing(let absent): causes.append(absent.cause)
            }
        }
        return .missing(Absent(place: instruction.place, cause: .alternatives(causes)))
    }

    private mutating func choice(_ choice: ChoiceSource, _ instruction: Instruction) throws(Halt) -> Yield {
        // The event, or its element, is asked once for each launch; what lists within lists select may be the same value
        // any number of times.
        if current != element ?? body { try visit(current, instruction.place) }
        if choice.condition.matches(current) {
            trace?.reached(choice.thenPlace)
            return try yield(choice.then)
        }
        guard let otherwise = choice.otherwise else { return .leftOut }
        trace?.reached(choice.otherwisePlace)
        return try yield(otherwise)
    }

    private mutating func lookup(_ lookup: LookupSource, _ instruction: Instruction) throws(Halt) -> Yield {
        let key: String
        switch try yield(lookup.key) {
        case .leftOut: return .missing(Absent(place: lookup.keyPlace, cause: .leftOut))
        case .missing(let absent): return .missing(absent)
        case .value(let value):
            guard let text = value.scalarText else {
                throw Halt(
                    reason: .invalid, place: lookup.keyPlace, path: nil,
                    detail: "the key of a look-up must be a text or a number, and this is \(value.noun)")
            }
            key = text
        }
        if let value = lookup.table[JSONName(key)] {
            try charge(value, at: instruction.place)
            return .value(.json(value))
        }
        let cause = Absent.Cause.entry(table: lookup.tableName, key: key)
        guard case .stop = instruction.absence else {
            return .missing(Absent(place: instruction.place, cause: cause))
        }
        throw Halt(reason: .lookup, place: instruction.place, path: nil, detail: cause.sentence)
    }

    private mutating func merge(_ objects: [Template.Element], _ instruction: Instruction) throws(Halt) -> Yield {
        var members: [(name: String, value: JSONValue)] = []
        var places: [JSONName: Int] = [:]
        for object in objects {
            guard let value = try value(object.template) else { continue }
            guard let added = value.json.members else {
                throw Halt(
                    reason: .invalid, place: object.place, path: nil,
                    detail: "$merge takes objects, and this is \(value.noun)")
            }
            for member in added {
                let name = JSONName(member.name)
                if let place = places[name] {
                    members[place].value = member.value
                } else {
                    places[name] = members.count
                    members.append(member)
                }
            }
        }
        return .value(.json(.object(members)))
    }
}

extension JSONNode {
    /// Whether the value counts as missing: null, or bytes that are no text.
    var isNothing: Bool {
        switch kind {
        case .null, .opaque: true
        case .bool, .number, .string, .array, .object: false
        }
    }
}

extension FunctionValue {
    /// A scalar as text, as placeholders and keys take it; nil for lists and objects.
    var scalarText: String? {
        switch self {
        case .decimal(let decimal): return decimal.number.text
        case .instant(let instant): return instant.rfc3339
        case .json(let value):
            switch value.kind {
            case .string: return value.string
            case .number: return value.number?.text
            case .bool: return value.bool == true ? "true" : "false"
            case .null, .array, .object, .opaque: return nil
            }
        }
    }
}
