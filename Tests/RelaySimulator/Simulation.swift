import Altcraft
import Outcome
import Poll
import Relay

/// One schedule: the real relay in a simulated world, in virtual time, from a seed.
///
/// The world plays broker, platform, ledger, clocks and the bridge's reactor; it carries out what the relay asks for, late,
/// in part, or not at all, as the scenario's faults have it. `Oracle` judges.
final class Simulation {
    /// The wall clock at the start, in seconds since 1970.
    static let wallStart: Int64 = 1_700_000_000
    /// More steps than any honest schedule takes: beyond it something runs in circles.
    static let stepLimit = 20_000
    /// So long after the last trouble everything must be over: poison pays one attempt an hour in the end.
    static let patience: Int64 = 14 * 24 * 3600 * Scenario.second

    let scenario: Scenario
    let mutation: Mutation?
    var random: SeededGenerator
    var trace: [String]?

    var now: Int64 = 0
    var wallShift: Int64 = 0
    var queue = EventQueue()
    var broker = Broker()
    var oracle: Oracle

    // The bridge around the relay.
    var relay: Relay
    var actions: [Action] = []
    /// Counts the bridge's lives; what belongs to an earlier one is lost.
    var life = 0
    var isAlive = false
    var isStopping = false
    var steps = 0
    var deaths = 0
    var plannedTick = Int64.max
    /// The channel that the bridge knows of; 0 for none.
    var bridgeGeneration: UInt32 = 0
    var acknowledged: Set<UInt64> = []
    /// Counts publishing connections; confirms of an earlier one never come.
    var publisher = 0
    var isPublisherUp = false
    /// What reaches the other side in order.
    var lastArrival: Int64 = 0
    var lastAcknowledgement: Int64 = 0
    var published = 0
    /// Times that deliveries became void without the relay asking for it.
    var losses = 0
    /// Messages whose publish may have been confirmed to nobody.
    var spareCopies = 0
    var mutationCount = 0
    /// What has not been planned yet of the deliveries' parts.
    var streams: [DeliveryID: [OwedPart]] = [:]
    /// Tasks of the platform, and when each is done.
    var tasks: [String: Int64] = [:]

    /// Sets a schedule up.
    init(seed: UInt64, mutation: Mutation?, isTraced: Bool) {
        var scenario = Scenario(seed: seed)
        if mutation == .neverPause { scenario.settings.probe = Backoff(first: .zero, ceiling: .zero) }
        self.scenario = scenario
        self.mutation = mutation
        random = SeededGenerator(seed: seed ^ 0x5eed_0f57_0e1d_0001)
        trace = isTraced ? [] : nil
        oracle = Oracle(scenario)
        relay = Relay(settings: scenario.settings, seed: seed, now: MonotonicTime(nanoseconds: 0))
        for (index, event) in scenario.events.enumerated() {
            for _ in 0..<event.copies { queue.plan(.publish(event: index), at: event.time) }
        }
        for (time, blow) in scenario.blows { queue.plan(.blow(blow), at: time) }
        queue.plan(.start, at: 0)
    }

    /// Plays the schedule to its end.
    func run() -> Verdict {
        while oracle.violation == nil, let (time, happening) = queue.next() {
            now = time
            happen(happening)
            if isOver { break }
            oracle.require(steps < Simulation.stepLimit, "runs in circles")
            oracle.require(now < scenario.calmAt + Simulation.patience, "does not come to an end")
        }
        if oracle.violation == nil { checkFinale() }
        return Verdict(kind: "\(scenario.kind)", steps: steps, violation: oracle.violation, trace: trace ?? [])
    }

    /// Whether nothing is left to be done.
    private var isOver: Bool {
        guard now > scenario.calmAt, published == scenario.events.reduce(0, { $0 + $1.copies }) else { return false }
        guard broker.isDrained, isAlive, !isStopping else { return false }
        return relay.snapshot.launches == 0
    }

    /// This moment, as the bridge sees it.
    var moment: Moment {
        Moment(monotonic: MonotonicTime(nanoseconds: now), wallSeconds: wall)
    }

    /// The wall clock.
    var wall: Int64 { Simulation.wallStart + now / Scenario.second + wallShift }

    /// Plans something after so many milliseconds, at least and at most.
    func plan(_ happening: Happening, in range: ClosedRange<Int>) {
        queue.plan(happening, at: now + delay(range))
    }

    /// A delay drawn from a range of milliseconds.
    func delay(_ range: ClosedRange<Int>) -> Int64 {
        Int64(range.lowerBound + random.below(range.count)) * Scenario.millisecond
            + Int64(random.below(Int(Scenario.millisecond)))
    }

    /// Notes a line of the trace, if one is kept.
    func log(_ line: @autoclosure () -> String) {
        guard trace != nil else { return }
        let millis = now / Scenario.millisecond
        trace?.append("\(millis / 1000).\(String(1000 + millis % 1000).dropFirst())  \(line())")
    }

    /// Whether a fault holds now.
    func holds(_ fault: Fault) -> Bool {
        scenario.windows.contains { $0.fault == fault && $0.holds(at: now) }
    }
}

/// How a schedule came out.
package struct Verdict: Sendable {
    /// What kind of trouble it was about.
    package let kind: String
    /// How many inputs and actions of the bridge it took.
    package let steps: Int
    /// What was wrong; `nil` for nothing.
    package let violation: String?
    /// What happened, line by line, if that was asked for.
    package let trace: [String]
}
