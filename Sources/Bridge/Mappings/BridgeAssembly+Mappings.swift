import AMQP
import Altcraft
package import Mapping
package import Poll
package import Settings
import Telemetry

extension BridgeAssembly {
    /// What the checker must know of the settings.
    package static func compileOptions(_ settings: BridgeSettings) -> CompileOptions {
        CompileOptions(request: requestOptions(settings.altcraft), links: Set(settings.altcraft.links.names))
    }

    /// The mappings to start with.
    ///
    /// - Throws: ``MappingStart/Refused``, with everything that is wrong.
    package static func startMappings(_ settings: BridgeSettings) throws(MappingStart.Refused) -> MappingStart {
        try MappingStart.load(checker(settings), store: LastGoodFiles(statePath: settings.process.statePath))
    }

    /// Looks at what the settings name.
    static func checker(_ settings: BridgeSettings) -> MappingChecker {
        MappingChecker(path: settings.mappings.path ?? MappingFolder.usualPath, options: compileOptions(settings))
    }

    /// The start with what the broker takes of it; says what it does not.
    ///
    /// A mapping that was held back for the lack of an exchange is held back after a restart, too. The broker is asked
    /// only where a mapping has changed its bindings since it was last good, and one that cannot be reached holds nobody
    /// back, as the consuming connection will ask again. For a thread with a deep stack.
    package func bindStart(_ start: MappingStart) -> MappingStart {
        let unproven = start.unprovenBindings
        guard !unproven.isEmpty, case .answered(let unbindable) = bind(unproven), !unbindable.isEmpty else {
            return start
        }
        let bound = start.without(unbindable)
        for (name, refusal) in bound.state.refused where start.state.refused[name] != refusal {
            observer.observe(refusal.observation)
        }
        return bound
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
    private var bind: @Sendable ([TopologyPlan.Binding]) -> BindingAnswer {
        guard settings.broker.declaresTopology, let connection = connection(for: "bindings") else {
            return { _ in .answered(unbindable: [:]) }
        }
        let queue = queues.source
        return { bindings in
            do throws(BrokerError) {
                var session = try BrokerSession.open(connection)
                let report = try session.apply(TopologyPlan.bindings(bindings, queue: queue))
                session.close()
                return .answered(unbindable: TopologyPlan.unbindable(bindings, report))
            } catch {
                return .unreachable(error.description)
            }
        }
    }
}
