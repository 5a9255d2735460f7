/// An endpoint of the platform that the bridge calls, one row of the overview in the API's documents each.
///
/// The raw value is its place in the table of ``CallFacts``.
package enum Call: Int, Sendable, Hashable, CaseIterable {
    /// Launches a campaign for one profile, or for what a query finds.
    case triggerStart
    /// Launches a campaign for many profiles.
    case triggerStartBatch
    /// Makes a task that launches a campaign for many profiles.
    case triggerStartBatchTask
    /// Imports a profile and launches a campaign for it.
    case triggerImportAndStart
    /// Imports many profiles and launches a campaign for each.
    case triggerImportAndStartBatch
    /// Makes a task of the same.
    case triggerImportAndStartBatchTask
    /// Engages one existing profile, or what a query finds, in a scenario.
    case workflowStart
    /// Imports a profile and engages it in a scenario.
    case workflowImportAndStart
    /// Imports many profiles and engages each in a scenario.
    case workflowImportAndStartBatch
    /// Makes a task of the same.
    case workflowImportAndStartBatchTask
    /// Opens a v1.0 trigger link.
    case linkGet
    /// Posts fields to a v1.0 trigger link.
    case linkPost
    /// Asks how a task stands.
    case taskStatus
    /// Asks what a campaign is.
    case triggerGet

    /// The method's path as the documents that describe it print it, without regard to `trailingSlash`.
    package var path: String { facts.path }
    /// The member that names the campaign, scenario or task: `id`, `trigger_id`, `workflow_id`, `task_id`.
    package var idName: String { facts.idName }
    /// The matching modes that its page lists.
    package var modes: [Matching] { facts.modes }
    /// The parts of a launch that it takes beside the recipient.
    package var parts: Set<LaunchPart> { facts.parts }
    /// Whether it carries many launches in `data`.
    package var isBatch: Bool { facts.form != .single }
    /// Whether it answers with a task to follow instead of a result.
    package var isTask: Bool { facts.form == .task }
    /// Whether it creates or updates profiles.
    package var imports: Bool { facts.parts.contains(.profile) }
    /// Whether it is a v1.0 link on the tracking domain.
    package var isLink: Bool { self == .linkGet || self == .linkPost }
}

/// How launches are put into calls.
package enum CallForm: String, Sendable, Hashable, CaseIterable {
    /// One call for one launch.
    case single
    /// One call for many launches, answered when they are made.
    case batch
    /// One call for many launches, answered with a task at once.
    case task
}

/// A part of a launch that a call may or may not take; the raw value is the key of the mapping file.
package enum LaunchPart: String, Sendable, Hashable, CaseIterable {
    case content
    case customData = "custom_data"
    case attachments = "attach"
    case subscriptionFilter = "subscription_filter"
    case resourceID = "resource_id"
    case query = "custom_request"
    case profile
    /// `profile.timeout`.
    case timeout
    case fields
    /// The `format` member, which is no part of a launch but in some pages' tables.
    case format
}
