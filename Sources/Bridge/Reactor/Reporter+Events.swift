import AMQP
import Altcraft
import JSON
import Logging
import Outcome
import Poll
import Relay
import Telemetry

/// The lines of events: one for each event's end, one for each failed attempt, and for an event of several launches
/// one for each of those.
extension Reporter {
    /// The end of an event.
    func eventEnded(_ end: EventEnd, _ message: HeldMessage?, parked: ParkedPart?) {
        var line = EventLine(end.end == .parked ? .warning : .info, end.end.rawValue, eventID: message?.eventID ?? "")
        line.end = end.end
        line.outcome = end.launchClass
        line.reason = end.reason
        line.latency = end.latency
        line.version = version
        if let message {
            line.exchange = message.origin.exchange.description
            line.routingKey = message.origin.routingKey.description
            line.isRedelivered = message.delivery.redelivered
            describe(message, in: &line)
        }
        if let parked {
            line.mapping = parked.mapping ?? line.mapping
            if parked.mapping != nil { line.version = parked.version ?? line.version }
            line.detail = [parked.pointer, parked.detail].compactMap(\.self).filter { !$0.isEmpty }.joined(
                separator: ": ")
        }
        observer.observe(line)
    }

    private func describe(_ message: HeldMessage, in line: inout EventLine) {
        if message.fates > 1 { line.launches = message.fates }
        guard let fate = message.lastFate else { return }
        line.mapping = fate.mapping
        line.version = fate.version
        if message.fates == 1 { describe(fate, in: &line) }
    }

    private func describe(_ fate: LaunchFateRecord, in line: inout EventLine) {
        line.launch = fate.launch
        line.recipient = fate.recipient
        line.attempt = fate.attempts + 1
        line.apiLatency = fate.apiLatency
        line.content = fate.content
        if !fate.detail.isEmpty, fate.launchClass != .accepted { line.detail = fate.detail }
    }

    /// The end of one launch of an event that has several.
    func launchEnded(_ fate: LaunchFateRecord, _ message: HeldMessage) {
        var line = EventLine(
            level(of: fate),
            "launch \(fate.launchClass)",
            eventID: message.eventID)
        line.outcome = fate.launchClass
        line.mapping = fate.mapping
        line.version = fate.version
        describe(fate, in: &line)
        observer.observe(line)
    }

    private func level(of fate: LaunchFateRecord) -> Logger.Level {
        switch fate.launchClass {
        case .accepted: fate.isElement ? .debug : .info
        case .skipped: .info
        default: .warning
        }
    }

    /// Something about one launch that is not its end.
    func launchLine(_ note: LaunchNote, _ planned: RelayLaunch?, _ message: HeldMessage?) {
        guard observer.log.isEnabled(note.level) else { return }
        var line = EventLine(note.level, note.message, eventID: message?.eventID ?? "")
        line.outcome = note.outcome
        line.reason = note.reason
        line.attempt = note.attempt
        line.mapping = planned?.mapping
        line.version = planned?.version
        line.launch = planned?.request.target.description
        if !note.detail.isEmpty { line.detail = note.detail }
        observer.observe(line)
    }

    /// Deliveries that were given back to the queue.
    mutating func gaveBack(_ count: Int, _ cause: GiveBackCause) {
        switch cause {
        // The last line of a stop says so.
        case .stopping: givenBack += count
        case .held:
            let deliveries = count.counted("delivery", "deliveries")
            let why = "held for half the acknowledgement timeout while nothing could go on"
            observer.observe(.warning("gave \(deliveries) back to the queue: \(why)", advice: nil))
        }
    }

    /// Deliveries that went with their connection.
    func voided(_ count: Int) {
        guard count > 0 else { return }
        let deliveries = count.counted("unsettled delivery", "unsettled deliveries")
        observer.observe(
            .warning(
                "\(deliveries) went with the connection; the broker delivers again what is not settled", advice: nil))
    }

    /// No more deliveries are asked for.
    func paused() {
        let reason = observer.health.snapshot.circuitReason ?? "nothing more can be launched or parked at the moment"
        observer.observe(.paused(reason: reason))
    }
}

/// What is noted about a launch on its way.
struct LaunchNote {
    var level: LineLevel
    var message: String
    var reason: Reason?
    var outcome: LaunchClass?
    var attempt: Int?
    var detail = ""
}
