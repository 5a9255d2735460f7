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
        let message = "\(call.name) does not take matching \"\(matching.rawValue)\", only \(call.modeList)"
        let takers = Call.allCases.filter { $0.isLaunch && $0.isSibling(of: call) && $0.modes.contains(matching) }
        let instead = takers.first.map { taker in
            taker.isBatch && !call.isBatch
                ? "give the mapping delivery.batch, so that it goes by \(taker.name)" : "use \(taker.name)"
        }
        return LaunchFault(
            .modeNotTaken(matching, call), message,
            instead: instead ?? "search by \(call.modeList)")
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
        let message = "\(call.name) does not take \(key)"
        let takers = Call.allCases.filter { $0.isLaunch && $0.isSibling(of: call) && $0.parts.contains(part) }
        return LaunchFault(.partNotTaken(part, call), message, instead: instead(part, call, takers.first))
    }

    private func instead(_ part: LaunchPart, _ call: Call, _ taker: Call?) -> String? {
        if call.isLink {
            return part == .profile
                ? "give the mapping fields, or launch the campaign by its number"
                : "launch the campaign by its number: \(Call.triggerStart.name) takes it"
        }
        if part == .fields { return "give the mapping profile.fields, or launch a v1.0 link" }
        guard let taker else { return nil }
        if taker.imports != call.imports { return "drop profile, so that it goes by \(taker.name)" }
        if call.isTask && !taker.isTask && taker.isBatch { return "drop batch.task, so that it goes by \(taker.name)" }
        if call.isBatch && !taker.isBatch { return "drop delivery.batch, so that it goes by \(taker.name)" }
        return "use \(taker.name)"
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

extension Call {
    /// The method's name as people know it: `campaigns/triggers/start/`.
    package var name: String {
        switch self {
        case .linkGet: "GET of a v1.0 link"
        case .linkPost: "POST to a v1.0 link"
        default: String(path.dropFirst("/api/v1.1/".count))
        }
    }

    /// Whether the call launches something.
    package var isLaunch: Bool { self != .taskStatus && self != .triggerGet }

    /// Whether the call takes a matching mode under these settings.
    package func takes(_ matching: Matching, _ options: RequestOptions) -> Bool {
        modes.contains(matching) || options.singleModes == .all && !isBatch && !isLink && isLaunch
    }

    /// Whether two calls launch the same kind of thing.
    func isSibling(of other: Call) -> Bool { idFamily == other.idFamily }

    var modeList: String { modes.map(\.rawValue).joined(separator: ", ") }

    private var idFamily: Int {
        switch self {
        case .triggerStart, .triggerStartBatch, .triggerStartBatchTask, .triggerImportAndStart,
            .triggerImportAndStartBatch, .triggerImportAndStartBatchTask:
            0
        case .workflowStart, .workflowImportAndStart, .workflowImportAndStartBatch, .workflowImportAndStartBatchTask: 1
        case .linkGet, .linkPost: 2
        case .taskStatus, .triggerGet: 3
        }
    }
}
