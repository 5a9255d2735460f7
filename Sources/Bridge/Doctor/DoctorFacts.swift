package import AMQP
package import Altcraft
package import HTTPTransport

/// Everything that the doctor has seen: what the diagnosis is made from, and nothing else.
package struct DoctorFacts: Sendable {
    /// What the settings and the mappings ask for.
    package var plan: DoctorPlan
    /// What was seen of the broker.
    package var broker: BrokerSight
    /// What was seen of the platform.
    package var platform: PlatformSight
    /// What was seen of the ledger.
    package var ledger: LedgerSight

    /// Facts from their parts.
    package init(plan: DoctorPlan, broker: BrokerSight, platform: PlatformSight, ledger: LedgerSight) {
        self.plan = plan
        self.broker = broker
        self.platform = platform
        self.ledger = ledger
    }
}

/// What the settings and the mappings ask for, as far as broker and platform must agree.
package struct DoctorPlan: Sendable {
    /// The queues.
    package var queues: QueueNames
    /// The virtual host, for the commands that are advised.
    package var virtualHost = "/"
    /// `broker.declare`.
    package var declares = false
    /// `broker.prefetch`.
    package var prefetch = 200
    /// `altcraft.in_flight`.
    package var inFlight = 64
    /// `altcraft.timeout`: the slowest call.
    package var slowestCall: Duration = .seconds(30)
    /// `altcraft.rate`.
    package var rate: Double?
    /// `broker.acknowledgement_timeout`.
    package var acknowledgementTimeout: Duration = .seconds(1800)
    /// `altcraft.token_in` and `altcraft.trailing_slash`.
    package var form = CallForm(token: .body, slash: .documented)
    /// `recipients.allow`.
    package var allowedRecipients: [String] = []
    /// How many mappings there are.
    package var mappings = 0
    /// The files whose present content is refused, each with its place and reason: an older version is in force.
    package var refusedMappings: [String] = []
    /// The exchanges that mappings name, each once.
    package var exchanges: [String] = []
    /// The bindings that mappings name.
    package var bindings: [TopologyPlan.Binding] = []
    /// Mappings that name no exchange, or no routing key.
    package var unboundMappings: [String] = []
    /// Campaigns that mappings may launch, ascending.
    package var campaigns: [Int64] = []
    /// Other targets: the platform has no question about those.
    package var otherTargets: [String] = []

    /// A plan for a queue; the rest is set by name.
    package init(queues: QueueNames) {
        self.queues = queues
    }
}

/// How a call is written where the documents leave it open.
package struct CallForm: Sendable, Hashable {
    /// Where the token goes.
    package var token: RequestOptions.TokenPlace
    /// Whether the path ends in a slash.
    package var slash: RequestOptions.TrailingSlash

    /// A form.
    package init(token: RequestOptions.TokenPlace, slash: RequestOptions.TrailingSlash) {
        self.token = token
        self.slash = slash
    }
}

/// What was seen of the broker.
package enum BrokerSight: Sendable {
    /// There is no session with it.
    case unreachable(BrokerError)
    /// It did not answer within the doctor's time.
    case late(Duration)
    /// There was a session.
    case seen(BrokerFacts)
}

/// What a session with the broker showed.
package struct BrokerFacts: Sendable {
    /// What the broker says of itself.
    package var server: ServerIdentity
    /// Host and port.
    package var peer: String
    /// Queues by name; one that is not in it was not looked at.
    package var queues: [String: QueueInspection] = [:]
    /// Exchanges by name: whether they are there, where the broker told.
    package var exchanges: [String: Bool] = [:]
    /// Whether our user may consume the source queue.
    package var consuming = Permission.unseen("not asked")
    /// Whether our user may publish to queues.
    package var publishing = Permission.unseen("not asked")
    /// Why the broker reads nothing from publishers; nil while it does.
    package var blocking: String?
    /// Why the looking ended early; nil where it did not.
    package var interruption: BrokerError?

    /// Facts of a broker; the rest is set by name.
    package init(server: ServerIdentity, peer: String) {
        self.server = server
        self.peer = peer
    }
}

/// What was seen of the platform.
package struct PlatformSight: Sendable {
    /// What it says about each campaign, in the form of the settings.
    package var campaigns: [Int64: PlatformAnswer] = [:]
    /// What it says to other forms of the same question.
    package var forms: [CallForm: PlatformAnswer] = [:]
    /// Its clock and ours.
    package var clock: ClockReading?
    /// Campaigns of which it was not asked, as there are so many.
    package var unasked = 0

    /// Nothing seen yet.
    package init() {}
}

/// What came back for a question about a campaign.
package enum PlatformAnswer: Sendable, Equatable {
    /// It is known.
    case campaign(CampaignInfo)
    /// Something else was answered.
    case other(status: Int, LaunchOutcome)
    /// Nothing was answered.
    case failed(HTTPFailure)
    /// Nothing was answered within the doctor's time.
    case late
}

/// The platform's clock, read between two readings of ours.
package struct ClockReading: Sendable, Equatable {
    /// Wall milliseconds since 1970 when the question went out.
    package let asked: Int64
    /// And when the answer was there.
    package let answered: Int64
    /// The seconds of its `Date` header.
    package let platform: Int64

    /// A reading.
    package init(asked: Int64, answered: Int64, platform: Int64) {
        self.asked = asked
        self.answered = answered
        self.platform = platform
    }

    /// How far its clock is ahead of ours for sure, in whole seconds; negative where it is behind.
    ///
    /// The header has whole seconds, and the answer was made at some time between the two readings.
    package var skew: Int64 {
        if platform * 1000 > answered { return (platform * 1000 - answered) / 1000 }
        let latest = platform * 1000 + 999
        return latest < asked ? -((asked - latest) / 1000) : 0
    }
}

/// What was seen of the ledger.
package enum LedgerSight: Sendable, Equatable {
    /// `ledger.enabled` is false.
    case off
    /// There is none yet, and one can be made.
    case absent(path: String)
    /// It is there, whole and writable.
    case usable(path: String)
    /// A bridge on this machine is writing it.
    case inUse(path: String)
    /// It cannot be used, in an operator's words.
    case faulty(String)
}
