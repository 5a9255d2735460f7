import Altcraft
import Outcome
import Relay

extension Simulation {
    /// A request goes out.
    func send(_ id: LaunchID) {
        let part = part(id)
        log("part \(part.index) is sent")
        if scenario.windows.contains(where: { $0.fault.isOutage && $0.holds(at: now) }) { oracle.sendsInOutage += 1 }
        oracle.sent(part, relay.delivery(of: id), life: life, wall: wall, limit: scenario.settings.inFlight)
        request(id, part)
        if mutation == .sendTwice, once() {
            oracle.sent(part, relay.delivery(of: id), life: life, wall: wall, limit: scenario.settings.inFlight)
        }
    }

    /// The platform takes the request, or does not.
    private func request(_ id: LaunchID, _ part: SimulatedPart) {
        let (answer, isCarriedOut) = judge(part)
        var latency = delay(1...40)
        switch answer {
        case .unknown(.timeout): latency = scenario.timeout
        default: break
        }
        if isCarriedOut { queue.plan(.carriedOut(part: part.index), at: now + latency / 2) }
        queue.plan(.answer(life: life, id, part: part.index, answer), at: now + latency)
    }

    /// What becomes of a request, and whether it is carried out.
    private func judge(_ part: SimulatedPart) -> (Answer, Bool) {
        for window in scenario.windows where window.holds(at: now) {
            if let result = judge(window.fault, part) { return result }
        }
        switch part.nature {
        case .plain, .absent: return (.accepted, true)
        case .refused: return (.refused, false)
        case .poison: return (.unknown(.error), false)
        }
    }

    func judge(_ fault: Fault, _ part: SimulatedPart) -> (Answer, Bool)? {
        let isPlain = part.nature == .plain
        switch fault {
        case .refusedConnections: return (.busy(.connect), false)
        case .unavailable: return (.busy(.unavailable), false)
        case .tooMany(let seconds): return (.busy(.tooMany(seconds: seconds)), false)
        case .unauthorized: return (.busy(.unauthorized), false)
        case .tariff: return (.busy(.tariff), false)
        case .hang: return (.unknown(.timeout), isPlain && random.percent(30))
        case .garbage: return (.unknown(.garbage), isPlain && random.percent(30))
        case .flaky(let percent): return random.percent(percent) ? mishap(isPlain) : nil
        case .forbidden(let target): return part.target == target ? (.busy(.forbidden), false) : nil
        case .broken(let target): return part.target == target ? (.unknown(.error), false) : nil
        case .refusing(let target): return part.target == target ? (.refused, false) : nil
        case .fullDisk, .noLedger, .noPublishing: return nil
        }
    }

    /// One of the things that go wrong with a single call.
    private func mishap(_ isPlain: Bool) -> (Answer, Bool) {
        switch random.below(6) {
        case 0: (.busy(.connect), false)
        case 1: (.busy(.unavailable), false)
        case 2: (.busy(.tooMany(seconds: Int64(random.below(8)))), false)
        case 3: (.unknown(.cut), isPlain && random.percent(60))
        case 4: (.unknown(.timeout), isPlain && random.percent(60))
        default: (.unknown(.error), false)
        }
    }

    /// The bridge learns what became of a request.
    func answer(_ life: Int, _ id: LaunchID, _ part: Int, _ answer: Answer) {
        guard life == self.life, isAlive else { return }
        if mutation == .dropAnswer, once() { return }
        steps += 1
        log("part \(part): \(answer)")
        oracle.answered(scenario.parts[part], relay.delivery(of: id), answer, life: life)
        relay.answered(id, outcome(answer), at: moment)
        carryOut()
    }

    /// The answer as the platform's model classifies it.
    private func outcome(_ answer: Answer) -> LaunchOutcome {
        switch answer {
        case .accepted: return .accepted(Acceptance())
        case .refused:
            if mutation == .refusalIsAccepted { return .accepted(Acceptance()) }
            if mutation == .refusalIsBusy { return .busy(Busy(.http503)) }
            return .refused(Refusal(code: 400, text: "no such profile"))
        case .busy(let kind):
            if mutation == .busyIsAccepted { return .accepted(Acceptance()) }
            return .busy(kind.busy)
        case .unknown(let kind):
            if mutation == .unknownIsBusy { return .busy(Busy(.http503)) }
            return .unknown(kind.reason)
        }
    }

    /// A probe is answered.
    func probeAnswer(_ life: Int) {
        guard life == self.life, isAlive else { return }
        steps += 1
        let answer = probeAnswer
        log("probe: \(answer)")
        relay.probed(answer, at: moment)
        carryOut()
    }

    private var probeAnswer: ProbeAnswer {
        if mutation == .neverPause || scenario.isProbeBlind { return .inconclusive }
        guard let window = scenario.windows.first(where: { $0.fault.isOutage && $0.holds(at: now) }) else {
            return .well
        }
        switch window.fault {
        case .refusedConnections: return .sick(.connect, retryAfter: nil)
        case .unauthorized: return .sick(.unauthorized, retryAfter: nil)
        case .tariff: return .sick(.tariff, retryAfter: nil)
        case .tooMany(let seconds): return .sick(.http429, retryAfter: .seconds(seconds))
        case .unavailable: return .sick(.http503, retryAfter: nil)
        default: return .sick(.timeout, retryAfter: nil)
        }
    }
}

extension BusyKind {
    /// In the words of the platform's model.
    var busy: Busy {
        switch self {
        case .connect: Busy(.connect)
        case .unavailable: Busy(.http503)
        case .tooMany(let seconds): Busy(.http429, retryAfter: seconds > 0 ? .seconds(seconds) : nil)
        case .unauthorized: Busy(.unauthorized)
        case .tariff: Busy(.tariff)
        case .forbidden: Busy(.forbidden, scope: .maybeTarget)
        }
    }
}

extension UnknownKind {
    /// In the words of the platform's model.
    var reason: Reason {
        switch self {
        case .timeout: .timeout
        case .cut: .cut
        case .error: .http500
        case .garbage: .notAnEnvelope
        }
    }
}
