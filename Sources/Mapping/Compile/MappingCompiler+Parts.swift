import Altcraft
import Functions
import JSON
import JSONPath

/// The parts of the file that hold templates.
extension MappingCompiler {
    /// Compiles all of them.
    func templates(_ root: Place) -> MappingParts {
        var parts = MappingParts()
        if let event = root.member("event"), event.node.kind == .object {
            parts.eventID = event.member("id").map { part($0, .none) }
            parts.eventTime = event.member("time").map { part($0, .none) }
            if let time = parts.eventTime { checkTime(time) }
            for part in [parts.eventID, parts.eventTime].compactMap(\.self) { checkOutsideLoop(part) }
        }
        parts.forEach = forEach(root)
        parts.target = target(root)
        parts.recipients = recipients(root)
        let readBefore = (paths: pathsRead.count, variables: variablesRead)
        parts.content = objectPart(root.member("content"))
        if let content = parts.content, variablesRead == readBefore.variables {
            checkWorth(of: content, pathsRead[readBefore.paths...])
        }
        parts.customData = objectPart(root.member("custom_data"))
        parts.attachments = attachments(root)
        parts.subscriptionFilter = subscriptionFilter(root)
        (parts.profile, parts.profileFields) = profile(root)
        parts.fields = linkFields(root)
        return parts
    }

    /// A template with its place.
    func part(_ place: Place, _ scope: AtScope) -> MappingParts.Part {
        let compiled = template(place, scope)
        return MappingParts.Part(
            place: place, compiled: compiled, placed: Placed(template: compiled.template, place: keep(place)))
    }

    private func objectPart(_ place: Place?) -> MappingParts.Part? {
        guard let place else { return nil }
        let part = part(place, elementScope)
        // Of other kinds the shape's check has told.
        guard [.string, .object].contains(place.node.kind), part.compiled.facts.type != .any,
            !part.compiled.isFaulty
        else { return part }
        findings.add(
            .wrongShape, at: place, "this must be an object, and it is \(part.compiled.facts.type.noun)",
            hint: "for example {\"number\": \"$.name\"}")
        return nil
    }

    /// A thin event, which carries an id and nothing else, gives a message without content.
    private func checkWorth(of content: MappingParts.Part, _ paths: ArraySlice<Mapping.PathMark>) {
        guard !paths.isEmpty, paths.allSatisfy(\.query.isID) else { return }
        findings.add(
            .onlyAnID, at: content.place, "the content uses nothing of the event but an id",
            hint: "let the publisher put into the event what the message shows")
    }

    /// An event has its id before `for_each` looks at elements, so no variable that reads one may stand in it.
    private func checkOutsideLoop(_ part: MappingParts.Part) {
        guard part.compiled.facts.uses.contains(.element), !part.compiled.isFaulty else { return }
        findings.add(
            .atOutsideLoop, at: part.place,
            "this reads the element of \"for_each\", and an event has its id and time before",
            hint: "take the value from the event itself, with \"$\"")
    }

    private func checkTime(_ part: MappingParts.Part) {
        if let text = part.place.text, case .constant = part.compiled.template, !part.compiled.isFaulty,
            Instant(rfc3339: text) == nil
        {
            findings.add(
                .wrongShape, at: part.place,
                "\"\(text.prefix(40))\" is no time, and it would be the same for every event",
                hint: "write where the event has it, for example \"$.created_at\"")
        }
        let type = part.compiled.facts.type
        guard type != .instant, type != .any, type != .text else { return }
        findings.add(
            .typesDoNotChain, at: part.place, "\"time\" must be a moment in time, and this is \(type.noun)",
            hint: "put \"datetime\" at the end of its pipe")
    }

    private func forEach(_ root: Place) -> ForEachTemplate? {
        guard let place = root.member("for_each"), place.node.kind == .object else { return nil }
        let path = place.member("path").flatMap { $0.node.kind == .string ? $0 : nil }
        let query = path.flatMap { self.query($0, .none) }
        loops = [query].compactMap(\.self)
        let condition = place.member("where").map { self.condition($0) }
        let uniqueBy = place.member("unique_by").map { part($0, .forEach) }
        uniqueBy.map(checkUniqueBy)
        guard let path, let query, condition.map({ $0 != nil }) ?? true else { return nil }
        remarkOnLoop(query, path)
        return ForEachTemplate(
            query: query, condition: condition ?? nil, uniqueBy: uniqueBy?.placed,
            limit: place.member("limit")?.node.number?.int64.map(Int.init), place: keep(place))
    }

    /// Elements are told apart by something of theirs; what is the same for all leaves one launch of many.
    private func checkUniqueBy(_ part: MappingParts.Part) {
        guard !part.compiled.isFaulty, !part.compiled.facts.uses.contains(.element) else { return }
        let text = part.place.text ?? ""
        let own = PathText.looksLikePath(text) && text.count > 2 ? "@\(text.dropFirst())" : "@.id"
        findings.add(
            .uniqueByWithoutElement, at: part.place,
            "this is the same for every element, so only the first would be launched",
            hint: "write something of the element, for example \"\(own)\"")
    }

    /// `attach`: a list of files, or a template that gives one.
    private func attachments(_ root: Place) -> MappingParts.Part? {
        guard let place = root.member("attach") else { return nil }
        if place.node.kind == .object, !place.isInstruction {
            findings.add(
                .wrongShape, at: place, "\"attach\" must be a list, and this is one file",
                hint: ShapeChecker.inBrackets(place))
            return nil
        }
        for element in place.elements where element.node.kind == .object && !element.isInstruction {
            shapes.check(element, .object(Specification.attachment))
        }
        let part = part(place, elementScope)
        guard [.list, .any].contains(part.compiled.facts.type) else {
            findings.add(
                .wrongShape, at: place, "\"attach\" must be a list, and this is \(part.compiled.facts.type.noun)",
                hint: "write [{\"name\": …, \"type\": …, \"data\": …}]")
            return nil
        }
        checkFiles(place)
        return part
    }

    private func subscriptionFilter(_ root: Place) -> MappingParts.Part? {
        guard let place = root.member("subscription_filter") else { return nil }
        if place.node.kind == .object, !place.isInstruction {
            shapes.check(place, .object(Specification.subscriptionFilter))
            checkFilterKeys(place)
        }
        return objectPart(place)
    }

    /// The ways to name a subscription exclude each other.
    private func checkFilterKeys(_ place: Place) {
        let names = Set(place.members.map(\.name))
        let ways = [
            names.contains("email"), names.contains("phone"), !names.isDisjoint(with: ["provider", "subscription_id"]),
        ]
        if ways.count(where: \.self) == 1 {
            for name in ["provider", "subscription_id"] where ways[2] && !names.contains(name) {
                findings.add(
                    .missingPart, at: place, "a push subscription needs \"\(name)\"",
                    hint: "for example {\"provider\": \"Chrome\", \"subscription_id\": \"$.push.id\"}")
            }
            return
        }
        findings.add(
            .missingPart, at: place, "a subscription is named in one way",
            hint: "write \"email\", or \"phone\", or \"provider\" and \"subscription_id\"")
    }

    private func profile(_ root: Place) -> (ProfileTemplate?, MappingParts.Part?) {
        guard let place = root.member("profile"), place.node.kind == .object else { return (nil, nil) }
        guard let fields = objectPart(place.member("fields")) else { return (nil, nil) }
        func flag(_ name: String) -> Bool? { place.member(name)?.node.bool }
        let template = ProfileTemplate(
            fields: fields.placed, skipTriggers: flag("skip_triggers"),
            skipInvalidSubscriptions: flag("skip_invalid_subscriptions"), detectGeo: flag("detect_geo"),
            timeout: place.member("timeout").flatMap(startDelay))
        return (template, fields)
    }

    /// A delay as a duration of ISO 8601, or as the platform writes it.
    private func startDelay(_ place: Place) -> StartDelay? {
        if let text = place.text { return duration(text).map { StartDelay(seconds: $0.components.seconds) } }
        func count(_ name: String) -> Int { place.member(name)?.node.number?.int64.map(Int.init) ?? 0 }
        return StartDelay(days: count("days"), hours: count("hours"), minutes: count("minutes"))
    }

    private func linkFields(_ root: Place) -> [LinkFieldTemplate] {
        guard let place = root.member("fields"), place.node.kind == .array else { return [] }
        return place.elements.compactMap { element in
            guard let name = element.member("name")?.text, let value = element.member("value") else { return nil }
            let option = element.member("option")?.node.number?.int64.flatMap { LinkField.Option(rawValue: Int($0)) }
            return LinkFieldTemplate(name: name, value: part(value, elementScope).placed, option: option ?? .keep)
        }
    }

    /// A duration whose form the shape checker has seen to.
    func duration(_ text: String) -> Duration? {
        do throws(ISODuration.Fault) {
            return try ISODuration.parse(text)
        } catch {
            return nil
        }
    }
}

extension Place {
    /// Whether the object holds an instruction.
    var isInstruction: Bool {
        node.kind == .object && node.members.contains { $0.name.hasPrefix("$") && !$0.name.hasPrefix("$$") }
    }
}

extension JSONPathQuery {
    /// Whether it selects something that is called an id.
    fileprivate var isID: Bool {
        guard case .name(let name)? = query.steps?.last else { return false }
        return name.text.lowercased() == "id" || name.text.hasSuffix("_id") || name.text.hasSuffix("Id")
    }
}
