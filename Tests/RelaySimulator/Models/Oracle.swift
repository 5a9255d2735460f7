import Outcome
import Relay

/// What is true in the simulated world, and what must never be.
///
/// It sees everything that crosses the relay's boundary, and what broker, platform and ledger did, and knows nothing of
/// the relay's inside.
struct Oracle {
    /// What a key has been through.
    struct Key {
        /// How often the platform carried it out.
        var carriedOut = 0
        /// An accepted answer reached a bridge, in this life of it.
        var toldInLife = -1
        /// An accepted answer reached a bridge, ever.
        var isTold = false
        /// The ledger has the record.
        var isRecorded = false
        /// The ledger has an intent.
        var isIntended = false
        /// A request is out, in this life of the bridge.
        var outInLife = -1
        /// The outcome of some request could not be known.
        var isUnsure = false
        /// Failures that reached a bridge.
        var failures = 0
        /// Refusals that reached a bridge.
        var refusals = 0
        /// Times that the answer to a batch did not name it, where that parks.
        var unnamed = 0
        /// Until when the task that it is in is followed at least; `nil` for no task.
        var taskDeadline: Int64?
        /// Requests.
        var sends = 0
    }

    /// What a part has been through.
    struct Part {
        /// It was skipped, and rightly.
        var isSkipped = false
        /// Notices in the parking queue.
        var parked = 0
        /// Messages in delay queues that owe it.
        var delayed = 0
    }

    /// A launch in its lane.
    struct Entry {
        let delivery: DeliveryID
        let part: Int
        var isOut = false
    }

    var keys: [Key]
    var parts: [Part]
    /// Events that ended as something other than waiting.
    var ends: [Int]
    /// Notices of events without launches in the parking queue.
    var parkedEvents: [Int]
    /// What is in each lane, in the order of arrival.
    var lanes: [[Entry]]
    /// Parts of each lane in the order of acceptance.
    var acceptances: [[Int]]
    /// Whether there is a ledger.
    let hasLedger: Bool
    /// Whether the platform's circuit is open, as the bridge said.
    var isPlatformOpen = false
    /// Targets whose circuit is open, as the bridge said.
    var openTargets: Set<Int> = []
    /// Whether something went to the ladder.
    var usedLadder = false
    /// Deliveries that the bridge has neither settled nor given up.
    var open: Set<DeliveryID> = []
    /// Requests that went out while the platform was down.
    var sendsInOutage = 0
    /// Requests out.
    var out = 0
    /// The first thing that was wrong.
    private(set) var violation: String?

    /// An oracle for a scenario.
    init(_ scenario: Scenario) {
        hasLedger = scenario.settings.hasLedger
        keys = Array(repeating: Key(), count: scenario.keyCount)
        parts = Array(repeating: Part(), count: scenario.parts.count)
        ends = Array(repeating: 0, count: scenario.events.count)
        parkedEvents = ends
        let laneCount = (scenario.parts.map(\.lane).max() ?? 0) + 1
        lanes = Array(repeating: [], count: laneCount)
        acceptances = Array(repeating: [], count: laneCount)
    }

    /// Notes that something is wrong; the first one counts.
    mutating func fail(_ what: @autoclosure () -> String) {
        if violation == nil { violation = what() }
    }

    /// Checks that something holds.
    mutating func require(_ condition: Bool, _ what: @autoclosure () -> String) {
        if !condition { fail(what()) }
    }
}
