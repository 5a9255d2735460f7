import Functions
import JSON

extension EventFile {
    /// The moment that the property `timestamp` names: seconds since 1970, as brokers show it, or RFC 3339.
    static func published(_ properties: JSONNode) -> Instant? {
        let node = properties[timestamp]
        guard let seconds = node?.number?.int64 else { return node?.string.flatMap(Instant.init(rfc3339:)) }
        return Instant(unix: seconds)
    }

    /// The properties as those of a delivered message.
    ///
    /// A message's time is whole seconds, which mappings see as a text in UTC. However the file writes it, conditions
    /// and `$meta` must find the same here, or a mapping passes its tests and fails on the queue.
    ///
    /// - Throws: `JSONError` where they are nested deeper than `limits` allow.
    static func delivered(_ properties: JSONNode?, _ limits: JSONLimits) throws(JSONError) -> JSONNode? {
        guard let properties, let published = published(properties) else { return properties }
        var builder = JSONBuilder()
        builder.beginObject()
        for member in properties.members {
            builder.name(member.name)
            let isTime = member.name == timestamp
            builder.value(isTime ? .string(Instant(seconds: published.seconds).rfc3339) : .node(member.value))
        }
        builder.endObject()
        return try builder.finish(limits: limits).root
    }

    private static let timestamp = "timestamp"
}
