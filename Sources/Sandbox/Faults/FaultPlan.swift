import Foundation

/// The faults that are in force, and the random numbers they are drawn with.
///
/// The n-th request that fits a rule always draws the same number of a seed, so a run with requests in one order can be
/// repeated exactly.
struct FaultPlan: Sendable {
    /// Most rules at a time; each request is compared with all of them.
    static let most = 1_000

    private(set) var rules: [FaultRule] = []
    private(set) var seed: UInt64
    private var nextID = 1

    init(seed: UInt64) {
        self.seed = seed
    }

    /// Whether there is any fault, so that requests need not be looked at without one.
    var isEmpty: Bool { rules.isEmpty }

    /// Adds rules, with numbers of their own.
    mutating func add(_ new: [FaultRule], seed: UInt64?) {
        if let seed { self.seed = seed }
        for rule in new {
            var rule = rule
            rule.id = nextID
            nextID += 1
            rules.append(rule)
        }
    }

    /// Ends all faults.
    mutating func clear() { rules = [] }

    /// Ends one fault; whether there was such a one.
    mutating func remove(_ id: Int) -> Bool {
        let before = rules.count
        rules.removeAll { $0.id == id }
        return rules.count < before
    }

    /// Whether a connection is closed before the body is read; only rules that need no body are asked.
    mutating func cutsBefore(_ endpoint: String, now: Date) -> Bool {
        let probe = FaultProbe(endpoint: endpoint)
        for place in rules.indices where rules[place].kind == .cutBefore && rules[place].needsNoBody {
            if draw(place, probe, now) != nil { return true }
        }
        return false
    }

    /// What becomes of a request whose body has been read: waits add up, and the first other fault that hits is it.
    mutating func decide(_ probe: FaultProbe, now: Date) -> FaultDecision {
        var decision = FaultDecision.none
        for place in rules.indices {
            let rule = rules[place]
            if rule.kind == .cutBefore, rule.needsNoBody { continue }
            if !rule.kind.onlyDelays, decision.effect != nil { continue }
            guard let random = draw(place, probe, now) else { continue }
            switch rule.kind {
            case .latency(let range):
                decision.delay += range.lowerBound + Int(random % UInt64(range.count))
            case .slow(let milliseconds): decision.trickle += milliseconds
            default:
                decision.effect = rule.kind
                decision.isCarriedOut = rule.isCarriedOut
                decision.random = random
            }
        }
        return decision
    }

    /// A number of the seed's when the rule hits the request, else nil.
    private mutating func draw(_ place: Int, _ probe: FaultProbe, _ now: Date) -> UInt64? {
        guard rules[place].fits(probe, now: now) else { return nil }
        rules[place].seen += 1
        guard rules[place].seen > rules[place].after else { return nil }
        let random = Self.mix(seed, UInt64(rules[place].id), UInt64(rules[place].seen))
        guard Double(random >> 11) / Double(1 << 53) < rules[place].share else { return nil }
        rules[place].hits += 1
        return Self.mix(random, 1, 2)
    }

    /// SplitMix64 over three numbers.
    private static func mix(_ seed: UInt64, _ rule: UInt64, _ request: UInt64) -> UInt64 {
        var state = seed &+ rule &* 0x9E37_79B9_7F4A_7C15 &+ request &* 0xD1B5_4A32_D192_ED03
        state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
        return state ^ (state >> 31)
    }
}
