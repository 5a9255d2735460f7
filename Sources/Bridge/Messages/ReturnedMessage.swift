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
        own.append(AMQPTable.Entry(.parkedID, .text(AMQPText(held.parkedID.description))))
        own.append(AMQPTable.Entry(.lastTime, .int64(now)))
        if let first = notice.parts.first { own += entries(of: first, longestDetail) }
        if notice.parts.count > 1 {
            let parts = notice.parts.prefix(mostParts).map { part in
                AMQPValue.table(AMQPTable(entries(of: part, longestPartDetail)))
            }
            own.append(AMQPTable.Entry(.parts, .array(parts)))
        }
        if let owed = owed(held, notice) { own.append(owed.header) }
        return KeptMessage.properties(of: held.delivery, adding: own)
    }

    /// The delayed message: the original, and the launches that it still owes.
    package static func delayed(_ held: HeldMessage, notice: DelayNotice, queue: String) -> AMQPProperties {
        var own = common(held, queue: queue)
        if let owed = OwedLaunches(notice.owed) { own.append(owed.header) }
        if let wish = earlier(.ignoresExpiry, of: held) { own.append(wish) }
        return KeptMessage.properties(of: held.delivery, adding: own)
    }

    /// Parts that are told one by one; the first has its own headers anyway.
    private static let mostParts = 20
    /// Most bytes of a detail: reason and kept headers fit into one frame.
    private static let longestDetail = 8_000
    /// The same for each of several parts.
    private static let longestPartDetail = 500
    /// Most bytes of a name, or of a place in a mapping file.
    private static let longestName = 1_000

    /// What the parked parts owe; a mapping that is gone still owes what it owed before, should it come back.
    private static func owed(_ held: HeldMessage, _ notice: ParkNotice) -> OwedLaunches? {
        let removed = Set(notice.parts.filter { $0.reason == .mappingRemoved }.compactMap(\.mapping))
        let earlier = held.origin.isReturned ? OwedLaunches(held.delivery.properties.headers) : nil
        let kept = earlier?.groups.filter { removed.contains($0.mapping) } ?? []
        let known = Set(kept.map(\.mapping))
        let parts = notice.parts.filter { part in !(part.mapping.map(known.contains) ?? false) }
        return OwedLaunches(parts.compactMap(OwedLaunch.init), kept: kept)
    }

    private static func common(_ held: HeldMessage, queue: String) -> [AMQPTable.Entry] {
        let own = [
            AMQPTable.Entry(.event, .text(AMQPText(held.shownEvent))),
            AMQPTable.Entry(.queue, .text(AMQPText(queue))),
        ]
        return held.origin.headers + own + (earlier(.redriven, of: held).map { [$0] } ?? [])
    }

    /// A header that an operator's redrive has set, and that must outlast this round.
    private static func earlier(_ header: BridgeHeader, of held: HeldMessage) -> AMQPTable.Entry? {
        guard held.origin.isReturned, let value = held.delivery.properties.headers?.integer(header) else { return nil }
        return AMQPTable.Entry(header, .int64(value))
    }

    private static func entries(of part: ParkedPart, _ longestDetail: Int) -> [AMQPTable.Entry] {
        var entries = [
            AMQPTable.Entry(.launchClass, .text(AMQPText(part.launchClass.rawValue))),
            AMQPTable.Entry(.reason, .text(AMQPText(part.reason.rawValue))),
            AMQPTable.Entry(.attempts, .int64(Int64(part.attempts))),
        ]
        if !part.detail.isEmpty {
            entries.append(AMQPTable.Entry(.detail, .text(AMQPText(part.detail.cut(toBytes: longestDetail)))))
        }
        if let element = part.element { entries.append(AMQPTable.Entry(.element, .int64(Int64(element)))) }
        for (header, text) in [
            (BridgeHeader.mapping, part.mapping), (.version, part.version), (.pointer, part.pointer),
        ] {
            if let text { entries.append(AMQPTable.Entry(header, .text(AMQPText(text.cut(toBytes: longestName))))) }
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
