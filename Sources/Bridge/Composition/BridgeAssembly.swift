package import AMQP
package import Altcraft
import HTTPTransport
import JSON
import Mapping
import Poll
import Relay
package import Settings
package import Telemetry

/// Puts a reactor together from settings: the one place where settings become parts.
package struct BridgeAssembly {
    /// The settings, checked.
    package let settings: BridgeSettings
    /// Where everything is told.
    package let observer: Observer
    /// The token as it is now.
    package let tokens: TokenSource
    /// The build's version, which operators see in the connection's name.
    package let version: String

    /// Takes the settings and what was made of them.
    package init(settings: BridgeSettings, observer: Observer, tokens: TokenSource, version: String) {
        self.settings = settings
        self.observer = observer
        self.tokens = tokens
        self.version = version
    }

    /// Which queues there are.
    package var queues: QueueNames {
        Self.queues(settings)
    }

    /// Which queues there are by some settings.
    package static func queues(_ settings: BridgeSettings) -> QueueNames {
        QueueNames(source: settings.broker.queue ?? "", ladder: settings.retries.ladder)
    }

    /// How requests are written.
    package var encoder: RequestEncoder {
        let links = Dictionary(
            uniqueKeysWithValues: settings.altcraft.links.names.compactMap { name in
                settings.altcraft.links[name].map { (name, $0.reveal()) }
            })
        return RequestEncoder(
            baseURL: settings.altcraft.url?.description ?? "", links: links,
            options: Self.requestOptions(settings.altcraft))
    }

    /// What the settings decide about requests.
    package static func requestOptions(_ settings: AltcraftSettings) -> RequestOptions {
        var options = RequestOptions()
        options.tokenPlace = settings.tokenIn == .header ? .header : .body
        options.encoding = settings.encoding == .xml ? .xml : .json
        switch settings.trailingSlash {
        case .documented: break
        case .always: options.trailingSlash = .always
        case .never: options.trailingSlash = .never
        }
        options.singleModes = settings.singleModes == .all ? .all : .documented
        options.customDataPlace = settings.customDataIn == .root ? .root : .element
        options.importSearch = settings.importSearch == .inside ? .inside : .beside
        options.databaseID = settings.databaseID.map(Int64.init)
        options.sendsFormat = settings.sendsFormat
        return options
    }

    /// How to reach the broker under a name.
    package func connection(for purpose: String) -> ConnectionSettings? {
        Self.connection(settings.broker, name: "trigger-bridge \(version) \(purpose)")
    }

    /// How to reach the broker of some settings under a name, which operators see; nil where they name none.
    package static func connection(_ settings: BrokerSettings, name: String) -> ConnectionSettings? {
        guard let address = settings.address else { return nil }
        var tls = BrokerTLS()
        if let file = settings.caFile { tls.authoritiesFile = file }
        if let certificate = settings.certificateFile, let key = settings.keyFile {
            tls.identity = BrokerTLS.Identity(certificateFile: certificate, keyFile: key)
        }
        return ConnectionSettings(
            address: address, connectionName: name, tls: tls,
            authentication: settings.authentication == .external ? .certificate : .password,
            heartbeatSeconds: Int(settings.heartbeat.nanoseconds / 1_000_000_000))
    }
}
