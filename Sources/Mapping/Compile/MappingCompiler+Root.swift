import Altcraft
import EventPattern
import Functions
import JSON
import JSONPath

/// The file as a whole.
extension MappingCompiler {
    /// Compiles the file; nil when anything in it is wrong, and then `findings` says what.
    func compile(_ file: SourceFile) -> Mapping? {
        guard let document = MappingText.read(file, findings) else { return nil }
        let root = Place(root: document.root)
        guard isMapping(root, file), shapes.check(root, .object(Specification.mapping)) else { return nil }
        isForEach = root.member("for_each")?.node.kind == .object
        declareTables(root)
        declareVariables(root)
        let condition = when(root)
        let parts = templates(root)
        let delivery = delivery(root)
        finishVariables()
        finishTables()
        checkRequest(root, parts, delivery)
        checkDelivery(root, parts, delivery, condition)
        guard !findings.hasErrors, let condition, let target = parts.target else { return nil }
        return Mapping(
            identity: identity(root, file), condition: condition, policy: delivery.policy, form: delivery.form,
            reads: reads.union(condition.parts),
            templates: MappingTemplates(
                eventID: parts.eventID?.placed, eventTime: parts.eventTime?.placed, forEach: parts.forEach,
                variables: variableTemplates(), target: target, recipients: parts.recipients.map(\.template),
                recipientPlace: root.member("recipient").map(keep) ?? .none,
                content: parts.content?.placed, customData: parts.customData?.placed,
                attachments: parts.attachments?.placed, subscriptionFilter: parts.subscriptionFilter?.placed,
                profile: parts.profile, fields: parts.fields, dedupKey: delivery.dedupKey?.placed,
                lane: delivery.lane?.placed, on: on(root)),
            places: places, branches: branches, marks: marks(root, delivery),
            paths: pathsRead, conditions: conditionsRead, texts: textsKept)
    }

    /// Whether the file is not plainly one of the others that stand in the folder, which is said in place of all its keys.
    private func isMapping(_ root: Place, _ file: SourceFile) -> Bool {
        let names = Set(root.members.map(\.name))
        let parts = file.name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if names == ["amqp", "body"] {
            let above = parts.dropLast(2).joined(separator: "/")
            let isThere = parts.dropLast().last == "events"
            findings.add(
                .wrongShape, at: root, "this is an event, and no mapping",
                hint: isThere
                    ? "it is in the right folder; check the folder above it: \(above.isEmpty ? "." : above)"
                    : "put it into the folder events")
            return false
        }
        guard names.subtracting(["$schema"]) == ["tests"] else { return true }
        let right = parts.last.flatMap(MappingFolder.rightTestsName) ?? "order-paid.tests.json"
        findings.add(
            .wrongShape, at: root, "this is a file of tests, and no mapping",
            hint: "rename it as its mapping is called: \"\(right)\"")
        return false
    }

    /// What `@` means outside `$each`.
    var elementScope: AtScope { isForEach ? .forEach : .none }

    private func identity(_ root: Place, _ file: SourceFile) -> MappingIdentity {
        var hash = ContentHash()
        hash.add(file.bytes)
        return MappingIdentity(
            name: root.member("name")?.text ?? "", file: file.name, version: hash.hex(16),
            isEnabled: root.member("enabled")?.node.bool ?? true)
    }

    private func marks(_ root: Place, _ delivery: DeliveryParts) -> MappingMarks {
        let dedupKey = delivery.dedupKey.map { (mark: MappingMarks.Mark($0.place), text: $0.place.node.text()) }
        let batchSize = delivery.batchPlace?.member("max_items").flatMap { place in
            place.node.number?.int64.map { (mark: MappingMarks.Mark(place), items: Int($0)) }
        }
        return MappingMarks(
            name: .init(root.member("name") ?? root), when: .init(root.member("when") ?? root), dedupKey: dedupKey,
            batchSize: batchSize)
    }

    private func when(_ root: Place) -> EventCondition? {
        guard let place = root.member("when"), place.node.kind == .object else { return nil }
        let (condition, diagnostics) = EventCondition.compile(when: place.node)
        report(diagnostics)
        for part in EventPart.allCases { place.member(part.rawValue).map(remarkOnNames) }
        for member in place.member("properties")?.members ?? [] {
            guard let hint = MessageProperties.hint(member.name) else { continue }
            findings.add(.unknownKey, name: member, "messages have no property \"\(member.name)\"", hint: hint)
        }
        return condition
    }

    private func variableTemplates() -> [VariableTemplate] {
        variables.all.map { variable in
            let compiled: Compiled
            if case .done(let done) = variable.state { compiled = done } else { compiled = faulty() }
            return VariableTemplate(
                name: variable.declaration.name, value: Placed(template: compiled.template, place: variable.place),
                usesElement: compiled.facts.uses.contains(.element))
        }
    }

    private func on(_ root: Place) -> OnPolicy {
        var policy = OnPolicy()
        guard let on = root.member("on") else { return policy }
        func choice(_ key: String) -> OnPolicy.Choice { on.member(key)?.text.flatMap(OnPolicy.Choice.init) ?? .park }
        policy.noRecipient = choice("no_recipient")
        policy.missing = choice("missing")
        policy.invalid = choice("invalid")
        return policy
    }
}

extension EventCondition {
    /// What it reads of a message beside its body.
    var parts: TransportParts {
        var parts: TransportParts = []
        if headers != nil { parts.insert(.headers) }
        if properties != nil { parts.insert(.properties) }
        return parts
    }
}
