import AMQP
import BrokerSupport
import Foundation
import HTTPSupport
import JSON
import Poll
import Settings
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Bridge

/// A bridge as `run` puts it together, with a private broker, a scripted platform and a folder of its own.
///
/// The reactor has its thread, the reload its own; whoever drives it blocks, so it belongs on a thread of a test's own.
final class RunningBridge {
    let host: VirtualHost
    let platform: ScriptedServer
    let folder: TemporaryFolder
    let probe: ReloadProbe
    let start: MappingStart
    private let assembly: BridgeAssembly
    private let commands: Mailbox<ReactorCommand>
    private let watch: MappingWatch
    private let end: End

    private final class End: Sendable {
        let value = Mutex<Result<ReactorEnd, any Error>?>(nil)
    }

    /// Starts it, and waits until it consumes.
    init(_ folder: TemporaryFolder, _ host: VirtualHost, platform: ScriptedServer) throws {
        self.folder = folder
        self.host = host
        self.platform = platform
        probe = try ReloadProbe()
        let settings = try SettingsLoader.load(
            SettingSources(flags: [
                "broker.url": [host.url()], "broker.queue": ["orders"], "broker.declare": ["true"],
                "altcraft.url": ["http://127.0.0.1:\(platform.port)"], "altcraft.token": ["secret"],
                "mappings.path": [folder.path("mappings")], "state.path": [folder.path("state")],
            ])
        ).settings
        let token = try TokenSource(#require(settings.altcraft.token))
        var start = try BridgeAssembly.startMappings(settings)
        assembly = BridgeAssembly(settings: settings, observer: probe.observer, tokens: token, version: "test")
        for observation in start.observations { probe.observer.observe(observation) }
        start = assembly.bindStart(start)
        let wakeup = try Wakeup()
        commands = Mailbox(capacity: 16, wakeup: wakeup)
        self.start = start
        watch = try assembly.watchMappings(start, commands: commands)
        end = End()
        try run(wakeup)
        guard probe.waitUntil(within: .seconds(30), { $0.health.isConsuming }) else { throw Late() }
    }

    struct Late: Error {}

    private func run(_ wakeup: Wakeup) throws {
        let (assembly, start, commands, watch, end) = (assembly, start, commands, watch, end)
        try DeepStackThread.start(name: "reactor") {
            let result = Result {
                try assembly.makeReactor(
                    mappings: start.live, ledger: nil, commands: commands, wakeup: wakeup, signals: nil,
                    showsContent: false, onHangUp: watch.reload
                ).run()
            }
            end.value.withLock { $0 = result }
        }
    }

    /// Ends it in order, and waits for that.
    func stop() -> Bool {
        watch.stop()
        _ = commands.post(.stop)
        return probe.waitUntil { _ in end.value.withLock { $0 != nil } }
    }

    /// Which campaigns the platform was asked to launch, in order.
    var launched: [Int] {
        platform.log.requests.compactMap { request in
            (try? JSONDocument.parse(request.body)).flatMap { $0.root["id"]?.number?.int64 }.map(Int.init)
        }
    }
}
