package import Altcraft

/// One launch that a mapping asks for, evaluated and ready to be made.
package final class PlannedLaunch: Sendable {
    /// The mapping's name.
    package let mapping: String
    /// The mapping's version (a content hash), as it was when the event was evaluated.
    package let version: String
    /// For `for_each`: which element, counted from 0 in the order of the path's result.
    package let element: Int?
    /// What is sent.
    ///
    /// Its target is what the circuit of one target is about.
    package let request: LaunchRequest
    /// For whom, in the clear: the log masks it.
    package let recipient: String
    /// What keeps order.
    package let lane: LaneKey
    /// What makes it the same launch.
    package let key: LaunchKey
    /// What the ledger keeps of it beside the key.
    package let ledger: LedgerFacts
    /// When it is too late, in wall seconds since 1970; judged when its turn comes.
    package let expiresAt: Int64?
    /// What the mapping's `delivery` says.
    package let policy: LaunchPolicy
    /// Whether `recipients.allow` lets this recipient be launched; if not it is skipped as `not_allowed`.
    package let isAllowed: Bool
    /// What an earlier pass through the ladder left in the message's headers.
    package let history: LaunchHistory

    /// A planned launch; what is left out has the documented default.
    package init(
        mapping: String,
        version: String,
        element: Int? = nil,
        request: LaunchRequest,
        recipient: String = "",
        lane: LaneKey,
        key: LaunchKey,
        ledger: LedgerFacts = LedgerFacts(),
        expiresAt: Int64? = nil,
        policy: LaunchPolicy = LaunchPolicy(),
        isAllowed: Bool = true,
        history: LaunchHistory = LaunchHistory()
    ) {
        self.mapping = mapping
        self.version = version
        self.element = element
        self.request = request
        self.recipient = recipient
        self.lane = lane
        self.key = key
        self.ledger = ledger
        self.expiresAt = expiresAt
        self.policy = policy
        self.isAllowed = isAllowed
        self.history = history
    }
}
