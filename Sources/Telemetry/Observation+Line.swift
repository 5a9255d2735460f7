package import Logging
import Outcome

extension Observation {
    /// How bad it is: notice for the course of life, warning for what is degraded, error for what needs a person.
    package var level: Logger.Level {
        switch self {
        case .started, .connected, .consuming, .circuitClosed, .circuitProbing, .circuitStays, .publisherConnected,
            .mappingsLive,
            .mappingMended, .alarmCleared, .tokenReloaded, .consoleListening, .stopping, .stopped:
            .notice
        case .connectionLost, .paused, .circuitOpened, .publisherLost, .staleSettlements, .warning:
            .warning
        case .mappingRefused, .reloadFailed, .alarmRaised:
            .error
        }
    }

    /// The message of the log line: always the same words, so that they can be searched for.
    package var message: String {
        switch self {
        case .started: "started"
        case .connected: "connected to the broker"
        case .connectionLost: "no connection to the broker"
        case .consuming: "consuming"
        case .paused: "consumption paused"
        case .circuitOpened: "circuit opened"
        case .circuitStays: "circuit stays open"
        case .circuitProbing: "circuit probing"
        case .circuitClosed: "circuit closed"
        case .publisherConnected: "publisher connected"
        case .publisherLost: "publisher not connected"
        case .staleSettlements: "settlements of an older connection dropped"
        case .mappingsLive: "mappings live"
        case .mappingRefused: "mapping refused"
        case .mappingMended: "mapping mended"
        case .reloadFailed: "reload failed"
        case .alarmRaised: "alarm raised"
        case .alarmCleared: "alarm cleared"
        case .tokenReloaded: "token read again"
        case .warning(let sentence, _): sentence
        case .consoleListening: "console listening"
        case .stopping: "stopping"
        case .stopped: "stopped"
        }
    }

    /// Adds what the line tells beside the message.
    package func addMembers(to line: inout LogLine) {
        switch self {
        case .started, .connected, .connectionLost, .consuming, .paused, .publisherLost, .staleSettlements,
            .stopping, .stopped, .consoleListening:
            addLifecycleMembers(to: &line)
        case .mappingsLive, .mappingRefused, .mappingMended, .reloadFailed:
            addMappingMembers(to: &line)
        case .circuitOpened(let scope, let reason, let advice):
            line.add(.scope, scope.description)
            line.add(.reason, reason?.rawValue)
            line.add(.advice, advice)
        case .circuitStays(let scope, let reason, let retry):
            line.add(.scope, scope.description)
            line.add(.reason, reason.rawValue)
            line.add(.retryMilliseconds, milliseconds: retry)
        case .circuitProbing(let scope), .circuitClosed(let scope):
            line.add(.scope, scope.description)
        case .alarmRaised(let alarm, let reason, let advice):
            line.add(.alarm, alarm.rawValue)
            line.add(.reason, reason)
            line.add(.advice, advice)
        case .alarmCleared(let alarm):
            line.add(.alarm, alarm.rawValue)
        case .warning(_, let advice):
            line.add(.advice, advice)
        case .publisherConnected, .tokenReloaded:
            break
        }
    }

    private func addLifecycleMembers(to line: inout LogLine) {
        switch self {
        case .started(let version, let queue, let mappings):
            line.add(.version, version)
            line.add(.queue, queue)
            line.add(.mappings, mappings)
        case .connected(let broker):
            line.add(.broker, broker)
        case .connectionLost(let broker, let reason, let retry):
            line.add(.broker, broker)
            line.add(.reason, reason)
            line.add(.retryMilliseconds, milliseconds: retry)
        case .consuming(let queue):
            line.add(.queue, queue)
        case .paused(let reason):
            line.add(.reason, reason)
        case .publisherLost(let reason, let retry):
            line.add(.reason, reason)
            line.add(.retryMilliseconds, milliseconds: retry)
        case .staleSettlements(let count):
            line.add(.count, count)
        case .stopped(let givenBack):
            line.add(.givenBack, givenBack)
        case .stopping(let signal):
            line.add(.signal, signal)
        case .consoleListening(let address):
            line.add(.address, address)
        default:
            break
        }
    }

    private func addMappingMembers(to line: inout LogLine) {
        switch self {
        case .mappingsLive(let version, let mappings):
            line.add(.version, version)
            line.add(.mappings, mappings.count)
        case .mappingRefused(let file, let lineNumber, let column, let reason):
            line.add(.file, file)
            if let lineNumber { line.add(.line, lineNumber) }
            if let column { line.add(.column, column) }
            line.add(.reason, reason)
        case .mappingMended(let file, let isGone):
            line.add(.file, file)
            if isGone { line.add(.detail, "the file is gone, and nothing of it is live") }
        case .reloadFailed(let reason):
            line.add(.reason, reason)
        default:
            break
        }
    }
}
