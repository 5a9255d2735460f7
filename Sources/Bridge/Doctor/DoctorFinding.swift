/// One line of the doctor's report: what was looked at, how it stands, and what to do.
package struct DoctorFinding: Sendable, Equatable {
    /// How something stands.
    package enum Severity: String, Sendable, CaseIterable, Comparable {
        /// As it should be.
        case ok
        /// It cannot be seen from here; the advice says where it can.
        case unseen
        /// It works, but not as it should.
        case warning
        /// It stops the bridge, or loses what it must not lose.
        case error

        /// From good to bad.
        package static func < (left: Severity, right: Severity) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What is looked at: the closed list that `--json` names.
    package enum Check: String, Sendable, CaseIterable {
        case connection = "broker.connection"
        case publishers = "broker.publishers"
        case consuming = "permission.consume"
        case publishing = "permission.publish"
        case declaring = "permission.declare"
        case queue = "queue.present"
        case queueKind = "queue.kind"
        case deliveryLimit = "queue.delivery_limit"
        case queueLimits = "queue.limits"
        case consumers = "queue.consumers"
        case policies = "queue.policies"
        case parking = "parking.queue"
        case delay = "delay.queue"
        case exchange = "exchange.present"
        case bindings = "bindings"
        case acknowledgementTimeout = "acknowledgement.timeout"
        case ledger
        case platform = "platform.connection"
        case token = "platform.token"
        case options = "platform.options"
        case clock = "platform.clock"
        case campaign
        case unasked = "platform.unasked"
        case mappings
        case recipients
    }

    /// What was looked at.
    package let check: Check
    /// Which one, where there are several: a queue, an exchange, a campaign.
    package let subject: String
    /// How it stands.
    package let severity: Severity
    /// What was found, in one sentence without a full stop.
    package let message: String
    /// What to do; nil where nothing is to be done.
    package let advice: String?

    /// A finding from its parts.
    package init(
        _ check: Check, _ subject: String, _ severity: Severity, _ message: String, advice: String? = nil
    ) {
        self.check = check
        self.subject = subject
        self.severity = severity
        self.message = message
        self.advice = advice
    }
}

/// Whether the bridge would work, all findings taken together.
package enum DoctorVerdict: String, Sendable {
    /// It would; warnings are no hindrance.
    case ready
    /// Something stops it.
    case findings
    /// There is no session with the broker.
    case brokerUnreachable = "broker_unreachable"
    /// The platform does not answer as the Altcraft API.
    case platformUnreachable = "platform_unreachable"
}
