package import AMQP
import Foundation
package import JSON

/// Headers and properties of a message as documents that mappings can look into.
///
/// How AMQP types appear (the mapping language, section 4.4): integers, decimals and floats are numbers, booleans
/// booleans, long strings texts when they are valid UTF-8, timestamps RFC 3339 texts, void is null, tables are objects,
/// arrays arrays. Byte arrays and texts that are not UTF-8 are present but equal to nothing. `x-bridge-…` headers are
/// invisible.
package enum TransportDocuments {
    /// The header table; an empty object where there is none, or where it is nested too deep to be looked into.
    package static func headers(_ table: AMQPTable?) -> JSONDocument {
        var builder = JSONBuilder()
        write(table ?? AMQPTable(), hidingOurs: true, to: &builder)
        return document(builder)
    }

    /// The properties by their names in AMQP 0-9-1; those that are absent have no member.
    package static func properties(_ properties: AMQPProperties) -> JSONDocument {
        var builder = JSONBuilder()
        builder.beginObject()
        let texts: [(String, AMQPText?)] = [
            ("content_type", properties.contentType), ("content_encoding", properties.contentEncoding),
            ("type", properties.type), ("app_id", properties.appID), ("message_id", properties.messageID),
            ("correlation_id", properties.correlationID), ("reply_to", properties.replyTo),
            ("expiration", properties.expiration), ("user_id", properties.userID),
            ("cluster_id", properties.clusterID),
        ]
        for (name, text) in texts {
            guard let text else { continue }
            builder.name(name)
            write(.text(text), to: &builder)
        }
        for (name, number) in [("delivery_mode", properties.deliveryMode), ("priority", properties.priority)] {
            guard let number else { continue }
            builder.name(name)
            builder.value(.number(JSONNumber(number)))
        }
        if let timestamp = properties.timestamp {
            builder.name("timestamp")
            write(.timestamp(timestamp), to: &builder)
        }
        builder.endObject()
        return document(builder)
    }

    private static func document(_ builder: JSONBuilder) -> JSONDocument {
        do throws(JSONError) {
            return try builder.finish()
        } catch {
            // A table deeper than the limit: as good as absent, and the same for every mapping.
            return JSONDocument.emptyObject
        }
    }

    private static func write(_ table: AMQPTable, hidingOurs: Bool = false, to builder: inout JSONBuilder) {
        builder.beginObject()
        for entry in table.entries {
            let name = entry.name.string ?? entry.name.description
            if hidingOurs, name.hasPrefix(BridgeHeader.prefix) { continue }
            builder.name(name)
            write(entry.value, to: &builder)
        }
        builder.endObject()
    }

    private static func write(_ value: AMQPValue, to builder: inout JSONBuilder) {
        switch value {
        case .table(let table): write(table, to: &builder)
        case .array(let values):
            builder.beginArray()
            for value in values { write(value, to: &builder) }
            builder.endArray()
        default:
            if let leaf = leaf(value) { builder.value(leaf) } else { builder.opaque() }
        }
    }

    /// A scalar as JSON; nil for what no JSON value can stand for.
    private static func leaf(_ value: AMQPValue) -> JSONValue? {
        switch value {
        case .boolean(let bool): .bool(bool)
        case .text(let text): text.string.map { .string($0) }
        case .timestamp(let seconds): .string(rfc3339(seconds))
        case .void: .null
        case .uint64(let number): .number(JSONNumber(number))
        case .decimal(let scale, let digits): JSONNumber("\(digits)e-\(scale)").map { .number($0) }
        case .float(let bits): number(Float(bitPattern: bits))
        case .double(let bits): number(Double(bitPattern: bits))
        default: value.integer.map { .number(JSONNumber($0)) }
        }
    }

    private static func number(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> JSONValue? {
        guard value.isFinite else { return nil }
        return JSONNumber(value.description).map { .number($0) }
    }

    /// The time as text; one beyond the year 9999, which RFC 3339 cannot write, as its seconds.
    private static func rfc3339(_ seconds: UInt64) -> String {
        guard seconds < 253_402_300_800 else { return String(seconds) }
        return Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }
}
