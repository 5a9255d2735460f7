package import AMQP
import Outcome
import Poll
package import Relay

/// Decides what becomes of a parked event when it is redriven, by evaluating it as the bridge will.
///
/// Pure but for the mappings that it keeps. What would be parked again, or be skipped, stays where it is: a redrive
/// launches, or changes nothing.
package struct RedriveJudge {
    private let intake: Intake
    /// The queue that parked events go back to.
    package let source: String
    /// Launches what has expired, too.
    package let ignoresExpiry: Bool

    /// A judge for the events of a queue.
    package init(_ intake: Intake, source: String, ignoresExpiry: Bool) {
        self.intake = intake
        self.source = source
        self.ignoresExpiry = ignoresExpiry
    }

    /// What becomes of an event.
    package func judge(_ parked: Delivery, _ record: ParkedRecord, now: Moment) -> RedriveVerdict {
        let message = Delivery(
            receipt: parked.receipt, exchange: "", routingKey: AMQPText(source), redelivered: false,
            properties: properties(of: parked, record), body: parked.body)
        let plan = intake.take(message, origin: Origin(of: message, now: now.wallSeconds), now: now).plan
        let parks = plan.ended.filter { $0.launchClass != .skipped }
        if let late = plan.launches.first(where: { $0.expiresAt.map { $0 <= now.wallSeconds } ?? false }) {
            return .stays(.expired(mapping: late.mapping, at: late.expiresAt ?? 0))
        }
        if plan.launches.contains(where: \.isAllowed) { return .launches(plan.launches, parks: parks) }
        if let end = parks.first { return .stays(.parksAgain(end)) }
        return .stays(.launchesNothing(Self.words(plan)))
    }

    /// The properties to publish the event with: the original's, where it came from, and what it owes.
    package func properties(of parked: Delivery, _ record: ParkedRecord) -> AMQPProperties {
        var own =
            record.origin.headers + [
                AMQPTable.Entry(.event, .text(AMQPText(record.event))),
                AMQPTable.Entry(.queue, .text(AMQPText(record.queue))),
                AMQPTable.Entry(.redriven, .int64(min(record.redriven, .max - 1) + 1)),
            ]
        if ignoresExpiry { own.append(AMQPTable.Entry(.ignoresExpiry, .int64(1))) }
        if let owed = OwedLaunches(parked.properties.headers) { own.append(owed.redriven().header) }
        return KeptMessage.properties(of: Self.unlooked(parked), adding: own)
    }

    /// The message without what looking at it has left on it.
    private static func unlooked(_ parked: Delivery) -> Delivery {
        var properties = parked.properties
        for name in ["x-delivery-count", "x-acquired-count"] { properties.headers?.removeAll(named: name) }
        return Delivery(
            receipt: parked.receipt, exchange: parked.exchange, routingKey: parked.routingKey,
            redelivered: parked.redelivered, properties: properties, body: parked.body)
    }

    /// Why nothing would be launched.
    private static func words(_ plan: Plan) -> String {
        if !plan.launches.isEmpty { return "not_allowed: recipients.allow does not hold the recipient" }
        guard let end = plan.ended.first else { return "no mapping wants it" }
        let mapping = end.mapping.map { " by \($0)" } ?? ""
        return end.reason.rawValue + mapping + (end.detail.isEmpty ? "" : ": \(end.detail)")
    }
}
