import Outcome

extension HealthSnapshot {
    /// Takes over what an observation says about the bridge's health.
    package mutating func apply(_ observation: Observation) {
        switch observation {
        case .connected, .connectionLost, .consuming, .paused, .stopping, .stopped:
            applyLifecycle(observation)
        case .circuitOpened, .circuitProbing, .circuitClosed:
            applyCircuit(observation)
        case .mappingsLive(let version, let mappings):
            mappingsVersion = version
            mappingsLive = mappings.count
        case .mappingRefused(let file, let line, let column, let reason):
            let place = [line, column].compactMap(\.self).map { ":\($0)" }.joined()
            mappingsRefused[file] = place.isEmpty ? reason : "\(place.dropFirst()): \(reason)"
        case .mappingMended(let file, _):
            mappingsRefused[file] = nil
        case .alarmRaised(let alarm, let reason, let advice):
            alarms[alarm] = advice.map { "\(reason); \($0)" } ?? reason
        case .alarmCleared(let alarm):
            alarms[alarm] = nil
        case .started, .publisherConnected, .publisherLost, .staleSettlements, .reloadFailed, .tokenReloaded,
            .warning, .consoleListening:
            break
        case .circuitStays:
            // A probe failed: a circuit that was tried is open again.
            applyCircuit(observation)
        }
    }

    private mutating func applyLifecycle(_ observation: Observation) {
        switch observation {
        case .connected:
            isConnected = true
            hasBeenConnected = true
            connectionReason = nil
        case .connectionLost(let broker, let reason, _):
            isConnected = false
            isConsuming = false
            connectionReason = "no connection to \(broker): \(reason)"
        case .consuming:
            isConsuming = true
            pauseReason = nil
        case .paused(let reason):
            isConsuming = false
            pauseReason = reason
        case .stopping:
            isStopping = true
        default:
            isConnected = false
            isConsuming = false
        }
    }

    private mutating func applyCircuit(_ observation: Observation) {
        switch observation {
        case .circuitOpened(.platform, let reason, let advice):
            circuit = .open
            let cause = "the platform's circuit is open" + (reason.map { ": \($0.rawValue)" } ?? "")
            circuitReason = advice.map { "\(cause); \($0)" } ?? cause
        case .circuitStays(.platform, _, _):
            circuit = .open
        case .circuitProbing(.platform):
            circuit = .halfOpen
        case .circuitClosed(.platform):
            circuit = .closed
            circuitReason = nil
        case .circuitOpened(.target(let name), _, _):
            if !openTargets.contains(name) { openTargets.append(name) }
        case .circuitClosed(.target(let name)):
            openTargets.removeAll { $0 == name }
        default:
            break
        }
    }
}
