import AMQP
import Altcraft
package import Mapping
package import Poll
package import Settings

extension BridgeAssembly {
    /// What the checker must know of the settings.
    package static func compileOptions(_ settings: BridgeSettings) -> CompileOptions {
        CompileOptions(request: requestOptions(settings.altcraft), links: Set(settings.altcraft.links.names))
    }

    /// The mappings to start with.
    ///
    /// - Throws: ``MappingStart/Refused``, with everything that is wrong.
    package static func startMappings(_ settings: BridgeSettings) throws(MappingStart.Refused) -> MappingStart {
        try MappingStart.load(
            MappingFolder(path: settings.mappings.path ?? "mappings"), options: compileOptions(settings),
            store: LastGoodFiles(statePath: settings.process.statePath))
    }

    /// Starts the thread that watches the folder and posts what goes live to the reactor.
    ///
    /// - Throws: when the system has no descriptors or threads left.
    package func watchMappings(
        _ start: MappingStart, commands: Mailbox<ReactorCommand>
    ) throws(SystemCallError) -> MappingWatch {
        let watch = try MappingWatch()
        let counterparts = MappingReloader.Counterparts(
            bind: bind, goLive: { commands.post(.useMappings($0)) }, observer: observer)
        try watch.start(MappingReloader(start, counterparts))
        return watch
    }

    /// Binds on a connection of its own, which waits for the broker: for any thread but the reactor, with a deep stack.
    ///
    /// - Returns: what could not be bound, each with the reason; where the broker cannot be reached that is all of it.
    private var bind: @Sendable ([TopologyPlan.Binding]) -> [TopologyPlan.Binding: String] {
        guard settings.broker.declaresTopology, let connection = connection(for: "bindings") else {
            return { _ in [:] }
        }
        let queue = queues.source
        return { bindings in
            do throws(BrokerError) {
                var session = try BrokerSession.open(connection)
                let report = try session.apply(TopologyPlan.bindings(bindings, queue: queue))
                session.close()
                return TopologyPlan.unbindable(bindings, report)
            } catch {
                return Dictionary(uniqueKeysWithValues: bindings.map { ($0, error.description) })
            }
        }
    }
}
