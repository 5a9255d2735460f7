import Altcraft
import Outcome
import Poll
import Relay

extension Simulation {
    /// Lets something happen.
    func happen(_ happening: Happening) {
        if !tasks.isEmpty { oracle.forgetTasks(of: scenario.parts, now: now) }
        switch happening {
        case .publish(let event):
            published += 1
            broker.enqueue(Message(event: event, owed: nil))
            pump()
        case .start: start()
        case .evaluated(let life, let id): planMore(life, id)
        case .blow(let blow): strike(blow)
        case .tick(let life): tick(life)
        case .answer(let life, let id, let part, let outcome): answer(life, id, part, outcome)
        case .batchAnswer(let life, let id, let parts, let outcome): answer(life, id, parts, outcome)
        case .taskAnswer(let life, let id, let parts, let status): answer(life, id, parts, status)
        case .probeAnswer(let life): probeAnswer(life)
        case .carriedOut(let part): oracle.keys[scenario.parts[part].key].carriedOut += 1
        case .lookedUp(let life, let id, let part): lookedUp(life, id, part)
        case .commit(let life, let id, let part, let write, let isFailed): commit(life, id, part, write, isFailed)
        case .committed(let life, let id, let isFailed): committed(life, id, isFailed)
        default: happenAtBroker(happening)
        }
    }

    private func happenAtBroker(_ happening: Happening) {
        switch happening {
        case .arrival(let generation, let tag): arrive(generation, tag)
        case .acknowledgement(let generation, let tag):
            guard generation == broker.generation else { return }
            oracle.require(broker.acknowledge(tag), "the broker does not know tag \(tag)")
            pump()
        case .consume(let generation, let isOn):
            guard generation == broker.generation else { return }
            broker.isConsuming = isOn
            pump()
        case .channelOpen(let life): openChannel(life)
        case .channelLost(let life, let generation): loseChannel(life, generation)
        case .landed(let life, let publisher, let id, let publication, let copy):
            land(life, publisher, id, publication, copy)
        case .confirm(let life, let publisher, let id, let publication, let isFailed):
            confirm(life, publisher, id, publication, isFailed)
        case .returned(let copy):
            broker.delayed -= 1
            broker.enqueue(broker.copies[copy])
            pump()
        case .publisherBack(let life):
            guard life == self.life, isAlive else { return }
            isPublisherUp = true
            relay.publisherReady(at: moment)
            carryOut()
        default: break
        }
    }

    /// A bridge starts: nothing of the last one is left but the ledger.
    private func start() {
        guard !isAlive else { return }
        log("a bridge starts")
        relay = Relay(settings: scenario.settings, seed: random.next(), now: MonotonicTime(nanoseconds: now))
        isAlive = true
        plannedTick = .max
        publisher += 1
        plan(.publisherBack(life: life), in: 10...90)
        plan(.channelOpen(life: life), in: 10...90)
        planBlindTick()
    }

    /// A timer that fires although nobody asked for it must do no harm.
    private func planBlindTick() {
        plannedTick = now + delay(0...200)
        queue.plan(.tick(life: life), at: plannedTick)
    }

    private func tick(_ life: Int) {
        guard life == self.life, isAlive else { return }
        if now >= plannedTick { plannedTick = .max }
        steps += 1
        relay.tick(at: moment)
        carryOut()
    }

    /// Strikes a blow.
    private func strike(_ blow: Blow) {
        log("blow: \(blow)")
        switch blow {
        case .clockJump(let seconds): wallShift += seconds
        case .crash where isAlive: die("by a crash")
        case .disconnect where isAlive && broker.generation != 0:
            broker.close()
            losses += 1
            plan(.channelLost(life: life, generation: bridgeGeneration), in: 0...30)
        case .publisherLoss where isAlive && isPublisherUp:
            isPublisherUp = false
            publisher += 1
            losses += 1
            relay.publisherLost(at: moment)
            carryOut()
            plan(.publisherBack(life: life), in: 100...5000)
        case .restart where isAlive && !isStopping:
            isStopping = true
            relay.stop(deadline: MonotonicTime(nanoseconds: now + 25 * Scenario.second), at: moment)
            carryOut()
        default: break
        }
    }

    /// The broker hands out what it may.
    func pump() {
        while let tag = broker.next(prefetch: scenario.settings.prefetch) {
            lastArrival = max(lastArrival, now) + delay(0...2)
            queue.plan(.arrival(generation: broker.generation, tag: tag), at: lastArrival)
        }
    }

    private func openChannel(_ life: Int) {
        guard life == self.life, isAlive, broker.generation == 0 else { return }
        bridgeGeneration = broker.open()
        acknowledged = []
        log("channel \(bridgeGeneration) is open")
        relay.consumerConnected(generation: bridgeGeneration, at: moment)
        carryOut()
    }

    private func loseChannel(_ life: Int, _ generation: UInt32) {
        guard life == self.life, isAlive else { return }
        if bridgeGeneration == generation { bridgeGeneration = 0 }
        relay.consumerLost(generation: generation, at: moment)
        carryOut()
        plan(.channelOpen(life: self.life), in: 50...3000)
    }

    /// A delivery reaches the bridge.
    private func arrive(_ generation: UInt32, _ tag: UInt64) {
        guard isAlive, let message = broker.message(tag), generation == broker.generation else { return }
        steps += 1
        let parts = owedParts(message)
        let first = parts.prefix(scenario.window)
        let receipt = Receipt(generation: generation, tag: tag)
        let arrival = Arrival(receipt: receipt, isRedelivered: message.isRedelivered, plan: plan(message, parts))
        let id = relay.deliver(arrival, at: moment)
        log(
            "event \(message.event) arrives as \(generation):\(tag), parts \(parts.map(\.part))"
                + (message.isRedelivered ? ", redelivered" : "")
        )
        if let id {
            oracle.arrived(id, first.map { scenario.parts[$0.part] })
            streams[id] = Array(parts.dropFirst(first.count))
            oracle.open.insert(id)
        }
        carryOut()
    }

    /// The parts that a message asks for.
    func owed(_ message: Message) -> [SimulatedPart] {
        guard let owed = message.owed else { return scenario.events[message.event].parts.map { scenario.parts[$0] } }
        return owed.map { scenario.parts[$0.part] }
    }

    /// The same with what they bring along.
    private func owedParts(_ message: Message) -> [OwedPart] {
        message.owed
            ?? scenario.events[message.event].parts.map { OwedPart(part: $0, history: LaunchHistory()) }
    }

    /// What the mappings would say about a message, as far as it is evaluated at once.
    private func plan(_ message: Message, _ parts: [OwedPart]) -> Plan {
        if scenario.events[message.event].isBad { return .park(.undecodable, .notJSON) }
        let first = parts.prefix(scenario.window)
        return plan(first, rest: parts.dropFirst(first.count))
    }

    private func plan(_ parts: ArraySlice<OwedPart>, rest: ArraySlice<OwedPart>) -> Plan {
        Plan(
            launches: parts.map { launch(scenario.parts[$0.part], $0.history) },
            rest: rest.map { owed in
                PlannedRest(
                    mapping: "m\(scenario.parts[owed.part].target)", version: "1",
                    elements: [owed.part..<owed.part + 1], history: owed.history)
            },
            window: scenario.window / 2)
    }

    /// The bridge has evaluated more of an event's launches.
    private func planMore(_ life: Int, _ id: DeliveryID) {
        guard life == self.life, isAlive, relay.awaitsPlan(id) else { return }
        guard let parts = streams[id], !parts.isEmpty else {
            return oracle.fail("asks for launches that are not there")
        }
        let next = parts.prefix(scenario.window)
        var rest = parts.dropFirst(next.count)
        steps += 1
        log("parts \(next.map(\.part)) follow")
        oracle.arrived(id, next.map { scenario.parts[$0.part] })
        if mutation == .forgetRest { rest = [] }
        streams[id] = Array(rest)
        relay.planned(id, plan(next, rest: rest), at: moment)
        carryOut()
    }

    /// The request of a part; the platform knows the part again by what the request says.
    private func request(_ part: SimulatedPart) -> LaunchRequest {
        let target = LaunchTarget.campaign(Int64(part.target))
        guard part.call.isBatch else { return LaunchRequest(call: part.call, target: target, body: []) }
        let name = "p\(part.index)"
        return LaunchRequest(
            call: part.call, target: target, body: Array("{}".utf8),
            element: Array((part.isByID ? #"{"profile_id":"\#(name)"}"# : #"{"email":"\#(name)"}"#).utf8),
            profileID: part.isByID ? name : nil)
    }

    private func launch(_ part: SimulatedPart, _ history: LaunchHistory) -> PlannedLaunch {
        var policy = part.policy
        if mutation == .halveAttempts { policy.attempts = max(policy.attempts / 2, 1) }
        let lane = mutation == .forgetLane ? UInt64(random.below(1_000_000)) : UInt64(part.lane)
        let value = mutation == .forgetKey ? "\(random.next())" : "k\(part.key)"
        return PlannedLaunch(
            mapping: "m\(part.target)",
            version: "1",
            element: part.index,
            request: request(part),
            lane: LaneKey(hash: lane),
            key: LaunchKey(mapping: "m\(part.target)", value: value),
            expiresAt: mutation == .forgetExpiry ? nil : part.expiresAt,
            policy: policy,
            isAllowed: mutation == .forgetStagingList || part.isAllowed,
            history: history
        )
    }
}
