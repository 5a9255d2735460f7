package import Telemetry

/// What the console shows: snapshots, taken from outside without a word to the reactor.
package struct ConsoleSources: Sendable {
    /// The body of `/metrics`.
    package let exposition: @Sendable () -> String
    /// How the bridge is.
    package let health: @Sendable () -> HealthSnapshot

    /// Sources from any two closures.
    package init(exposition: @escaping @Sendable () -> String, health: @escaping @Sendable () -> HealthSnapshot) {
        self.exposition = exposition
        self.health = health
    }

    /// What an observer has seen.
    package init(_ observer: Observer) {
        self.init(exposition: { observer.exposition() }, health: { observer.health.snapshot })
    }
}
