/// The calls that the sandbox answers, by their path under `/api/v1.1/`.
enum Endpoint: String, Sendable, CaseIterable {
    case triggerStart = "campaigns/triggers/start"
    case triggerStartBatch = "campaigns/triggers/start_batch"
    case triggerStartBatchTask = "campaigns/triggers/start_batch_task"
    case triggerImport = "campaigns/triggers/import_and_start"
    case triggerImportBatch = "campaigns/triggers/import_and_start_batch"
    case triggerImportBatchTask = "campaigns/triggers/import_and_start_batch_task"
    case triggerGet = "campaigns/triggers/get"
    case workflowStart = "workflows/start"
    case workflowImport = "workflows/import_and_start"
    case workflowImportBatch = "workflows/import_and_start_batch"
    case workflowImportBatchTask = "workflows/import_and_start_batch_task"
    case workflowActivate = "workflows/activate"
    case workflowDeactivate = "workflows/deactivate"
    case taskStatus = "tasks/status"
    /// A link of version 1.0, which stands on the tracking domain and not under `/api/`.
    case link = "trg"

    /// The calls under `/api/v1.1/`.
    static let api = allCases.filter { $0 != .link }

    /// What the call does; the table of the documentation, column by column.
    enum Action: Sendable {
        case start
        case batch
        case importOne
        case importBatch
        case get
        case activate
        case deactivate
        case status
        case follow
    }

    var action: Action {
        switch self {
        case .triggerStart, .workflowStart: .start
        case .triggerStartBatch, .triggerStartBatchTask: .batch
        case .triggerImport, .workflowImport: .importOne
        case .triggerImportBatch, .triggerImportBatchTask, .workflowImportBatch, .workflowImportBatchTask: .importBatch
        case .triggerGet: .get
        case .workflowActivate: .activate
        case .workflowDeactivate: .deactivate
        case .taskStatus: .status
        case .link: .follow
        }
    }

    /// Whether the call only makes a task.
    var makesTask: Bool {
        switch self {
        case .triggerStartBatchTask, .triggerImportBatchTask, .workflowImportBatchTask: true
        default: false
        }
    }

    /// What the call launches.
    var kind: TargetKind {
        switch self {
        case .workflowStart, .workflowImport, .workflowImportBatch, .workflowImportBatchTask, .workflowActivate,
            .workflowDeactivate:
            .scenario
        default: .campaign
        }
    }

    /// The parameter that names the target: `id`, `trigger_id` and `workflow_id` are a trap that the sandbox keeps.
    var idParameter: String {
        switch self {
        case .triggerStart, .triggerStartBatchTask, .triggerGet, .workflowStart, .workflowActivate,
            .workflowDeactivate:
            "id"
        case .triggerStartBatch, .triggerImport, .triggerImportBatch, .triggerImportBatchTask: "trigger_id"
        case .workflowImport, .workflowImportBatch, .workflowImportBatchTask: "workflow_id"
        case .taskStatus: "task_id"
        case .link: "link"
        }
    }

    /// The matching modes that the call's page lists.
    var listedModes: Set<MatchingMode> {
        switch action {
        case .start: MatchingMode.single
        case .batch: MatchingMode.all
        case .importOne, .importBatch: MatchingMode.importing
        case .get, .activate, .deactivate, .status, .follow: []
        }
    }

    /// The parameters of the call's table and examples; others are taken no notice of, and said so in the log.
    var parameters: Set<String> {
        let always: Set = ["token", "format", idParameter]
        let matching: Set = ["matching", "email", "phone", "profile_id", "field_name", "field_value", "resource_id"]
        let launch: Set = ["content", "attach", "custom_data"]
        let imported: Set = ["data", "skip_triggers", "skip_invalid_subscriptions", "detect_geo", "db_id", "timeout"]
        switch action {
        case .start:
            return always.union(matching).union(launch).union([
                "custom_request", "subscription_filter", "provider", "subscription_id",
            ])
        case .batch: return always.union(matching).union(launch).union(["data", "skip_triggers", "custom_request"])
        case .importOne, .importBatch: return always.union(matching).union(launch).union(imported)
        case .get, .status: return always
        case .follow: return always.union(["id", "matching", "profile_id", "email", "fields"])
        case .activate, .deactivate: return always.union(["skip_profiles"])
        }
    }
}

/// What a launch starts.
package enum TargetKind: String, Sendable, Hashable {
    case campaign
    case scenario
}
