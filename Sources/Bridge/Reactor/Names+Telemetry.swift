package import Telemetry

/// What telemetry is told.
package typealias BridgeObservation = Observation
/// Which circuit telemetry speaks of.
package typealias ObservedCircuit = CircuitScope
