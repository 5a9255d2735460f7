import Altcraft
import Outcome
import Relay
import Telemetry

/// What is told about circuits: why nothing goes on, and what a person must do.
extension Reporter {
    mutating func circuitOpened(_ scope: RelayCircuit, _ reason: Reason, wait: Duration) {
        let advice = Self.advice(reason, Self.observed(scope).description)
        guard openCircuits.updateValue(reason, forKey: scope) != reason else {
            // A probe that failed as the one before: no news, but a line, so that nobody takes silence for health.
            return observer.observe(.circuitStays(Self.observed(scope), reason, retry: wait))
        }
        clearAccountAlarms(but: Self.alarm(reason))
        observer.observe(.circuitOpened(Self.observed(scope), reason, advice: advice))
        if let alarm = Self.alarm(reason) {
            let standing = standing(alarm, reason)
            observer.observe(.alarmRaised(alarm, reason: standing.reason, advice: standing.advice))
        }
    }

    /// The words of an alarm: every circuit that is open for it, as many as one can read.
    private func standing(_ alarm: Alarm, _ reason: Reason) -> (reason: String, advice: String) {
        let scopes = openCircuits.filter { Self.alarm($0.value) == alarm }.keys
            .map { Self.observed($0).description }.sorted()
        let more = scopes.count > 10 ? " and \(scopes.count - 10) more" : ""
        let names = scopes.prefix(10).joined(separator: ", ") + more
        return ("\(names): \(reason.rawValue)", Self.advice(reason, names))
    }

    func circuitTrying(_ scope: RelayCircuit) {
        observer.observe(.circuitProbing(Self.observed(scope)))
    }

    mutating func circuitClosed(_ scope: RelayCircuit) {
        let reason = openCircuits.removeValue(forKey: scope)
        observer.observe(.circuitClosed(Self.observed(scope)))
        clearAccountAlarms(but: nil)
        // One that still stands speaks of those that are still open: no news for the log.
        guard let reason, let alarm = Self.alarm(reason), observer.health.snapshot.alarms[alarm] != nil else { return }
        let standing = standing(alarm, reason)
        observer.health.update { $0.alarms[alarm] = "\(standing.reason); \(standing.advice)" }
    }

    /// What stood against the account does not stand any more, unless a circuit is still open for it.
    private func clearAccountAlarms(but kept: Alarm?) {
        let standing = Set(openCircuits.values.compactMap(Self.alarm))
        let alarms = observer.health.snapshot.alarms
        for alarm in [Alarm.unauthorized, .tariff, .forbidden]
        where alarms[alarm] != nil && alarm != kept && !standing.contains(alarm) {
            observer.observe(.alarmCleared(alarm))
        }
    }

    private static func observed(_ scope: RelayCircuit) -> ObservedCircuit {
        switch scope {
        case .platform: .platform
        case .target(let target): .target(target.description)
        }
    }

    private static func alarm(_ reason: Reason) -> Alarm? {
        switch reason {
        case .unauthorized: .unauthorized
        case .tariff: .tariff
        case .forbidden: .forbidden
        default: nil
        }
    }

    /// What a person must do; events wait meanwhile, none is lost.
    private static func advice(_ reason: Reason, _ names: String) -> String {
        switch reason {
        case .unauthorized: "the token is refused: put a valid one into altcraft.token_file (read again by itself)"
        case .tariff: "the account has reached a limit of its tariff: its owner must raise it"
        case .forbidden: "the token may not launch \(names): give it the role and object group"
        case .connect: "the platform cannot be reached: look at altcraft.url, the network and the proxy"
        case .refused: "every launch of it is refused: look at the campaign or scenario in Altcraft; its events wait"
        case .http429: "the platform asks to slow down: altcraft.rate or altcraft.in_flight lower the pace"
        case .notAnEnvelope: "what answers is not the Altcraft API: look at altcraft.url"
        default: "the platform is in trouble; it is tried again by itself, nothing is to be done here"
        }
    }
}
