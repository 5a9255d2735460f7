package import Outcome

/// What the platform's answer, or its absence, means for a launch.
package enum LaunchOutcome: Sendable, Hashable {
    /// The platform took it.
    case accepted(Acceptance)
    /// The platform refused this very request.
    case refused(Refusal)
    /// It was certainly not carried out, and may be made later.
    case busy(Busy)
    /// It may or may not have been carried out.
    case unknown(Reason)

    /// The class of the guarantees.
    package var launchClass: LaunchClass {
        switch self {
        case .accepted: .accepted
        case .refused: .refused
        case .busy: .busy
        case .unknown: .unknown
        }
    }

    /// The reason of the guarantees; nil when accepted.
    package var reason: Reason? {
        switch self {
        case .accepted: nil
        case .refused: .refused
        case .busy(let busy): busy.reason
        case .unknown(let reason): reason
        }
    }
}

/// What a success tells beside being one.
package struct Acceptance: Sendable, Hashable {
    /// The profiles that the answer names, in its order; nil where it has no `result`.
    package let profileIDs: [String]?
    /// The task to follow, where the answer names one.
    package let taskID: String?

    /// Makes an acceptance.
    package init(profileIDs: [String]? = nil, taskID: String? = nil) {
        self.profileIDs = profileIDs
        self.taskID = taskID
    }
}

/// Why the platform refused a request: its own words, bounded and free of control characters.
package struct Refusal: Sendable, Hashable {
    /// The platform's `error`.
    package let code: Int64
    /// The platform's `error_text`.
    package let text: String
    /// The platform's `error_debug`, which few answers have.
    package let debug: String?

    /// Makes a refusal; texts are taken as they are.
    package init(code: Int64, text: String, debug: String? = nil) {
        self.code = code
        self.text = text
        self.debug = debug
    }
}

/// Why a request was not carried out, and when to come again.
package struct Busy: Sendable, Hashable {
    /// Whom the reason speaks of.
    package enum Scope: Sendable, Hashable {
        /// The platform, the way to it, or the account.
        case platform
        /// Perhaps only the object that was asked for: an account may lack the right to one campaign.
        case maybeTarget
    }

    /// The reason of the guarantees.
    package let reason: Reason
    /// How long the platform asked to wait, bounded.
    package let retryAfter: Duration?
    /// Whom it speaks of.
    package let scope: Scope

    /// Makes a busy answer.
    package init(_ reason: Reason, retryAfter: Duration? = nil, scope: Scope = .platform) {
        self.reason = reason
        self.retryAfter = retryAfter
        self.scope = scope
    }
}
