/// What the documents say about one call: the one table behind requests, checks and the reference.
package struct CallFacts: Sendable {
    /// The call.
    package let call: Call
    /// The path below the platform's address.
    package let path: String
    /// The member that names what is meant.
    package let idName: String
    /// One launch or many.
    package let form: CallForm
    /// The matching modes its page lists.
    package let modes: [Matching]
    /// What it takes beside the recipient.
    package let parts: Set<LaunchPart>

    /// The facts of all calls, in the order of ``Call``; made once, since every request reads them.
    package static let all: [CallFacts] = Call.allCases.map(facts(of:))

    private static let triggers = "/api/v1.1/campaigns/triggers/"
    private static let workflows = "/api/v1.1/workflows/"
    private static let four: [Matching] = [.email, .phone, .profileID, .custom]
    private static let five: [Matching] = [.email, .emailProfile, .phone, .profileID, .custom]
    private static let launch: Set<LaunchPart> = [.content, .customData, .attachments]

    private init(
        _ call: Call, _ path: String, id idName: String, _ form: CallForm = .single, modes: [Matching] = [],
        parts: Set<LaunchPart> = []
    ) {
        self.call = call
        self.path = path
        self.idName = idName
        self.form = form
        self.modes = modes
        self.parts = parts
    }

    fileprivate static func facts(of call: Call) -> CallFacts {
        switch call {
        case .triggerStart, .triggerStartBatch, .triggerStartBatchTask: starting(call)
        case .triggerImportAndStart, .triggerImportAndStartBatch, .triggerImportAndStartBatchTask: importing(call)
        case .workflowStart, .workflowImportAndStart, .workflowImportAndStartBatch, .workflowImportAndStartBatchTask:
            engaging(call)
        default: other(call)
        }
    }

    /// Launches of existing profiles.
    ///
    /// The task takes `id` where its sibling takes `trigger_id`.
    private static func starting(_ call: Call) -> CallFacts {
        switch call {
        case .triggerStart:
            .init(
                call, triggers + "start/", id: "id", modes: four,
                parts: launch.union([.subscriptionFilter, .resourceID, .query]))
        case .triggerStartBatch:
            .init(
                call, triggers + "start_batch", id: "trigger_id", .batch, modes: Matching.allCases,
                parts: launch.union([.query, .format]))
        default:
            .init(
                call, triggers + "start_batch_task", id: "id", .task, modes: Matching.allCases,
                parts: launch.union([.query, .format]))
        }
    }

    /// Launches with an import.
    ///
    /// `timeout` is in the tables of the first two only.
    private static func importing(_ call: Call) -> CallFacts {
        let parts = launch.union([.profile, .resourceID])
        return switch call {
        case .triggerImportAndStart:
            .init(call, triggers + "import_and_start", id: "trigger_id", modes: five, parts: parts.union([.timeout]))
        case .triggerImportAndStartBatch:
            .init(
                call, triggers + "import_and_start_batch", id: "trigger_id", .batch, modes: five,
                parts: parts.union([.timeout]))
        default:
            .init(call, triggers + "import_and_start_batch_task", id: "trigger_id", .task, modes: five, parts: parts)
        }
    }

    /// Scenarios.
    ///
    /// `custom_data` is not among the rows of `workflows/start` that are at hand, but that table is cut
    /// and its sibling's newer copies have it; it is sent, since an unknown member is what such a table risks at most.
    private static func engaging(_ call: Call) -> CallFacts {
        let parts = launch.union([.profile, .format])
        return switch call {
        case .workflowStart:
            .init(
                call, workflows + "start", id: "id", modes: four,
                parts: launch.union([.subscriptionFilter, .resourceID, .query, .format]))
        case .workflowImportAndStart:
            .init(
                call, workflows + "import_and_start", id: "workflow_id", modes: five, parts: parts.union([.resourceID]))
        case .workflowImportAndStartBatch:
            .init(call, workflows + "import_and_start_batch", id: "workflow_id", .batch, modes: five, parts: parts)
        default:
            .init(call, workflows + "import_and_start_batch_task", id: "workflow_id", .task, modes: five, parts: parts)
        }
    }

    /// Links, whose path is the account's secret and stands in the settings, and calls that launch nothing.
    private static func other(_ call: Call) -> CallFacts {
        switch call {
        case .linkPost: .init(call, "/trg/", id: "", modes: [.email], parts: [.fields])
        case .taskStatus: .init(call, "/api/v1.1/tasks/status", id: "task_id")
        case .triggerGet: .init(call, triggers + "get", id: "id", parts: [.format])
        default: .init(call, "/trg/", id: "", modes: [.email])
        }
    }
}

extension Call {
    /// What the documents say about the call.
    package var facts: CallFacts { CallFacts.all[rawValue] }
}
