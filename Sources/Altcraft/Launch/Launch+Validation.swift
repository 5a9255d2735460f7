import JSON

extension Launch {
    /// The call that makes the launch in this form.
    ///
    /// - Throws: ``LaunchFault`` where the platform has no such call, with the one that would do instead.
    package func call(as form: CallForm) throws(LaunchFault) -> Call {
        switch target {
        case .campaign: profile == nil ? Self.start(form) : Self.importAndStart(form)
        case .scenario: try engage(form)
        case .link: try link(form)
        }
    }

    private static func start(_ form: CallForm) -> Call {
        switch form {
        case .single: .triggerStart
        case .batch: .triggerStartBatch
        case .task: .triggerStartBatchTask
        }
    }

    private static func importAndStart(_ form: CallForm) -> Call {
        switch form {
        case .single: .triggerImportAndStart
        case .batch: .triggerImportAndStartBatch
        case .task: .triggerImportAndStartBatchTask
        }
    }

    private func engage(_ form: CallForm) throws(LaunchFault) -> Call {
        switch (form, profile) {
        case (.single, nil): return .workflowStart
        case (.single, _): return .workflowImportAndStart
        case (.batch, .some): return .workflowImportAndStartBatch
        case (.task, .some): return .workflowImportAndStartBatchTask
        case (_, nil):
            throw LaunchFault(
                .scenarioBatch, "the platform has no batch call that engages existing profiles in a scenario",
                instead: "drop delivery.batch, so that each goes by \(Call.workflowStart.name), or give the mapping "
                    + "a profile, so that they go by \(Call.workflowImportAndStartBatch.name)")
        }
    }

    private func link(_ form: CallForm) throws(LaunchFault) -> Call {
        guard form == .single else {
            throw LaunchFault(
                .linkBatch, "a v1.0 trigger link launches for one profile at a time",
                instead: "drop delivery.batch, or launch the campaign by its number")
        }
        return fields.isEmpty ? .linkGet : .linkPost
    }

    /// Checks that a call takes the launch as it stands, and answers with that call.
    ///
    /// The first fault found is thrown; ``faults(as:options:)`` lists all of them.
    ///
    /// - Throws: ``LaunchFault`` with what would do instead.
    @discardableResult
    package func validate(as form: CallForm, options: RequestOptions) throws(LaunchFault) -> Call {
        let call = try call(as: form)
        if let fault = fault(in: call, options: options) { throw fault }
        return call
    }

    /// Everything that is wrong with the launch in this form; empty when a call takes it.
    package func faults(as form: CallForm, options: RequestOptions) -> [LaunchFault] {
        do throws(LaunchFault) {
            let call = try call(as: form)
            return recipientFaults(in: call, options: options) + partFaults(in: call) + valueFaults
        } catch {
            return [error]
        }
    }

    /// The first of the faults, found without making lists: every request passes here.
    private func fault(in call: Call, options: RequestOptions) -> LaunchFault? {
        let facts = call.facts
        let isPlain =
            content.isObjectOrNil && customData.isObjectOrNil && attachments.isEmpty && subscriptionFilter == nil
            && profile == nil && fields.isEmpty
            && (content == nil || facts.parts.contains(.content))
            && (customData == nil || facts.parts.contains(.customData))
        if isPlain, case .profile(let recipient) = audience, recipient.isComplete(for: facts) { return nil }
        return (recipientFaults(in: call, options: options) + partFaults(in: call) + valueFaults).first
    }
}

extension Recipient {
    /// Whether the most usual recipients are as they must be; false means "look closer".
    fileprivate func isComplete(for facts: CallFacts) -> Bool {
        guard resourceID == nil, facts.modes.contains(matching) else { return false }
        return switch matching {
        case .email: email != nil && companionCount == 1
        case .phone: phone != nil && companionCount == 1
        case .profileID: profileID != nil && companionCount == 1
        case .custom:
            fieldName != nil && companionCount == 2
                && (fieldValue?.kind == .string || fieldValue?.kind == .number)
        default: false
        }
    }

    private var companionCount: Int {
        (email == nil ? 0 : 1) + (phone == nil ? 0 : 1) + (profileID == nil ? 0 : 1) + (fieldName == nil ? 0 : 1)
            + (fieldValue == nil ? 0 : 1) + (provider == nil ? 0 : 1) + (subscriptionID == nil ? 0 : 1)
    }
}

extension JSONValue? {
    fileprivate var isObjectOrNil: Bool { self.map { $0.kind == .object } ?? true }
}
