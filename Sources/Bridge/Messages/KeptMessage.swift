package import AMQP

/// What of a message's properties and headers goes on when the bridge publishes it again.
///
/// Body, properties and headers are kept, but for those that would change what the broker does with the message: they
/// travel as `x-bridge-original-…` and are not set. Delivery mode is persistent.
package enum KeptMessage {
    /// Headers that the broker acts on, or counts in.
    private static let unset: Set<String> = [
        "CC", "BCC", "x-death", "x-delivery-count", "x-acquired-count", "x-first-death-exchange",
        "x-first-death-queue", "x-first-death-reason", "x-last-death-exchange", "x-last-death-queue",
        "x-last-death-reason",
    ]
    /// Most bytes of the kept headers on the wire; the header frame must hold these, ours and the properties.
    package static let mostHeaderBytes = 64 * 1024

    /// The properties to publish with: the original's, and `own` headers in place of any the message brought.
    package static func properties(of delivery: Delivery, adding own: [AMQPTable.Entry]) -> AMQPProperties {
        var properties = delivery.properties
        var headers = kept(delivery.properties.headers ?? AMQPTable())
        if let expiration = properties.expiration { headers.append(original("expiration", .text(expiration))) }
        if let user = properties.userID { headers.append(original("user-id", .text(user))) }
        properties.expiration = nil
        properties.userID = nil
        properties.deliveryMode = 2
        properties.headers = AMQPTable(fitting(headers) + own)
        return properties
    }

    private static func kept(_ headers: AMQPTable) -> [AMQPTable.Entry] {
        headers.entries.compactMap { entry in
            guard let name = entry.name.string else { return entry }
            if unset.contains(name) { return original(name.lowercased(), entry.value) }
            let isOurs = name.hasPrefix(BridgeHeader.prefix) && !name.hasPrefix(BridgeHeader.originalPrefix)
            return isOurs ? nil : entry
        }
    }

    private static func original(_ name: String, _ value: AMQPValue) -> AMQPTable.Entry {
        AMQPTable.Entry(AMQPText(BridgeHeader.originalPrefix + name), value)
    }

    /// The headers that fit into the frame, the first ones first; the last entry says how many were left out.
    private static func fitting(_ entries: [AMQPTable.Entry]) -> [AMQPTable.Entry] {
        var kept: [AMQPTable.Entry] = []
        var bytes = 0
        for (index, entry) in entries.enumerated() {
            bytes += (try? AMQPTable([entry]).wire().count) ?? mostHeaderBytes
            guard bytes <= mostHeaderBytes else {
                kept.append(original("headers-left-out", .int64(Int64(entries.count - index))))
                return kept
            }
            kept.append(entry)
        }
        return kept
    }
}
