import Foundation

/// A fault that somebody asked for: what, how often, and for which requests.
struct FaultRule: Sendable {
    /// The rule's number, by which it is deleted.
    var id = 0
    let kind: FaultKind
    /// The part of fitting requests that it hits, 0 to 1.
    var share = 1.0
    /// How many fitting requests pass first.
    var after = 0
    /// How many requests it hits at most; nil for no end.
    var count: Int?
    /// When it begins to hold; nil for at once.
    var from: Date?
    /// When it ceases to hold; nil for never.
    var until: Date?
    /// Only requests that name this recipient: an address, a number, a profile id, a field's value.
    var recipient: String?
    /// Only requests for this campaign.
    var campaign: Int?
    /// Only requests for this scenario.
    var scenario: Int?
    /// Only requests to this path under `/api/v1.1/`, or `trg` for links.
    var endpoint: String?
    /// Whether the request is carried out nevertheless, so that the client loses only the answer.
    var isCarriedOut = false
    /// Fitting requests so far.
    var seen = 0
    /// Requests that it has hit.
    var hits = 0

    init(kind: FaultKind) {
        self.kind = kind
    }

    /// Whether the rule looks at nothing that stands in the body.
    var needsNoBody: Bool { recipient == nil && campaign == nil && scenario == nil }

    /// Whether a request is one that the rule speaks of.
    func fits(_ probe: FaultProbe, now: Date) -> Bool {
        if let from, now < from { return false }
        if let until, now >= until { return false }
        if let count, hits >= count { return false }
        if let endpoint, endpoint != probe.endpoint { return false }
        if let campaign, probe.kind != .campaign || probe.target != campaign { return false }
        if let scenario, probe.kind != .scenario || probe.target != scenario { return false }
        if let recipient, !probe.recipients.contains(recipient) { return false }
        return true
    }
}

/// What a fault rule can tell requests apart by.
struct FaultProbe: Sendable {
    var endpoint: String
    var kind: TargetKind?
    var target: Int?
    var recipients: Set<String> = []
}

/// What becomes of one request.
struct FaultDecision: Sendable, Equatable {
    /// Milliseconds before anything is answered.
    var delay = 0
    /// Milliseconds over which the answer is sent; 0 for at once.
    var trickle = 0
    /// What is answered instead; nil for the usual answer.
    var effect: FaultKind?
    /// Whether the request is carried out.
    var isCarriedOut = true
    /// A number of the seed's, for effects that choose among several.
    var random: UInt64 = 0

    /// No fault.
    static let none = FaultDecision()
}
