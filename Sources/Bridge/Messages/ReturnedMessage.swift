package import AMQP
import Outcome
package import Relay

/// Makes the messages that the bridge publishes: to the parking queue and to the delay queues.
///
/// Pure: what it takes is the delivery, its origin, the relay's notice and the time.
package enum ReturnedMessage {
    /// The parked message: the original, and all that a person needs to decide about it.
    ///
    /// - Parameter room: Most bytes of properties and headers on the wire.
    package static func parked(
        _ held: HeldMessage, notice: ParkNotice, queue: String, now: Int64, room: Int = KeptMessage.usualRoom
    ) -> AMQPProperties {
        let owed = owed(held, notice, mostBytes: min(room / 3, OwedLaunches.mostBytes))
        var own = common(held, queue: queue)
        own.append(AMQPTable.Entry(.parkedID, .text(AMQPText(held.parkedID(owing: owed).description))))
        own.append(AMQPTable.Entry(.lastTime, .int64(now)))
        if let first = notice.parts.first { own += entries(of: first, detail: min(longestDetail, room / 8), room) }
        if let owed { own.append(owed.header) }
        // The last quarter is the event's.
        if let parts = parts(notice, room, mostBytes: room * 3 / 4 - KeptMessage.size(own)) { own.append(parts) }
        return KeptMessage.properties(of: held.delivery, adding: own, room: room)
    }

    /// The delayed message: the original, and the launches that it still owes.
    package static func delayed(
        _ held: HeldMessage, notice: DelayNotice, queue: String, room: Int = KeptMessage.usualRoom
    ) -> AMQPProperties {
        var own = common(held, queue: queue)
        let owed = OwedLaunches(notice.owed, mostBytes: min(room / 3, OwedLaunches.mostBytes))
        if let owed { own.append(owed.header) }
        if let wish = earlier(.ignoresExpiry, of: held) { own.append(wish) }
        return KeptMessage.properties(of: held.delivery, adding: own, room: room)
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
    private static func owed(_ held: HeldMessage, _ notice: ParkNotice, mostBytes: Int) -> OwedLaunches? {
        let removed = Set(notice.parts.filter { $0.reason == .mappingRemoved }.compactMap(\.mapping))
        let earlier = held.origin.isReturned ? OwedLaunches(held.delivery.properties.headers) : nil
        let kept = earlier?.groups.filter { removed.contains($0.mapping) } ?? []
        let known = Set(kept.map(\.mapping))
        let parts = notice.parts.filter { part in !(part.mapping.map(known.contains) ?? false) }
        return OwedLaunches(parts.compactMap(OwedLaunch.init), kept: kept, mostBytes: mostBytes)
    }

    /// The first of several parts, as many as there is room for.
    private static func parts(_ notice: ParkNotice, _ room: Int, mostBytes: Int) -> AMQPTable.Entry? {
        var left = mostBytes
        let told = notice.parts.prefix(mostParts).map { part in
            AMQPTable(entries(of: part, detail: min(longestPartDetail, room / 32), room))
        }
        let fitting = told.prefix { table in
            left -= KeptMessage.size(table.entries)
            return left >= 0
        }
        return fitting.count > 1 ? AMQPTable.Entry(.parts, .array(fitting.map { .table($0) })) : nil
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

    private static func entries(of part: ParkedPart, detail longestDetail: Int, _ room: Int) -> [AMQPTable.Entry] {
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
            guard let text else { continue }
            let short = text.cut(toBytes: min(longestName, room / 32))
            entries.append(AMQPTable.Entry(header, .text(AMQPText(short))))
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
