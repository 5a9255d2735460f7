import JSON

extension Launch {
    /// What is wrong with whom the launch is for.
    func recipientFaults(in call: Call, options: RequestOptions) -> [LaunchFault] {
        switch audience {
        case .query(let query):
            guard call.parts.contains(.query) else { return [partFault(.query, in: call)] }
            return CustomRequest.faults(in: query)
        case .profile(let recipient):
            guard call.takes(recipient.matching, options) else { return [modeFault(recipient.matching, in: call)] }
            return recipient.faults + resourceFault(recipient, in: call)
        }
    }

    private func resourceFault(_ recipient: Recipient, in call: Call) -> [LaunchFault] {
        recipient.resourceID != nil && recipient.matching.uses(.resourceID) && !call.parts.contains(.resourceID)
            ? [partFault(.resourceID, in: call)] : []
    }

    private func modeFault(_ matching: Matching, in call: Call) -> LaunchFault {
        LaunchFault(
            .modeNotTaken(matching, call),
            "\(call.name) does not take matching \"\(matching.rawValue)\", only \(call.modeList)",
            instead: call.instead { $0.modes.contains(matching) } ?? "search by \(call.modeList)")
    }

    /// What is wrong with the parts beside the recipient: each that is there must be one that the call takes.
    func partFaults(in call: Call) -> [LaunchFault] {
        var faults = present.filter { !call.parts.contains($0) }.map { partFault($0, in: call) }
        if subscriptionFilter != nil, case .query = audience, call.parts.contains(.subscriptionFilter) {
            faults.append(
                LaunchFault(
                    .filterWithQuery, "the platform does not use subscription_filter together with custom_request",
                    instead: "drop subscription_filter, or name one profile by a matching mode"))
        }
        return faults
    }

    private var present: [LaunchPart] {
        var parts: [LaunchPart] = []
        if content != nil { parts.append(.content) }
        if customData != nil { parts.append(.customData) }
        if !attachments.isEmpty { parts.append(.attachments) }
        if subscriptionFilter != nil { parts.append(.subscriptionFilter) }
        if profile != nil { parts.append(.profile) }
        if profile?.timeout != nil { parts.append(.timeout) }
        if !fields.isEmpty { parts.append(.fields) }
        return parts
    }

    private func partFault(_ part: LaunchPart, in call: Call) -> LaunchFault {
        let key = part == .timeout ? "profile.timeout" : part.rawValue
        return LaunchFault(
            .partNotTaken(part, call), "\(call.name) does not take \(key)",
            instead: otherCall(for: part, call) ?? call.instead { $0.parts.contains(part) } ?? "drop \(key)")
    }

    /// Where a part belongs to launches of another kind.
    private func otherCall(for part: LaunchPart, _ call: Call) -> String? {
        if part == .fields, !call.isLink { return "give the mapping profile.fields, or launch a v1.0 link" }
        guard call.isLink else { return nil }
        let name = (part == .profile ? Call.triggerImportAndStart : .triggerStart).name
        return "launch the campaign by its number, so that it goes by \(name)"
    }

    /// What is wrong with values that must be of a kind.
    var valueFaults: [LaunchFault] {
        var faults: [LaunchFault] = []
        let objects: [(LaunchPart, JSONValue?)] = [
            (.content, content), (.customData, customData), (.profile, profile?.fields),
        ]
        for (part, value) in objects {
            guard let value, value.kind != .object else { continue }
            let key = part == .profile ? "profile.fields" : part.rawValue
            faults.append(LaunchFault(.badValue(part), "\(key) must be an object, not \(value.kind.noun)"))
        }
        return faults
    }
}

extension Recipient {
    /// What is wrong with the recipient by itself: members that its mode lacks, or does not use.
    package var faults: [LaunchFault] {
        let facts = matching.facts
        var faults = facts.required.filter { !has($0) }.map { missing([$0]) }
        if !facts.anyOf.isEmpty, !facts.anyOf.contains(where: has) { faults.append(missing(facts.anyOf)) }
        faults += companions.filter { !facts.companions.contains($0) }.map(foreign)
        if let kind = fieldValue?.kind, !Companion.fieldValue.kinds.contains(kind) {
            faults.append(LaunchFault(.badValue(nil), "field_value must be a text or a number, not \(kind.noun)"))
        }
        return faults
    }

    private func missing(_ companions: [Companion]) -> LaunchFault {
        let names = companions.map(\.rawValue).joined(separator: " or ")
        return LaunchFault(
            .companionMissing(matching, companions), "matching \"\(matching.rawValue)\" needs \(names)")
    }

    private func foreign(_ companion: Companion) -> LaunchFault {
        let users = Matching.allCases.filter { $0.uses(companion) }.map(\.rawValue).joined(separator: ", ")
        return LaunchFault(
            .companionForeign(matching, companion),
            "matching \"\(matching.rawValue)\" does not use \(companion.rawValue)",
            instead: "\(companion.rawValue) goes with \(users)")
    }
}
