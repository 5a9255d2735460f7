import Altcraft
import Outcome
import Poll
import Relay

extension Simulation {
    /// Carries out what the relay wants after an input, and plans its next wake-up.
    func carryOut() {
        var batch: [Action] = []
        swap(&batch, &actions)
        relay.takeActions(into: &batch)
        let current = life
        for action in batch {
            steps += 1
            carryOut(action)
            if scenario.fatalSteps.contains(steps), isAlive { die("in the middle of its work") }
            guard isAlive, life == current else { return }
        }
        batch.removeAll(keepingCapacity: true)
        swap(&batch, &actions)
        planTick()
    }

    /// Plans the relay's next wake-up.
    private func planTick() {
        guard mutation != .stopTimer, let wake = relay.nextWake() else { return }
        let time = max(wake.nanoseconds, now)
        guard time < plannedTick else { return }
        plannedTick = time
        queue.plan(.tick(life: life), at: time)
    }

    /// Carries out one action.
    private func carryOut(_ action: Action) {
        switch action {
        case .send(let id): send(id)
        case .sendBatch(let id): send(id)
        case .askTask(let id): ask(id)
        case .probe: plan(.probeAnswer(life: life), in: mutation == .neverPause ? 0...0 : 5...50)
        case .lookUp(let id): plan(.lookedUp(life: life, id, part: part(id).index), in: 0...3)
        case .record(let id): write(id, .record)
        case .recordIntent(let id): write(id, .intent)
        case .withdrawIntent(let id):
            oracle.left(part(id), relay.delivery(of: id))
            write(id, .withdrawal)
        case .plan(let id): plan(.evaluated(life: life, id), in: 0...4)
        case .park(let id): publish(id, .parking)
        case .delay(let id): publish(id, .delay)
        case .acknowledge(let id, let receipt): acknowledge(id, receipt)
        case .void(let id):
            oracle.require(oracle.open.remove(id) != nil, "delivery \(id.slot) is void, and was not open")
        case .giveBackAll(let generation): giveBackAll(generation)
        case .pauseConsumption: plan(.consume(generation: bridgeGeneration, false), in: 0...2)
        case .resumeConsumption: plan(.consume(generation: bridgeGeneration, true), in: 3...6)
        case .observe(let observation): observe(observation)
        case .finished: finish()
        }
    }

    /// The part that a launch makes: the scenario numbers its parts as elements.
    func part(_ id: LaunchID) -> SimulatedPart {
        scenario.parts[relay.plannedLaunch(id)?.element ?? 0]
    }

    /// Takes note of what the relay tells.
    private func observe(_ observation: Observation) {
        switch observation {
        case .eventEnded(let end):
            log("event of delivery \(end.delivery.slot) ends: \(end.end.rawValue) \(end.reason?.rawValue ?? "")")
        case .launchEnded(let id, let fate):
            let part = part(id)
            log(
                "part \(part.index) ends: \(fate.end.rawValue) \(fate.launchClass.rawValue) \(fate.reason?.rawValue ?? "")"
            )
            oracle.giveUpTask(part, relay.delivery(of: id), now: now)
            oracle.ended(part, relay.delivery(of: id), fate, scenario, wall: wall, life: life)
        case .attemptFailed(let id, let failure):
            log("\(observation)")
            if failure.launchClass == .unknown { oracle.giveUpTask(part(id), relay.delivery(of: id), now: now) }
        case .circuitOpened(let scope, let reason, let wait):
            log("circuit opened: \(scope) \(reason.rawValue), next look in \(wait)")
            mark(scope, isOpen: true)
        case .circuitTrying(let scope), .circuitClosed(let scope, _):
            log("circuit goes: \(scope)")
            mark(scope, isOpen: false)
        case .voided(let count), .gaveBack(let count, _):
            log("\(count) deliveries void")
            oracle.voided()
        default:
            log("\(observation)")
        }
    }

    private func mark(_ scope: CircuitScope, isOpen: Bool) {
        switch scope {
        case .platform: oracle.isPlatformOpen = isOpen
        case .target(.campaign(let target)):
            if isOpen { oracle.openTargets.insert(Int(target)) } else { oracle.openTargets.remove(Int(target)) }
        case .target: break
        }
    }

    /// Acknowledges, as the relay wants it.
    private func acknowledge(_ id: DeliveryID, _ receipt: Receipt) {
        oracle.require(oracle.open.remove(id) != nil, "delivery \(id.slot) is settled, and was not open")
        if mutation == .forgetAcknowledgement, once() { return }
        var tag = receipt.tag
        if mutation == .acknowledgeNeighbour, once() { tag += 1 }
        sendAcknowledgement(receipt.generation, tag)
        if mutation == .acknowledgeTwice, once() { sendAcknowledgement(receipt.generation, tag) }
    }

    /// An acknowledgement leaves the bridge: the moment of truth.
    func sendAcknowledgement(_ generation: UInt32, _ tag: UInt64) {
        log("acknowledge \(generation):\(tag)")
        oracle.require(generation == bridgeGeneration, "acknowledges on another channel")
        oracle.require(acknowledged.insert(tag).inserted, "tag \(tag) is acknowledged twice")
        guard generation == broker.generation else { return }
        guard let message = broker.message(tag) else { return oracle.fail("acknowledges a tag that is not there") }
        oracle.acknowledged(message, owed(message), scenario)
        oracle.ends[message.event] += 1
        lastAcknowledgement = max(lastAcknowledgement, now) + delay(0...4)
        queue.plan(.acknowledgement(generation: generation, tag: tag), at: lastAcknowledgement)
    }

    /// Whether a mutation strikes here: the first time that it can, and now and then later.
    func once() -> Bool {
        mutationCount += 1
        return mutationCount == 1 || mutationCount % 7 == 0
    }

    /// Closes the channel: everything unsettled goes back.
    private func giveBackAll(_ generation: UInt32) {
        log("gives everything back")
        oracle.require(generation == bridgeGeneration, "gives back another channel")
        if mutation == .keepChannel { return }
        // A publish that is out may be confirmed after its message has gone back.
        losses += 1
        if broker.generation == generation { broker.close() }
        bridgeGeneration = 0
        plan(.channelOpen(life: life), in: 20...80)
    }

    /// The relay has stopped in order.
    private func finish() {
        log("finished")
        die("after an orderly stop")
    }

    /// The bridge's process ends, one way or another; it is started again a little later.
    func die(_ how: String) {
        log("the bridge ends \(how)")
        if oracle.out > 0 || !isStopping { deaths += 1 }
        oracle.died(life: life)
        broker.close()
        bridgeGeneration = 0
        isAlive = false
        isStopping = false
        isPublisherUp = false
        actions.removeAll()
        streams.removeAll()
        life += 1
        losses += 1
        plan(.start, in: 50...3000)
    }
}
