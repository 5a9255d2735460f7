package import Outcome

/// Everything that can happen to the bridge beside the ends of events: the closed list of what an operator is told.
///
/// Each case becomes one log line, moves its metrics and changes what `/health/ready` shows, all in `Observer`.
/// Texts are free of secrets: whoever observes has redacted them.
package enum Observation: Sendable, Hashable {
    /// The process has read its settings and mappings and begins.
    case started(version: String, queue: String, mappings: Int)
    /// The consuming connection stands.
    case connected(broker: String)
    /// The consuming connection is gone or was not made; the next try comes after `retry`.
    case connectionLost(broker: String, reason: String, retry: Duration)
    /// Messages are being taken from the queue.
    case consuming(queue: String)
    /// Messages are not being taken, though the connection stands.
    case paused(reason: String)
    /// A circuit opened: the platform's, or one target's.
    case circuitOpened(CircuitScope, Reason?, advice: String?)
    /// A circuit stays open, as a probe failed like the one before; the next try comes after `retry`.
    case circuitStays(CircuitScope, Reason, retry: Duration)
    /// A circuit lets a few launches through.
    case circuitProbing(CircuitScope)
    /// A circuit closed.
    case circuitClosed(CircuitScope)
    /// The publishing connection stands.
    case publisherConnected
    /// The publishing connection is gone.
    case publisherLost(reason: String, retry: Duration)
    /// The settlements of an older connection were dropped.
    case staleSettlements(Int)
    /// A mapping set went live; refused files keep their last good versions.
    case mappingsLive(version: String, mappings: [MappingVersion])
    /// A mapping file is refused.
    case mappingRefused(file: String, line: Int?, column: Int?, reason: String)
    /// A mapping file that was refused is good again, or gone.
    case mappingMended(file: String, isGone: Bool = false)
    /// Mappings changed in part or whole could not be loaded at all; what was live stays live.
    case reloadFailed(reason: String)
    /// Something that an operator must look at.
    case alarmRaised(Alarm, reason: String, advice: String?)
    /// An alarm is over.
    case alarmCleared(Alarm)
    /// The token file was read again.
    case tokenReloaded
    /// Something works, but not as it should.
    case warning(String, advice: String?)
    /// The console answers at this address.
    case consoleListening(address: String)
    /// The process was told to stop.
    case stopping(signal: String)
    /// The process ends; what was given back to the queue comes again.
    case stopped(givenBack: Int)
}

/// Which circuit: the platform's, or that of one target by its name in the log.
package enum CircuitScope: Sendable, Hashable {
    case platform
    case target(String)

    /// The word of the log: `platform`, `campaign 4101`.
    package var description: String {
        switch self {
        case .platform: "platform"
        case .target(let name): name
        }
    }
}

/// A live mapping and its version.
package struct MappingVersion: Sendable, Hashable {
    /// The mapping's name.
    package let mapping: String
    /// The hash of its content.
    package let version: String

    /// Names a mapping's version.
    package init(mapping: String, version: String) {
        self.mapping = mapping
        self.version = version
    }
}
