import Logging
import Synchronization
import Telemetry

@testable import Console

/// Snapshots that a test sets.
final class Shown: Sendable {
    let health = HealthBoard()
    let text = Mutex("trigger_bridge_x 1\n")

    var sources: ConsoleSources {
        ConsoleSources(exposition: { self.text.withLock { $0 } }, health: { self.health.snapshot })
    }

    /// Makes the bridge ready.
    func ready() {
        health.update { health in
            health.apply(.connected(broker: "rabbit"))
            health.apply(.consuming(queue: "orders"))
        }
    }
}

extension Logger {
    /// A logger that tells nobody.
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
