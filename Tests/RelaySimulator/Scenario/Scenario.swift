import Relay

/// All that a schedule consists of, drawn from its seed: settings, events, faults.
struct Scenario {
    /// Nanoseconds in a second.
    static let second: Int64 = 1_000_000_000
    /// Nanoseconds in a millisecond.
    static let millisecond: Int64 = 1_000_000

    /// What kind of trouble the schedule is about; each kind has invariants of its own beside the common ones.
    enum Kind: CaseIterable {
        /// Anything at any time.
        case storm
        /// The platform is down for a while and nothing else happens: nothing may be parked, and order holds.
        case outage
        /// Small troubles of single calls.
        case weather
        /// One target is sick.
        case target
        /// The bridge dies often.
        case crashes
    }

    let kind: Kind
    var settings = RelaySettings()
    var events: [SimulatedEvent] = []
    var parts: [SimulatedPart] = []
    var windows: [FaultWindow] = []
    var blows: [(time: Int64, blow: Blow)] = []
    /// After so many steps of the bridge it dies: a crash in the middle of something.
    var fatalSteps: [Int] = []
    /// How long a request may take.
    var timeout: Int64 = 10 * second
    /// How many elements the platform reads in one request.
    var mostElements = Int.max
    /// How many launches of an event are planned at once.
    var window = Int.max
    /// How many keys there are.
    var keyCount = 0
    /// Whether probes cannot tell how the platform is, so that launches must be tried.
    var isProbeBlind = false
    /// When the last trouble ends.
    var calmAt: Int64 = 0

    /// Draws a scenario.
    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        kind = Scenario.kind(&generator)
        drawSettings(&generator)
        drawEvents(&generator)
        drawTroubles(&generator)
        let ends = windows.map(\.end) + blows.map(\.time) + events.map(\.time)
        calmAt = ends.max() ?? 0
    }

    private static func kind(_ generator: inout SeededGenerator) -> Kind {
        switch generator.below(10) {
        case 0, 1, 2, 3: .storm
        case 4: .outage
        case 5: .weather
        case 6: .target
        default: .crashes
        }
    }

    private mutating func drawSettings(_ generator: inout SeededGenerator) {
        settings.inFlight = 1 + generator.below(6)
        settings.prefetch = 2 + generator.below(12)
        settings.hasLedger = generator.percent(70)
        settings.acknowledgementTimeout = .seconds(generator.percent(30) ? 120 : 1800)
        settings.refusals = 2 + generator.below(5)
        // An element joins its lane when it is evaluated: a later event may pass what is still in its list.
        if kind != .outage, generator.percent(30) { window = 1 + generator.below(2) }
        if generator.percent(20) { mostElements = 1 + generator.below(4) }
        if generator.percent(20) { settings.ladder = [.seconds(5), .seconds(30)] }
        if generator.percent(15) { settings.rate = RateLimit(perSecond: 5, burst: 2) }
        if kind == .outage { settings.prefetch = 100 }
        // Elsewhere events may be poison, and where all are, a blind probe cannot tell that from an outage.
        // Nor can it with few recipients, so that there the ladder has to outlast the outage.
        isProbeBlind = kind == .outage && settings.ladder.count > 2 && generator.percent(25)
    }

    private mutating func drawTroubles(_ generator: inout SeededGenerator) {
        let span = max(events.map(\.time).max() ?? 0, Scenario.second)
        switch kind {
        case .outage:
            addWindow(outage(&generator), longest: generator.percent(20) ? 3600 : 60, span, &generator)
        case .weather:
            addWindow(.flaky(percent: 5 + generator.below(20)), longest: 60, span, &generator)
        case .target:
            addWindow(targetFault(&generator), longest: 120, span, &generator)
        case .crashes:
            for _ in 0..<1 + generator.below(4) { fatalSteps.append(generator.below(120)) }
            if generator.percent(50) { addWindow(anyFault(&generator), longest: 30, span, &generator) }
        case .storm:
            for _ in 0..<1 + generator.below(3) { addWindow(anyFault(&generator), longest: 90, span, &generator) }
            for _ in 0..<generator.below(4) { addBlow(span, &generator) }
            if generator.percent(30) { fatalSteps.append(generator.below(200)) }
        }
    }

    private mutating func addWindow(
        _ fault: Fault,
        longest: Int,
        _ span: Int64,
        _ generator: inout SeededGenerator
    ) {
        let start = Int64(generator.below(Int(span / Scenario.millisecond) + 1)) * Scenario.millisecond
        let length = Int64(1 + generator.below(longest * 1000)) * Scenario.millisecond
        windows.append(FaultWindow(fault: fault, start: start, end: start + length))
    }

    private mutating func addBlow(_ span: Int64, _ generator: inout SeededGenerator) {
        let time = Int64(generator.below(Int(2 * span / Scenario.millisecond) + 1)) * Scenario.millisecond
        let blow: Blow =
            switch generator.below(8) {
            case 0, 1: .crash
            case 2, 3: .disconnect
            case 4, 5: .publisherLoss
            case 6: .clockJump(seconds: Int64(generator.below(7200)) - 3600)
            default: .restart
            }
        blows.append((time, blow))
    }

    private func outage(_ generator: inout SeededGenerator) -> Fault {
        switch generator.below(7) {
        case 0: .refusedConnections
        case 1: .unavailable
        case 2: .tooMany(seconds: Int64(generator.below(40)))
        case 3: .unauthorized
        case 4: .tariff
        case 5: .hang
        default: .garbage
        }
    }

    private func targetFault(_ generator: inout SeededGenerator) -> Fault {
        switch generator.below(3) {
        case 0: .forbidden(target: 0)
        case 1: .broken(target: 0)
        default: .refusing(target: 0)
        }
    }

    private func anyFault(_ generator: inout SeededGenerator) -> Fault {
        switch generator.below(8) {
        case 0, 1: outage(&generator)
        case 2: targetFault(&generator)
        case 3: .fullDisk
        case 4: .noLedger
        case 5: .noPublishing
        default: .flaky(percent: 10 + generator.below(60))
        }
    }
}

extension SeededGenerator {
    /// A number from 0 up to below `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next() >> 1) % max(bound, 1)
    }

    /// Whether something that happens in so many of a hundred cases happens.
    mutating func percent(_ share: Int) -> Bool {
        below(100) < share
    }
}
