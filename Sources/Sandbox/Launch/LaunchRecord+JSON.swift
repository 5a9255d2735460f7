import Foundation
import JSON

extension LaunchRecord {
    /// Writes the record for `GET /sandbox/launches`.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        integer("number", number, &writer)
        integer("request", request, &writer)
        text("time", timeText, &writer)
        text("endpoint", endpoint, &writer)
        text("kind", kind.rawValue, &writer)
        integer("target", target, &writer)
        text("name", name, &writer)
        json("recipient", recipient, &writer)
        json("content", content, &writer)
        json("custom_data", customData, &writer)
        writer.name("attach")
        writer.beginArray()
        for attachment in attachments { attachment.write(to: &writer) }
        writer.endArray()
        if let fields { json("fields", fields, &writer) }
        json("subscription", subscription, &writer)
        writer.name("sent")
        writer.bool(unsent == nil)
        if let unsent { text("unsent", unsent, &writer) }
        if let message {
            writer.name("message")
            writer.beginObject()
            if let subject = message.subject { text("subject", subject, &writer) }
            text("text", message.text, &writer)
            writer.endObject()
        }
        if !ignored.isEmpty {
            writer.name("ignored")
            writer.value(.array(ignored.map { .string($0) }))
        }
        writer.endObject()
    }

    /// The time as RFC 3339 with milliseconds, in UTC.
    var timeText: String {
        time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    private func text(_ name: String, _ value: String, _ writer: inout JSONWriter) {
        writer.name(name)
        writer.string(value)
    }

    private func integer(_ name: String, _ value: Int, _ writer: inout JSONWriter) {
        writer.name(name)
        writer.integer(value)
    }

    private func json(_ name: String, _ value: String?, _ writer: inout JSONWriter) {
        writer.name(name)
        writer.raw((value ?? "null").utf8)
    }
}

extension Attachment {
    /// Writes the attachment as a member of a launch.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("name")
        writer.string(name)
        writer.name("mime")
        writer.string(mime)
        writer.name("bytes")
        writer.integer(bytes)
        writer.endObject()
    }
}

extension LaunchRecord {
    /// The line on standard error: one line whatever the texts hold, and of bounded length.
    package var logLine: String {
        var line = "\(timeText) launch \(number): \(kind.rawValue) \(target) \"\(name)\" for \(recipient)"
        if let content { line += ", content \(content.prefix(300))" }
        if let customData { line += ", custom_data \(customData.prefix(200))" }
        if !attachments.isEmpty { line += ", \(attachments.count) attached" }
        if let unsent { line += ", not sent: \(unsent)" }
        if !ignored.isEmpty { line += ", ignored: \(ignored.joined(separator: " ").prefix(200))" }
        let scalars = line.unicodeScalars.prefix(2_000).map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
