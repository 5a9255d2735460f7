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
    ) throws(SystemCallError) -> [PeriodicWork] {
        var works: [PeriodicWork] = []
        if let base = connection(for: "gauge") {
            // Each look is a sign of life; the heartbeat only has to be slower than that.
            let connection = ConnectionSettings(
                address: base.address, connectionName: base.connectionName, tls: base.tls,
                authentication: base.authentication, heartbeatSeconds: 60)
            let queues = queues
            works.append(
                try PeriodicWork(name: "amqp-gauge", every: gaugeInterval) {
                    let gauge = QueueGauge(connection, queues: queues) { _ = commands.post(.queuesSeen($0)) }
                    return { gauge.look() }
                })
        }
        if case .file = tokens.origin {
            let (tokens, observer) = (tokens, observer)
            works.append(
                try PeriodicWork(name: "token", every: tokenInterval) {
                    var watch = TokenWatch(tokens, observer: observer) { commands.post(.tokenRenewed) }
                    return { watch.look() }
                })
        }
        return works
    }
}
