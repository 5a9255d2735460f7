/// The bits that say which properties follow (AMQP 0-9-1, 4.2.6.1: fields in order from bit 15 down).
private enum Flag {
    static let contentType: UInt16 = 1 << 15
    static let contentEncoding: UInt16 = 1 << 14
    static let headers: UInt16 = 1 << 13
    static let deliveryMode: UInt16 = 1 << 12
    static let priority: UInt16 = 1 << 11
    static let correlationID: UInt16 = 1 << 10
    static let replyTo: UInt16 = 1 << 9
    static let expiration: UInt16 = 1 << 8
    static let messageID: UInt16 = 1 << 7
    static let timestamp: UInt16 = 1 << 6
    static let type: UInt16 = 1 << 5
    static let userID: UInt16 = 1 << 4
    static let appID: UInt16 = 1 << 3
    static let clusterID: UInt16 = 1 << 2
    /// A further word of flags follows; `basic` never needs one.
    static let continuation: UInt16 = 1
}

extension AMQPProperties {
    /// Decodes what a header frame carries after the body's size.
    package init(wire: [UInt8]) throws(WireError) {
        self.init()
        var reader = WireReader(wire)
        let flags: UInt16 = try reader.integer()
        var more = flags
        while more & Flag.continuation != 0 { more = try reader.integer() }
        try readContent(flags, from: &reader)
        try readIdentity(flags, from: &reader)
    }

    private mutating func readContent(_ flags: UInt16, from reader: inout WireReader) throws(WireError) {
        if flags & Flag.contentType != 0 { contentType = try reader.shortText() }
        if flags & Flag.contentEncoding != 0 { contentEncoding = try reader.shortText() }
        if flags & Flag.headers != 0 { headers = try reader.table() }
        if flags & Flag.deliveryMode != 0 { deliveryMode = try reader.byte() }
        if flags & Flag.priority != 0 { priority = try reader.byte() }
        if flags & Flag.correlationID != 0 { correlationID = try reader.shortText() }
        if flags & Flag.replyTo != 0 { replyTo = try reader.shortText() }
    }

    private mutating func readIdentity(_ flags: UInt16, from reader: inout WireReader) throws(WireError) {
        if flags & Flag.expiration != 0 { expiration = try reader.shortText() }
        if flags & Flag.messageID != 0 { messageID = try reader.shortText() }
        if flags & Flag.timestamp != 0 { timestamp = try reader.integer() }
        if flags & Flag.type != 0 { type = try reader.shortText() }
        if flags & Flag.userID != 0 { userID = try reader.shortText() }
        if flags & Flag.appID != 0 { appID = try reader.shortText() }
        if flags & Flag.clusterID != 0 { clusterID = try reader.shortText() }
    }

    /// Encodes the properties as a header frame carries them.
    package func wire() throws(WireError) -> [UInt8] {
        var writer = WireWriter()
        writer.integer(flags)
        if let contentType { try writer.shortText(contentType, field: "content_type") }
        if let contentEncoding { try writer.shortText(contentEncoding, field: "content_encoding") }
        if let headers { try writer.table(headers) }
        if let deliveryMode { writer.byte(deliveryMode) }
        if let priority { writer.byte(priority) }
        if let correlationID { try writer.shortText(correlationID, field: "correlation_id") }
        if let replyTo { try writer.shortText(replyTo, field: "reply_to") }
        if let expiration { try writer.shortText(expiration, field: "expiration") }
        if let messageID { try writer.shortText(messageID, field: "message_id") }
        if let timestamp { writer.integer(timestamp) }
        if let type { try writer.shortText(type, field: "type") }
        if let userID { try writer.shortText(userID, field: "user_id") }
        if let appID { try writer.shortText(appID, field: "app_id") }
        if let clusterID { try writer.shortText(clusterID, field: "cluster_id") }
        return writer.bytes
    }

    private var flags: UInt16 {
        var flags: UInt16 = 0
        func set(_ flag: UInt16, _ present: Bool) { if present { flags |= flag } }
        set(Flag.contentType, contentType != nil)
        set(Flag.contentEncoding, contentEncoding != nil)
        set(Flag.headers, headers != nil)
        set(Flag.deliveryMode, deliveryMode != nil)
        set(Flag.priority, priority != nil)
        set(Flag.correlationID, correlationID != nil)
        set(Flag.replyTo, replyTo != nil)
        set(Flag.expiration, expiration != nil)
        set(Flag.messageID, messageID != nil)
        set(Flag.timestamp, timestamp != nil)
        set(Flag.type, type != nil)
        set(Flag.userID, userID != nil)
        set(Flag.appID, appID != nil)
        set(Flag.clusterID, clusterID != nil)
        return flags
    }
}
