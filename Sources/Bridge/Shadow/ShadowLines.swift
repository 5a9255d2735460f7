import AMQP
import Altcraft
import Logging
import Outcome
import Relay
import Telemetry

/// What a shadow says of an event: a line for each launch, and for each part that would end without one.
///
/// Pure. None of them carries an `end`: nothing ended, and what is counted is what would become of it.
struct ShadowLines {
    /// Whether the content of launches is shown.
    let showsContent: Bool
    /// The version of the mapping set.
    let version: String

    /// The lines of one event.
    func lines(_ taken: Intake.Result, _ delivery: Delivery, now: Moment) -> [EventLine] {
        let lines =
            taken.plan.launches.map { line(of: $0, taken.eventID, now) }
            + taken.plan.ended.map { line(of: $0, taken.eventID) }
        return lines.map { line in
            var line = line
            line.exchange = delivery.exchange.description
            line.routingKey = delivery.routingKey.description
            line.isRedelivered = delivery.redelivered
            return line
        }
    }

    private func line(of launch: PlannedLaunch, _ eventID: String, _ now: Moment) -> EventLine {
        let obstacle = obstacle(of: launch, now)
        var line = Self.line(obstacle == nil ? .launch : .skip, .info, eventID)
        line.outcome = obstacle == nil ? nil : .skipped
        line.reason = obstacle
        line.mapping = launch.mapping
        line.version = launch.version
        line.launch = launch.request.target.description
        line.recipient = launch.maskedRecipient
        if showsContent, obstacle == nil { line.content = String(decoding: launch.request.body, as: UTF8.self) }
        return line
    }

    private static func line(_ verdict: ShadowVerdict, _ level: Logger.Level, _ eventID: String) -> EventLine {
        var line = EventLine(level, verdict.message, eventID: eventID)
        line.shadow = verdict
        return line
    }

    /// What keeps a planned launch from being made; duplicates are not known without the ledger.
    private func obstacle(of launch: PlannedLaunch, _ now: Moment) -> Reason? {
        guard launch.isAllowed else { return .notAllowed }
        guard let expiry = launch.expiresAt, expiry <= now.wallSeconds else { return nil }
        return .expired
    }

    private func line(of end: PlannedEnd, _ eventID: String) -> EventLine {
        var line =
            end.launchClass == .skipped
            ? Self.line(.skip, .info, eventID) : Self.line(.park, .warning, eventID)
        line.outcome = end.launchClass
        line.reason = end.reason
        line.mapping = end.mapping
        line.version = end.version ?? version
        let detail = [end.pointer, end.detail].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": ")
        line.detail = detail.isEmpty ? nil : detail
        return line
    }
}
