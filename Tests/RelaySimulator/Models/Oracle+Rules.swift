import Outcome
import Relay

extension Oracle {
    /// A delivery reaches the bridge: its launches line up.
    mutating func arrived(_ delivery: DeliveryID, _ owed: [SimulatedPart]) {
        for part in owed { lanes[part.lane].append(Entry(delivery: delivery, part: part.index)) }
    }

    /// A request goes out.
    mutating func sent(_ part: SimulatedPart, _ delivery: DeliveryID?, life: Int, wall: Int64, limit: Int) {
        out += 1
        require(out <= limit, "more than \(limit) requests in flight")
        departed(part, delivery, life: life, wall: wall)
    }

    /// A launch goes out, alone or with others.
    mutating func departed(_ part: SimulatedPart, _ delivery: DeliveryID?, life: Int, wall: Int64) {
        checkRepeat(part, life: life)
        require(!isPlatformOpen, "sent while the platform's circuit was open")
        require(!openTargets.contains(part.target), "sent while the target's circuit was open")
        require(part.isAllowed, "sent to a recipient that is not allowed")
        if let expiry = part.expiresAt { require(wall < expiry, "sent after its expiry") }
        checkOrder(part, delivery)
        keys[part.key].outInLife = life
        keys[part.key].sends += 1
    }

    /// No launch is made twice where the first outcome is known.
    private mutating func checkRepeat(_ part: SimulatedPart, life: Int) {
        let key = keys[part.key]
        require(!key.isRecorded, "part \(part.index) is launched again though it is recorded")
        require(key.toldInLife != life, "part \(part.index) is launched again though it was accepted")
        require(key.outInLife != life, "part \(part.index) is launched again while its request is out")
        if part.policy.whenUnsure == .park, hasLedger || life == 0 {
            require(!key.isUnsure, "part \(part.index) is launched again though that is unknown and its mapping parks")
        }
    }

    /// A launch goes only when all that came before it in its lane has left.
    private mutating func checkOrder(_ part: SimulatedPart, _ delivery: DeliveryID?) {
        guard let place = lanes[part.lane].firstIndex(where: { $0.part == part.index && $0.delivery == delivery })
        else {
            return fail("part \(part.index) is launched without being in its lane")
        }
        let first = lanes[part.lane][0].part
        require(place == 0, "part \(part.index) is launched before part \(first) of its lane")
        lanes[part.lane][place].isOut = true
    }

    /// A launch leaves its lane.
    mutating func left(_ part: SimulatedPart, _ delivery: DeliveryID?) {
        guard let place = lanes[part.lane].firstIndex(where: { $0.part == part.index && $0.delivery == delivery })
        else { return }
        lanes[part.lane].remove(at: place)
    }

    /// Deliveries are void: only requests that are out stay in their lanes.
    mutating func voided() {
        for lane in lanes.indices { lanes[lane].removeAll { !$0.isOut } }
    }

    /// The bridge dies: what was out is unknown, and nothing is left of its lanes.
    mutating func died(life: Int) {
        for key in keys.indices {
            let isLost = keys[key].toldInLife == life && !keys[key].isRecorded
            guard keys[key].outInLife == life || isLost else { continue }
            keys[key].isUnsure = true
            keys[key].outInLife = -1
            keys[key].taskDeadline = nil
        }
        for lane in lanes.indices { lanes[lane] = [] }
        isPlatformOpen = false
        openTargets = []
        open = []
        out = 0
    }

    /// A request's outcome reaches the bridge.
    mutating func answered(_ part: SimulatedPart, _ delivery: DeliveryID?, _ answer: Answer, life: Int) {
        out -= 1
        learned(part, delivery, answer, life: life)
    }

    /// The bridge learns what became of a launch; without an answer of its own it was not made.
    mutating func learned(_ part: SimulatedPart, _ delivery: DeliveryID?, _ answer: Answer?, life: Int) {
        keys[part.key].outInLife = -1
        switch answer {
        case nil: break
        case .accepted:
            keys[part.key].toldInLife = life
            keys[part.key].isTold = true
            acceptances[part.lane].append(part.index)
            left(part, delivery)
        case .refused:
            keys[part.key].refusals += 1
        case .busy:
            keys[part.key].failures += 1
        case .unknown:
            keys[part.key].failures += 1
            keys[part.key].isUnsure = true
        }
        markIn(part, delivery)
    }

    private mutating func markIn(_ part: SimulatedPart, _ delivery: DeliveryID?) {
        guard let place = lanes[part.lane].firstIndex(where: { $0.part == part.index && $0.isOut }) else { return }
        lanes[part.lane][place].isOut = false
        // A launch whose delivery is gone is forgotten with its answer.
        if delivery == nil { lanes[part.lane].remove(at: place) }
    }

    /// The bridge says how a launch ended.
    mutating func ended(
        _ part: SimulatedPart,
        _ delivery: DeliveryID?,
        _ fate: LaunchFate,
        _ scenario: Scenario,
        wall: Int64,
        life: Int
    ) {
        left(part, delivery)
        let key = keys[part.key]
        switch (fate.end, fate.reason) {
        case (.skipped, .duplicate):
            let isKnown = scenario.settings.hasLedger ? key.isRecorded : key.toldInLife == life
            require(isKnown, "part \(part.index) is skipped as a duplicate of nothing")
            parts[part.index].isSkipped = true
        case (.skipped, .expired):
            require(part.expiresAt.map { $0 <= wall } ?? false, "part \(part.index) is skipped before its expiry")
            parts[part.index].isSkipped = true
        case (.skipped, .notAllowed):
            require(!part.isAllowed, "part \(part.index) is skipped though it is allowed")
            parts[part.index].isSkipped = true
        case (.skipped, _):
            fail("part \(part.index) is skipped for no reason")
        case (.launched, _):
            let isSafe = key.isTold && (!scenario.settings.hasLedger || key.isRecorded)
            require(isSafe, "part \(part.index) ends as launched before that is recorded")
        case (.parked, _):
            checkParked(part, fate, key, scenario, life: life)
        case (.waiting, _):
            usedLadder = true
        }
    }

    /// Nothing is parked that could have gone on.
    private mutating func checkParked(
        _ part: SimulatedPart,
        _ fate: LaunchFate,
        _ key: Key,
        _ scenario: Scenario,
        life: Int
    ) {
        switch fate.launchClass {
        case .refused where fate.reason == .unreported:
            require(key.unnamed > 0, "part \(part.index) is parked as unreported, and was not left out")
        case .refused: require(key.refusals > 0, "part \(part.index) is parked as refused, and nobody refused it")
        case .exhausted:
            let attempts = part.policy.attempts
            let failures = key.failures + key.refusals
            require(key.failures > 0, "part \(part.index) is exhausted, and it was only refused")
            require(failures >= attempts, "part \(part.index) is exhausted by \(failures) of \(attempts) failures")
            require(scenario.kind != .outage, "part \(part.index) is parked by an outage")
        case .unknown:
            let isByPolicy = part.policy.whenUnsure == .park || (fate.reason == .unreported && key.unnamed > 0)
            require(isByPolicy, "part \(part.index) is parked as unknown against its mapping")
            // A bridge that died between the intent and its withdrawal leaves what its next life cannot know.
            let mayBe = key.isUnsure || (key.isIntended && life > 0) || !scenario.settings.hasLedger
            require(mayBe, "part \(part.index) is parked as unknown, and its outcome is known")
        default: fail("part \(part.index) is parked as \(fate.launchClass)")
        }
    }

    /// The bridge acknowledges: everything that the message asks for must be safe.
    mutating func acknowledged(_ message: Message, _ owed: [SimulatedPart], _ scenario: Scenario) {
        for part in owed {
            let key = keys[part.key]
            let isLaunched = key.isTold && (!scenario.settings.hasLedger || key.isRecorded)
            let state = parts[part.index]
            require(
                isLaunched || state.isSkipped || state.parked > 0 || state.delayed > 0,
                "event \(message.event) is acknowledged before part \(part.index) is safe"
            )
        }
        if owed.isEmpty, scenario.events[message.event].isBad {
            require(parkedEvents[message.event] > 0, "event \(message.event) is acknowledged before it is parked")
        }
    }
}
