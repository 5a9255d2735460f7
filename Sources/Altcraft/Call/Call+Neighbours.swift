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

    /// How a mapping gets to the nearest call of its kind that fits, in words; nil when none does.
    func instead(_ fits: (Call) -> Bool) -> String? {
        Call.allCases.filter { $0.family == family && fits($0) }
            .map { (call: $0, steps: steps(to: $0)) }
            .min { $0.steps.count < $1.steps.count }
            .map { "\($0.steps.joined(separator: " and ")), so that it goes by \($0.call.name)" }
    }

    /// What a mapping changes to go by another call.
    private func steps(to other: Call) -> [String] {
        var steps: [String] = []
        if imports && !other.imports { steps.append("drop profile") }
        if !imports && other.imports { steps.append("give the mapping a profile") }
        switch (facts.form, other.facts.form) {
        case (.single, .batch): steps.append("give the mapping delivery.batch")
        case (.single, .task): steps.append("give the mapping delivery.batch with task")
        case (.batch, .single), (.task, .single): steps.append("drop delivery.batch")
        case (.batch, .task): steps.append("set batch.task")
        case (.task, .batch): steps.append("drop batch.task")
        case (.single, .single), (.batch, .batch), (.task, .task): break
        }
        return steps
    }

    var modeList: String { modes.map(\.rawValue).joined(separator: ", ") }

    private enum Family {
        case campaign, scenario, link, question
    }

    private var family: Family {
        switch self {
        case .triggerStart, .triggerStartBatch, .triggerStartBatchTask, .triggerImportAndStart,
            .triggerImportAndStartBatch, .triggerImportAndStartBatchTask:
            .campaign
        case .workflowStart, .workflowImportAndStart, .workflowImportAndStartBatch, .workflowImportAndStartBatchTask:
            .scenario
        case .linkGet, .linkPost: .link
        case .taskStatus, .triggerGet: .question
        }
    }
}
