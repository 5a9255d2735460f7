import AMQP
import Bridge
import Functions
import JSON
import Outcome

/// Parked messages as text for people; nothing that came from outside reaches the terminal unescaped.
enum ParkedText {
    /// A time for people.
    static func time(_ seconds: Int64) -> String {
        Instant(seconds: seconds).rfc3339
    }

    /// A line of a list.
    static func line(_ row: ParkedSummary) -> String {
        guard case .ours(let record) = row.kind else { return strange(row) }
        let part = record.deciding
        let more = record.parts.count > 1 ? ["and \((record.parts.count - 1).counted("more part"))"] : []
        let copies = row.copies > 1 ? ["\(row.copies) copies, shown as one"] : []
        let redriven =
            record.redriven > 0 ? ["redriven \(record.redriven == 1 ? "once" : "\(record.redriven) times")"] : []
        let remarks = more + copies + redriven + warnings(record, lookedAt: row.lookedAt)
        return [
            row.id.description, time(record.parkedAt), padded(part.launchClass.rawValue, 11),
            padded(Printable.line(part.mapping ?? "-", most: 24), 24),
            padded(Printable.line(record.event, most: 24), 24),
            Printable.line(part.sentence, most: 160) + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"),
        ].joined(separator: "  ")
    }

    /// What somebody should know before he does anything with a parked event.
    static func warnings(_ record: ParkedRecord, lookedAt: Int64) -> [String] {
        var warnings: [String] = []
        if record.mayBeLaunched { warnings.append(mayBeLaunched(record)) }
        if lookedAt >= manyLooks {
            warnings.append(
                "WARNING: x-delivery-count is \(lookedAt): a delivery limit on the parking queue deletes it; "
                    + "trigger-bridge doctor says whether there is one")
        }
        return warnings
    }

    /// What a redrive of an event of unknown outcome risks, and how to find out.
    static func mayBeLaunched(_ record: ParkedRecord) -> String {
        let event = Printable.line(record.event, most: 80)
        return "may have been launched: redriving may launch it a second time "
            + "(trigger-bridge ledger find --event \(event) tells)"
    }

    /// Half of what RabbitMQ 4 allows where nobody said anything else.
    private static let manyLooks = 10

    private static func strange(_ row: ParkedSummary) -> String {
        guard case .stranger(let why) = row.kind else { return "" }
        return "\(row.id)  \(padded("-", 20))  not ours: \(Printable.line(why.description)); left alone"
    }

    /// What stands above a list.
    static let heading = [
        padded("ID", 16), padded("PARKED", 20), padded("CLASS", 11), padded("MAPPING", 24), padded("EVENT", 24), "WHY",
    ].joined(separator: "  ")

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    /// A whole list.
    static func list(_ listing: ParkedListing, queue: String) -> [String] {
        guard listing.matched > 0 else {
            return [listing.total == 0 ? "nothing is parked in \(queue)" : "nothing in \(queue) matches"]
        }
        var lines = [heading] + listing.rows.map(line)
        if listing.matched > listing.rows.count || listing.matched > 20 {
            lines += ["", "by kind:"] + listing.tallies.prefix(20).map(tally)
            let rest = listing.tallies.dropFirst(20).reduce(0) { $0 + $1.count }
            if rest > 0 { lines.append("  \(rest) of other kinds") }
        }
        return lines
    }

    private static func tally(_ entry: (tally: ParkedListing.Tally, count: Int)) -> String {
        guard let launchClass = entry.tally.launchClass, let reason = entry.tally.reason else {
            return "  \(entry.count) not ours"
        }
        let mapping = entry.tally.mapping.map { " \(Printable.line($0, most: 60))" } ?? ""
        return "  \(entry.count) \(launchClass.rawValue), \(reason.rawValue)\(mapping)"
    }

    /// What is to be known about a look at the queue, beside what it found.
    static func remarks(looked: Int, total: Int, matched: Int, shown: Int) -> [String] {
        var remarks: [String] = []
        if matched > shown {
            remarks.append(
                "note: \(shown) of \(matched) are listed, the longest parked; narrow it with --class, --mapping, "
                    + "--since, --until or --text, or raise --limit")
        }
        if looked < min(total, ParkingRoom.mostLooked) {
            remarks.append("note: \(total - looked) messages were not seen: another command holds them")
        } else if looked < total {
            remarks.append(
                "note: \(looked) of \(total) messages were looked at, the most in one go; redrive or discard some first"
            )
        }
        return remarks
    }

    /// A whole message.
    static func message(_ message: ParkedMessage, copies: Int, limits: JSONLimits) -> [String] {
        var lines = facts(message, copies)
        lines += section("properties", TransportDocuments.properties(message.delivery.properties))
        lines += section("headers", TransportDocuments.headers(message.delivery.properties.headers))
        lines.append("body (\(message.delivery.body.count.counted("byte"))):")
        return lines + indented(body(message, limits))
    }

    private static func facts(_ message: ParkedMessage, _ copies: Int) -> [String] {
        guard let record = message.record else {
            guard case .stranger(let why) = message.kind else { return [] }
            return ["\(message.id): not ours: \(Printable.line(why.description)); left alone"]
        }
        var lines = ["\(message.id): parked, \(record.deciding.launchClass.rawValue)"]
        for part in record.parts {
            let mapping = part.mapping.map { "\($0) (version \(part.version ?? "-")): " } ?? ""
            lines.append("  why          \(Printable.line(mapping + part.sentence))")
            if part.attempts > 0 { lines.append("  attempts     \(part.attempts)") }
        }
        lines += [
            "  event        \(Printable.line(record.event))",
            "  exchange     \(record.origin.exchange.isEmpty ? "(default)" : "\(record.origin.exchange)")",
            "  routing key  \(record.origin.routingKey)",
            "  queue        \(Printable.line(record.queue))",
            "  first seen   \(time(record.origin.firstTime))",
            "  parked       \(time(record.parkedAt))",
        ]
        lines += warnings(record, lookedAt: message.lookedAt).map { "  note         \($0)" }
        if record.redriven > 0 { lines.append("  redriven     \(record.redriven.description)") }
        if copies > 1 { lines.append("  copies       \(copies), shown as one") }
        return lines
    }

    private static func section(_ title: String, _ document: JSONDocument) -> [String] {
        guard document.root.count > 0 else { return [] }
        return ["\(title):"] + indented(Printable.block(document.root.text(pretty: true)))
    }

    private static func body(_ message: ParkedMessage, _ limits: JSONLimits) -> String {
        if let document = message.document(limits: limits) { return Printable.block(document.root.text(pretty: true)) }
        if let text = AMQPText(bytes: message.delivery.body).string { return Printable.block(text) }
        return Printable.hexadecimal(message.delivery.body)
    }

    private static func indented(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    }
}
