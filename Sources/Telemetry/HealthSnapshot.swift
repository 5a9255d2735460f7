import Synchronization

/// How the bridge is, as `/health/ready` tells: a value, replaced as a whole.
package struct HealthSnapshot: Sendable, Hashable {
    /// Whether the consuming connection stands.
    package var isConnected = false
    /// Whether it ever stood.
    package var hasBeenConnected = false
    /// Whether messages are being taken from the queue.
    package var isConsuming = false
    /// Whether the bridge has been told to stop.
    package var isStopping = false
    /// The platform's circuit.
    package var circuit = CircuitState.closed
    /// Why the circuit is open, in a sentence.
    package var circuitReason: String?
    /// Targets whose own circuit is open: a fact, no reason against being ready.
    package var openTargets: [String] = []
    /// The alarms that stand, each with a sentence.
    package var alarms: [Alarm: String] = [:]
    /// What the connection waits for, in a sentence.
    package var connectionReason: String?
    /// Why nothing is taken from the queue though the connection stands, in a sentence.
    package var pauseReason: String?
    /// The version of the live mapping set.
    package var mappingsVersion: String?
    /// How many mappings are live.
    package var mappingsLive = 0
    /// Refused files with their first error, by name: their last good versions stay live.
    package var mappingsRefused: [String: String] = [:]

    /// How a bridge is that has just begun.
    package init() {}

    /// Whether the bridge does its work: it is connected, consumes, and the platform's circuit is closed.
    package var isReady: Bool {
        isConnected && isConsuming && circuit == .closed && !isStopping
    }

    /// Why the bridge is not ready, a sentence each; empty when it is.
    package var reasons: [String] {
        var reasons: [String] = []
        if isStopping { reasons.append("stopping") }
        if !isConnected {
            reasons.append(connectionReason ?? "not connected to the broker")
        } else if !isConsuming, circuit == .closed, !isStopping {
            reasons.append(pauseReason ?? "not consuming")
        }
        if circuit != .closed { reasons.append(circuitReason ?? "the platform's circuit is \(circuit.rawValue)") }
        if !isReady { reasons += alarms.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value) }
        return reasons
    }
}

/// The place where the bridge's health is kept for whoever looks from outside.
package final class HealthBoard: Sendable {
    private let current = Mutex(HealthSnapshot())

    /// A board that shows a bridge which has just begun.
    package init() {}

    /// How the bridge is now.
    package var snapshot: HealthSnapshot {
        current.withLock { $0 }
    }

    /// Changes what is shown.
    package func update(_ change: (inout HealthSnapshot) -> Void) {
        current.withLock { change(&$0) }
    }
}
