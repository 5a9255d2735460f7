package import AMQP
import Outcome
package import Relay

/// Makes the messages that the bridge publishes: to the parking queue and to the delay queues.
///
/// Pure: what it takes is the delivery, its origin, the relay's notice and the time.
package enum ReturnedMessage {
    /// The parked message: the original, and all that a person needs to decide about it.
    package static func parked(
        _ held: HeldMessage, notice: ParkNotice, queue: String, now: Int64
    ) -> AMQPProperties {
        var own = common(held, queue: queue)
        own.append(AMQPTable.Entry(.parkedID, .text(AMQPText(held.parkedID))))
        own.append(AMQPTable.Entry(.lastTime, .int64(now)))
        if let first = notice.parts.first { own += entries(of: first) }
        if notice.parts.count > 1 {
            let parts = notice.parts.prefix(mostParts).map { AMQPValue.table(AMQPTable(entries(of: $0))) }
            own.append(AMQPTable.Entry(.parts, .array(parts)))
        }
        let owed = notice.parts.compactMap(OwedLaunch.init)
        if !owed.isEmpty { own.append(OwedLaunches(owed).header) }
        return KeptMessage.properties(of: held.delivery, adding: own)
    }

    /// The delayed message: the original, and the launches that it still owes.
    package static func delayed(_ held: HeldMessage, notice: DelayNotice, queue: String) -> AMQPProperties {
        let own = common(held, queue: queue) + [OwedLaunches(notice.owed).header]
        return KeptMessage.properties(of: held.delivery, adding: own)
    }

    /// Parts that are told one by one; the first has its own headers anyway.
    private static let mostParts = 20
    /// Most characters of a detail: reason and kept headers fit into one frame.
    private static let longestDetail = 2_000

    private static func common(_ held: HeldMessage, queue: String) -> [AMQPTable.Entry] {
        held.origin.headers + [
            AMQPTable.Entry(.event, .text(AMQPText(held.eventID))),
            AMQPTable.Entry(.queue, .text(AMQPText(queue))),
        ]
    }

    private static func entries(of part: ParkedPart) -> [AMQPTable.Entry] {
        var entries = [
            AMQPTable.Entry(.launchClass, .text(AMQPText(part.launchClass.rawValue))),
            AMQPTable.Entry(.reason, .text(AMQPText(part.reason.rawValue))),
            AMQPTable.Entry(.attempts, .int64(Int64(part.attempts))),
        ]
        if !part.detail.isEmpty {
            entries.append(AMQPTable.Entry(.detail, .text(AMQPText(String(part.detail.prefix(longestDetail))))))
        }
        for (header, text) in [
            (BridgeHeader.mapping, part.mapping), (.version, part.version), (.pointer, part.pointer),
        ] {
            if let text { entries.append(AMQPTable.Entry(header, .text(AMQPText(text)))) }
        }
        return entries
    }
}

extension OwedLaunch {
    /// What a redrive of a parked part owes; nil for a part without a mapping, whose event is evaluated anew.
    fileprivate init?(_ part: ParkedPart) {
        guard let mapping = part.mapping, let version = part.version else { return nil }
        let history = LaunchHistory(isUnsure: part.launchClass == .unknown)
        self.init(mapping: mapping, version: version, element: part.element, history: history)
    }
}
