import EventPattern
import Functions
import JSON
import JSONPath

/// What an instruction's own key takes: one function for each instruction.
extension MappingCompiler {
    /// A compiled operand; nothing in it where it is faulty.
    struct CompiledSource {
        let kind: InstructionSpec.Kind
        var source: Instruction.Source?
        /// The value of `$literal`, which needs no instruction.
        var template: Template?
        var facts: TemplateFacts
    }

    /// Compiles the operand; nil where it is faulty, which has been reported.
    func source(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        switch parts.spec.kind {
        case .path: path(parts, scope)
        case .variable: variable(parts)
        case .meta: meta(parts, scope)
        case .template: text(parts, scope)
        case .coalesce: coalesce(parts, scope)
        case .choice: choice(parts, scope)
        case .each: each(parts, scope)
        case .lookup: lookup(parts, scope)
        case .merge: merge(parts, scope)
        case .literal: literal(parts)
        }
    }

    private func path(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        guard let query = query(parts.operand, scope) else { return nil }
        let take = parts.companion("take")?.text.flatMap(PathSource.Take.init)
        guard query.isSingular || parts.companion("take") != nil else {
            let own = ownPath(query).map { "write \"\($0)\" for the element's own" }
            notSingular(parts.operand, query, hint: own ?? "add \"take\": \"first\", \"all\" or \"only\"")
            return nil
        }
        if take == .first { remarkOnFirst(query, parts.operand) }
        let source = Instruction.Source.path(PathSource(query: query, take: take))
        let facts = TemplateFacts(
            type: take == .all ? .list : .any, uses: uses(query, scope), isAlwaysThere: false)
        return CompiledSource(kind: .path, source: source, facts: facts)
    }

    private func variable(_ parts: InstructionPlace) -> CompiledSource? {
        let name = parts.operand.text ?? ""
        guard let (slot, facts) = useVariable(name, at: parts.operand, scalar: nil) else { return nil }
        return CompiledSource(kind: .variable, source: .variable(slot), facts: facts)
    }

    private func meta(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        guard let path = metaPath(parts.operand, scope) else { return nil }
        var uses: TemplateFacts.Uses = .event
        var isAlwaysThere = false
        var type = ValueType.any
        switch path {
        case .exchange, .routingKey: (type, isAlwaysThere) = (.text, true)
        case .now: (type, isAlwaysThere) = (.instant, true)
        case .index:
            (type, isAlwaysThere) = (.number, true)
            if scope == .forEach { uses.insert(.element) }
        case .headers: reads.insert(.headers)
        case .properties: reads.insert(.properties)
        }
        let facts = TemplateFacts(type: type, uses: uses, isAlwaysThere: isAlwaysThere)
        return CompiledSource(kind: .meta, source: .meta(path), facts: facts)
    }

    private func metaPath(_ place: Place, _ scope: AtScope) -> MetaPath? {
        let text = place.text ?? ""
        let example = "for example \"/properties/message_id\""
        guard let pointer = JSONPointer(parsing: text), let first = pointer.tokens.first else {
            findings.add(.pathSyntax, at: place, scalar: 0, "\"\(text)\" is no JSON Pointer", hint: example)
            return nil
        }
        let rest = MetaPointer(pointer.tokens.dropFirst(), text: text)
        switch first {
        case "headers": return .headers(rest)
        case "properties":
            guard let name = rest.names.first?.text, let hint = MessageProperties.hint(name) else {
                return .properties(rest)
            }
            findings.add(
                .unknownKey, at: place, scalar: "/properties/".count, "messages have no property \"\(name)\"",
                hint: hint)
            return nil
        case "exchange" where rest.names.isEmpty: return .exchange
        case "routing_key" where rest.names.isEmpty: return .routingKey
        case "now" where rest.names.isEmpty: return .now
        case "index" where rest.names.isEmpty:
            guard scope == .none else { return .index }
            findings.add(
                .atOutsideLoop, at: place, scalar: 1, "there is no \"index\" outside \"for_each\" and \"$each\"",
                hint: "take it out, or use it inside \"item\"")
            return nil
        default:
            let hint = ClosestName.hint(first, among: MetaPath.names)
            findings.add(
                .unknownKey, at: place, scalar: 1, "there is nothing at \"\(text)\"",
                hint: hint ?? "it begins with one of \(MetaPath.names.map { "/\($0)" }.joined(separator: ", "))")
            return nil
        }
    }

    private func coalesce(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        let values = parts.operand.elements.map { template($0, scope) }
        var facts = TemplateFacts.joining(values, gives: .any)
        facts.isAlwaysThere = values.contains(where: \.facts.isAlwaysThere)
        if let type = values.first?.facts.type, values.allSatisfy({ $0.facts.type == type }) { facts.type = type }
        return CompiledSource(kind: .coalesce, source: .coalesce(values.map(\.template)), facts: facts)
    }

    private func choice(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        let condition = condition(parts.operand)
        guard let thenPlace = parts.companion("then") else { return nil }
        let then = template(thenPlace, scope)
        let elsePlace = parts.companion("else")
        let otherwise = elsePlace.map { template($0, scope) }
        guard let condition else { return nil }
        let thenID = keep(thenPlace)
        let elseID = elsePlace.map(keep) ?? keep(parts.whole)
        branches.append(Mapping.Branch(place: thenID, position: thenPlace.node.position))
        if let elsePlace { branches.append(Mapping.Branch(place: elseID, position: elsePlace.node.position)) }
        var facts = TemplateFacts.joining([then] + (otherwise.map { [$0] } ?? []), gives: .any)
        facts.uses.formUnion(scope == .forEach ? [.event, .element] : .event)
        facts.isAlwaysThere = facts.isAlwaysThere && otherwise != nil
        if let otherwise, otherwise.facts.type == then.facts.type { facts.type = then.facts.type }
        let source = ChoiceSource(
            condition: condition, then: then.template, thenPlace: thenID, otherwise: otherwise?.template,
            otherwisePlace: elseID)
        return CompiledSource(kind: .choice, source: .choice(source), facts: facts)
    }

    private func each(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        let query = query(parts.operand, scope)
        let outer = loops
        if let query { loops.append(query) }
        defer { loops = outer }
        let condition = parts.companion("where").map { self.condition($0) }
        guard let itemPlace = parts.companion("item") else { return nil }
        let item = template(itemPlace, .each)
        guard let query, condition.map({ $0 != nil }) ?? true else { return nil }
        remarkOnLoop(query, parts.operand)
        let empty = parts.companion("empty")?.text.flatMap(EachSource.Empty.init) ?? .keep
        let source = EachSource(
            query: query, condition: condition ?? nil, item: item.template, itemPlace: keep(itemPlace),
            limit: parts.companion("limit")?.node.number?.int64.map(Int.init) ?? .max, empty: empty)
        var uses = uses(query, scope)
        if item.facts.uses.contains(.element) { uses.insert(.element) }
        let facts = TemplateFacts(
            type: .list, uses: uses, isAlwaysThere: empty == .keep && item.facts.isAlwaysThere)
        return CompiledSource(kind: .each, source: .each(source), facts: facts)
    }

    private func lookup(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        let name = parts.operand.text ?? ""
        let key = parts.companion("key").map { ($0, template($0, scope)) }
        guard let table = tables[JSONName(name)] else {
            let names = tables.keys.map(\.text).sorted()
            let hint = ClosestName.hint(name, among: names)
            // The one that is meant is used, only misspelt.
            if let near = Spelling.nearest(name, among: names) { usedTables.insert(JSONName(near)) }
            findings.add(
                .unknownTable, at: parts.operand, "there is no table \"\(name)\"",
                hint: hint ?? "write it into \"tables\", for example {\"\(name)\": {\"ru-RU\": 4101}}")
            return nil
        }
        usedTables.insert(JSONName(name))
        if parts.companion("default") == nil, parts.companion("optional") == nil {
            findings.add(
                .lookupWithoutDefault, at: parts.whole, "a key that \"\(name)\" lacks will park the event",
                hint: "add \"default\", or leave it so if that is meant")
        }
        guard let (keyPlace, key) = key else { return nil }
        remarkOnKey(keyPlace, of: table)
        let source = LookupSource(tableName: name, table: table.entries, key: key.template, keyPlace: keep(keyPlace))
        let types = Set(table.entries.values.map { ValueType(of: $0.kind) })
        let facts = TemplateFacts(
            type: types.count == 1 ? types.first ?? .any : .any, uses: key.facts.uses, isAlwaysThere: false)
        return CompiledSource(kind: .lookup, source: .lookup(source), facts: facts)
    }

    private func merge(_ parts: InstructionPlace, _ scope: AtScope) -> CompiledSource? {
        let objects = parts.operand.elements.map { (place: $0, compiled: template($0, scope)) }
        for object in objects where object.compiled.facts.type != .any {
            findings.add(
                .typesDoNotChain, at: object.place,
                "\"$merge\" takes objects, and this is \(object.compiled.facts.type.noun)",
                hint:
                    "write an object, or a path that selects one: {\"$merge\": [\"$.customer\", {\"source\": \"shop\"}]}"
            )
        }
        let source = Instruction.Source.merge(
            objects.map { .init(place: keep($0.place), template: $0.compiled.template) })
        return CompiledSource(kind: .merge, source: source, facts: .joining(objects.map(\.compiled), gives: .any))
    }

    private func literal(_ parts: InstructionPlace) -> CompiledSource {
        let node = parts.operand.node
        return CompiledSource(
            kind: .literal, template: .constant(.node(node)), facts: .constant(ValueType(of: node.kind)))
    }
}
