package import AMQP

/// What of a message's properties and headers goes on when the bridge publishes it again.
///
/// Body, properties and headers are kept, but for those that would change what the broker does with the message: they
/// travel as `x-bridge-original-…` and are not set. Delivery mode is persistent. What an earlier round has recorded as
/// the original stays so: later rounds add nothing to it. What one frame does not hold is left out, and named.
package enum KeptMessage {
    /// Headers that the broker acts on, or counts in.
    private static let unset: Set<String> = [
        "CC", "BCC", "x-death", "x-delivery-count", "x-acquired-count", "x-first-death-exchange",
        "x-first-death-queue", "x-first-death-reason", "x-last-death-exchange", "x-last-death-queue",
        "x-last-death-reason",
    ]
    /// Most bytes of the kept headers on the wire; the header frame must hold these, ours and the properties.
    package static let mostHeaderBytes = 64 * 1024
    /// Most bytes of properties and headers on the wire, in a frame of RabbitMQ's usual size.
    package static let usualRoom = 127 * 1024
    /// What the publisher's own header takes of that.
    private static let stampBytes = 64
    /// What it takes to say which headers were left out.
    private static let recordBytes = 400
    private static let leftOut = BridgeHeader.originalPrefix + "headers-left-out"
    private static let leftOutNames = BridgeHeader.originalPrefix + "headers-left-out-names"

    /// The properties to publish with: the original's, and `own` headers in place of any the message brought.
    ///
    /// - Parameter room: Most bytes of all of them on the wire.
    package static func properties(
        of delivery: Delivery, adding own: [AMQPTable.Entry], room: Int = usualRoom
    ) -> AMQPProperties {
        var properties = delivery.properties
        let headers = delivery.properties.headers ?? AMQPTable()
        var kept = headers.entries.filter { !isOurs($0) && !isUnset($0) && !isRecord($0) }
        let recorded = Set(kept.compactMap(\.name.string).filter { $0.hasPrefix(BridgeHeader.originalPrefix) })
        var originals = headers.entries.filter(isUnset).map { original($0.name.description.lowercased(), $0.value) }
        if let expiration = properties.expiration { originals.append(original("expiration", .text(expiration))) }
        if let user = properties.userID { originals.append(original("user-id", .text(user))) }
        kept += originals.filter { !recorded.contains($0.name.description) }
        properties.expiration = nil
        properties.userID = nil
        properties.deliveryMode = 2
        properties.headers = nil
        let dropped = shorten(&properties, to: room - stampBytes - recordBytes - size(own))
        let left = room - stampBytes - recordBytes - size(own) - size(properties)
        let (fitting, others) = fit(kept, min(left, mostHeaderBytes))
        properties.headers = AMQPTable(fitting + record(dropped + others, after: headers) + own)
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

    private static func isRecord(_ entry: AMQPTable.Entry) -> Bool {
        entry.name.string == leftOut || entry.name.string == leftOutNames
    }

    private static func original(_ name: String, _ value: AMQPValue) -> AMQPTable.Entry {
        AMQPTable.Entry(AMQPText(BridgeHeader.originalPrefix + name), value)
    }

    /// How many bytes headers take on the wire; what cannot be written takes too many.
    static func size(_ entries: [AMQPTable.Entry]) -> Int {
        (try? AMQPTable(entries).wire().count) ?? usualRoom
    }

    private static func size(_ properties: AMQPProperties) -> Int {
        (try? properties.wire().count) ?? usualRoom
    }

    /// Drops properties that name nothing of the event itself, where a frame is so small; returns their names.
    private static func shorten(_ properties: inout AMQPProperties, to room: Int) -> [String] {
        var dropped: [String] = []
        let optional: [(String, WritableKeyPath<AMQPProperties, AMQPText?>)] = [
            ("cluster_id", \.clusterID), ("reply_to", \.replyTo), ("correlation_id", \.correlationID),
            ("app_id", \.appID), ("type", \.type),
        ]
        for (name, path) in optional where size(properties) > room && properties[keyPath: path] != nil {
            properties[keyPath: path] = nil
            dropped.append(name)
        }
        return dropped
    }

    /// The headers that fit, in their order, and the names of the others.
    private static func fit(
        _ entries: [AMQPTable.Entry], _ room: Int
    ) -> (fitting: [AMQPTable.Entry], others: [String]) {
        var (left, others) = (room, [String]())
        let fitting = entries.filter { entry in
            let bytes = size([entry])
            guard bytes <= left else {
                others.append(entry.name.description)
                return false
            }
            left -= bytes
            return true
        }
        return (fitting, others)
    }

    /// Says how many headers were left out, in this round and in earlier ones, and the names of the first.
    private static func record(_ names: [String], after earlier: AMQPTable) -> [AMQPTable.Entry] {
        let count = (earlier[leftOut]?.integer ?? 0).addingReportingOverflow(Int64(names.count)).partialValue
        guard count > 0 else { return [] }
        var all = names
        if case .text(let text)? = earlier[leftOutNames], let text = text.string { all.insert(text, at: 0) }
        return [
            AMQPTable.Entry(AMQPText(leftOut), .int64(count)),
            AMQPTable.Entry(AMQPText(leftOutNames), .text(AMQPText(all.joined(separator: ", ").cut(toBytes: 255)))),
        ]
    }
}
