package import AMQP

/// What of a message's properties and headers goes on when the bridge publishes it again.
///
/// Body, properties and headers are kept, but for those that would change what the broker does with the message: they
/// travel as `x-bridge-original-…` and are not set. Delivery mode is persistent. What an earlier round has recorded as
/// the original stays so: later rounds add nothing to it.
package enum KeptMessage {
    /// Headers that the broker acts on, or counts in.
    private static let unset: Set<String> = [
        "CC", "BCC", "x-death", "x-delivery-count", "x-acquired-count", "x-first-death-exchange",
        "x-first-death-queue", "x-first-death-reason", "x-last-death-exchange", "x-last-death-queue",
        "x-last-death-reason",
    ]
    /// Most bytes of the kept headers on the wire; the header frame must hold these, ours and the properties.
    package static let mostHeaderBytes = 64 * 1024
    /// Most bytes of all headers on the wire: a frame of RabbitMQ's usual size, less the other properties (3 KiB).
    static let mostBytes = 124 * 1024

    /// The properties to publish with: the original's, and `own` headers in place of any the message brought.
    package static func properties(of delivery: Delivery, adding own: [AMQPTable.Entry]) -> AMQPProperties {
        var properties = delivery.properties
        let headers = delivery.properties.headers ?? AMQPTable()
        var kept = headers.entries.filter { !isOurs($0) && !isUnset($0) }
        let recorded = Set(kept.compactMap(\.name.string).filter { $0.hasPrefix(BridgeHeader.originalPrefix) })
        var originals = headers.entries.filter(isUnset).map { original($0.name.description.lowercased(), $0.value) }
        if let expiration = properties.expiration { originals.append(original("expiration", .text(expiration))) }
        if let user = properties.userID { originals.append(original("user-id", .text(user))) }
        kept += originals.filter { !recorded.contains($0.name.description) }
        properties.expiration = nil
        properties.userID = nil
        properties.deliveryMode = 2
        properties.headers = AMQPTable(fitting(kept, mostBytes - size(own)) + own)
        return properties
    }

    private static func isUnset(_ entry: AMQPTable.Entry) -> Bool {
        entry.name.string.map(unset.contains) ?? false
    }

    /// Whether a header is one that the bridge has written for itself.
    private static func isOurs(_ entry: AMQPTable.Entry) -> Bool {
        guard let name = entry.name.string else { return false }
        return name.hasPrefix(BridgeHeader.prefix) && !name.hasPrefix(BridgeHeader.originalPrefix)
    }

    private static func original(_ name: String, _ value: AMQPValue) -> AMQPTable.Entry {
        AMQPTable.Entry(AMQPText(BridgeHeader.originalPrefix + name), value)
    }

    /// How many bytes headers take on the wire; what cannot be written takes too many.
    static func size(_ entries: [AMQPTable.Entry]) -> Int {
        (try? AMQPTable(entries).wire().count) ?? mostBytes
    }

    /// The headers that fit into the frame, the first ones first; the last entry says how many were left out.
    private static func fitting(_ entries: [AMQPTable.Entry], _ room: Int) -> [AMQPTable.Entry] {
        var kept: [AMQPTable.Entry] = []
        var bytes = 0
        for (index, entry) in entries.enumerated() {
            bytes += size([entry])
            guard bytes <= min(room, mostHeaderBytes) else {
                kept.append(original("headers-left-out", .int64(Int64(entries.count - index))))
                return kept
            }
            kept.append(entry)
        }
        return kept
    }
}
