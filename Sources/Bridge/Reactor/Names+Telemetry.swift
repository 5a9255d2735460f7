package import Telemetry

/// Which circuit telemetry speaks of.
package typealias ObservedCircuit = CircuitScope
