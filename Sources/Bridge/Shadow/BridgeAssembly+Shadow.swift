import AMQP
import Mapping
package import Poll
package import Settings
import Telemetry

extension BridgeAssembly {
    /// The mappings as they are in the folder: last good versions are those of the bridge that runs.
    ///
    /// - Throws: ``MappingStart/Refused``, with everything that is wrong.
    package static func shadowMappings(_ settings: BridgeSettings) throws(MappingStart.Refused) -> MappingStart {
        try MappingStart.load(
            checker(settings), store: LastGoodFiles(statePath: settings.process.statePath), usesLastGood: false)
    }

    /// Puts a shadow together, and says what it will not see.
    ///
    /// - Throws: ``Fault``.
    package func makeShadow(
        mappings start: MappingStart, commands: Mailbox<ReactorCommand>, wakeup: Wakeup, signals: SignalSource?,
        showsContent: Bool
    ) throws(Fault) -> ShadowReactor {
        guard let connection = connection(for: "shadow") else { throw .missing("broker.url") }
        let shadow = ShadowTopology(
            source: queues.source,
            mappings: start.state.mappings.filter(\.isEnabled).map { ($0.name, $0.bindings) })
        if let (sentence, advice) = shadow.advice { observer.observe(.warning(sentence, advice: advice)) }
        let consumer = ConsumerSettings(
            queue: shadow.queue, consumerTag: "trigger-bridge-shadow",
            prefetch: UInt16(clamping: settings.broker.prefetch))
        return ShadowReactor(
            ShadowParts(
                wakeup: wakeup, signals: signals, commands: commands,
                connector: BrokerConnector(
                    connection: connection, consumer: consumer, topology: shadow.topology,
                    generations: GenerationSource(), wakeup: wakeup),
                shadow: shadow, intake: intake, mappings: start.live, observer: observer,
                showsContent: showsContent))
    }
}
