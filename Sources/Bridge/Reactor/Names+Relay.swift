package import Relay

// Relay, Telemetry and AMQP each have their own word for what is observed or published; inside the bridge, which joins
// them, the relay's go by these names.

/// What the relay tells.
package typealias RelayObservation = Observation
/// Which circuit the relay speaks of.
package typealias RelayCircuit = CircuitScope
/// Which of a delivery's two publishes the relay speaks of.
package typealias RelayPublication = Publication
/// A launch as the relay takes it.
package typealias RelayLaunch = PlannedLaunch
/// Who goes first, in the relay's terms.
package typealias RelayPriority = Priority
