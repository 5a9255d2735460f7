import AMQP
import Altcraft
import Bridge
import Foundation
import JSON
import Outcome
import Relay

/// Parked messages as JSON for tools.
enum ParkedJSON {
    /// What a message says about itself.
    static func summary(_ row: ParkedSummary) -> [(name: String, value: JSONValue)] {
        let head: [(name: String, value: JSONValue)] = [("id", .string(row.id.description))]
        switch row.kind {
        case .ours(let record):
            return head + [("ours", .bool(true))] + facts(record)
                + [
                    ("delivery_count", integer(Int(clamping: row.lookedAt))), ("copies", integer(row.copies)),
                    ("body_bytes", integer(row.bodyBytes)),
                ]
        case .stranger(let why):
            return head + [
                ("ours", .bool(false)), ("why", .string(why.description)), ("copies", integer(row.copies)),
                ("body_bytes", integer(row.bodyBytes)),
            ]
        }
    }

    /// The record of a message of ours; the members of its deciding part first.
    static func facts(_ record: ParkedRecord) -> [(name: String, value: JSONValue)] {
        part(record.deciding) + [
            ("event", .string(record.event)),
            ("exchange", .string(text(record.origin.exchange))),
            ("routing_key", .string(text(record.origin.routingKey))),
            ("queue", .string(record.queue)),
            ("first_time", .string(ParkedText.time(record.origin.firstTime))),
            ("last_time", .string(ParkedText.time(record.parkedAt))),
            ("redriven", integer(Int(clamping: record.redriven))),
            ("may_be_launched", .bool(record.mayBeLaunched)),
            ("parts", .array(record.parts.map { .object(part($0)) })),
        ]
    }

    private static func part(_ part: ParkedRecord.Part) -> [(name: String, value: JSONValue)] {
        [
            ("class", .string(part.launchClass.rawValue)), ("reason", .string(part.reason.rawValue)),
            ("detail", .string(part.detail)), ("mapping", optional(part.mapping)), ("version", optional(part.version)),
            ("pointer", optional(part.pointer)),
            ("element", part.element.map { integer(Int(clamping: $0)) } ?? .null),
            ("attempts", integer(Int(clamping: part.attempts))),
        ]
    }

    /// A list.
    static func list(_ listing: ParkedListing, queue: String) -> JSONValue {
        .object([
            ("queue", .string(queue)), ("messages", integer(listing.total)), ("looked_at", integer(listing.looked)),
            ("matched", integer(listing.matched)), ("copies", integer(listing.copies)),
            ("parked", .array(listing.rows.map { .object(summary($0)) })),
            (
                "tally",
                .array(
                    listing.tallies.map { entry in
                        .object([
                            ("class", optional(entry.tally.launchClass?.rawValue)),
                            ("reason", optional(entry.tally.reason?.rawValue)),
                            ("mapping", optional(entry.tally.mapping)), ("count", integer(entry.count)),
                        ])
                    })
            ),
        ])
    }

    /// A whole message: the body as a value where it is JSON, and its bytes in any case.
    static func message(_ message: ParkedMessage, copies: Int, limits: JSONLimits) -> JSONValue {
        var row = message.summary
        row.copies = copies
        let body = message.document(limits: limits).map { JSONValue.node($0.root) } ?? .null
        return .object(
            summary(row) + [
                ("properties", .node(TransportDocuments.properties(message.delivery.properties).root)),
                ("headers", .node(TransportDocuments.headers(message.delivery.properties.headers).root)),
                ("body", body),
                ("body_base64", .string(Data(message.delivery.body).base64EncodedString())),
            ])
    }

    /// What a redrive did, or would do.
    static func redrive(_ report: RedriveReport, isRehearsal: Bool, request: (PlannedLaunch) -> JSONValue) -> JSONValue
    {
        .object([
            ("dry_run", .bool(isRehearsal)),
            ("redriven", .array(report.redriven.map { row($0, request) })),
            ("kept", .array(report.kept.map { row($0, request) })),
            ("kept_count", integer(report.kept.count + report.keptUnnamed)),
            ("left", integer(report.left)), ("not_ours", integer(report.strangers)),
            ("copies", integer(report.copies)), ("looked_at", integer(report.looked)),
            ("messages", integer(report.total)), ("failure", optional(report.failure)),
        ])
    }

    private static func row(_ row: RedriveReport.Row, _ request: (PlannedLaunch) -> JSONValue) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [("id", .string(row.id.description))]
        members += facts(row.record) + [("copies", integer(row.copies))]
        switch row.verdict {
        case .launches(let launches, _):
            members.append(("launches", .array(launches.map { launch($0, request) })))
        case .stays(let obstacle):
            members += [("why", .string(obstacle.word)), ("explanation", .string(RedriveText.words(obstacle)))]
        }
        return .object(members)
    }

    private static func launch(_ launch: PlannedLaunch, _ request: (PlannedLaunch) -> JSONValue) -> JSONValue {
        .object([
            ("mapping", .string(launch.mapping)), ("version", .string(launch.version)),
            ("target", .string(launch.request.target.description)), ("recipient", .string(launch.recipient)),
            ("element", launch.element.map(integer) ?? .null), ("request", request(launch)),
        ])
    }

    /// Bytes that are no text are written out.
    private static func text(_ text: AMQPText) -> String { text.string ?? text.description }

    static func integer(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
