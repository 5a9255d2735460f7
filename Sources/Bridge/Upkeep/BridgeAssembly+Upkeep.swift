import AMQP
package import Poll
import Settings

extension BridgeAssembly {
    /// How often the queues are looked at: what a scrape of the metrics wants to know.
    package static let gaugeInterval = Duration.seconds(15)
    /// How often the token file is read.
    package static let tokenInterval = Duration.seconds(1)

    /// Starts what goes on beside the reactor: the gauges of the queues, and the watch on the token file.
    ///
    /// - Throws: when the system has no descriptors or threads left.
    package func startUpkeep(
        commands: Mailbox<ReactorCommand>, gaugeEvery gaugeInterval: Duration = Self.gaugeInterval,
        tokenEvery tokenInterval: Duration = Self.tokenInterval
    ) throws(SystemCallError) -> Upkeep {
        var upkeep = Upkeep()
        if let base = connection(for: "gauge") {
            // Each look is a sign of life; the heartbeat only has to be slower than that.
            let connection = ConnectionSettings(
                address: base.address, connectionName: base.connectionName, tls: base.tls,
                authentication: base.authentication, heartbeatSeconds: 60)
            let queues = queues
            upkeep.gauge = try PeriodicWork(name: "amqp-gauge", every: gaugeInterval) {
                let gauge = QueueGauge(connection, queues: queues) { _ = commands.post(.queuesSeen($0)) }
                return { gauge.look() }
            }
        }
        if case .file = tokens.origin {
            let (tokens, observer) = (tokens, observer)
            upkeep.token = try PeriodicWork(name: "token", every: tokenInterval) {
                var watch = TokenWatch(tokens, observer: observer) { commands.post(.tokenRenewed) }
                return { watch.look() }
            }
        }
        return upkeep
    }
}

/// What goes on beside the reactor, each on a thread of its own.
package struct Upkeep: Sendable {
    fileprivate(set) var gauge: PeriodicWork?
    fileprivate(set) var token: PeriodicWork?

    /// Has the token's file looked at now, where the token is in one; from any thread, never waits.
    package func lookForToken() {
        token?.hurry()
    }

    /// Ends all of it; from any thread, never waits.
    package func stop() {
        gauge?.stop()
        token?.stop()
    }
}
