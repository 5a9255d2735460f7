import Foundation
import JSON

/// The answers of the sandbox's own paths.
enum ControlReports {
    /// `GET /sandbox/launches`.
    static func launches(_ launches: some Sequence<LaunchRecord>, total: Int, kept: Int) -> [UInt8] {
        var writer = JSONWriter(reserving: 1 << 16)
        writer.beginObject()
        writer.name("total")
        writer.integer(total)
        writer.name("kept")
        writer.integer(kept)
        writer.name("launches")
        writer.beginArray()
        for launch in launches { launch.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes + [0x0A]
    }

    /// `GET /sandbox/faults`: each rule with what it has done.
    static func faults(_ plan: FaultPlan) -> JSONValue {
        .object([
            ("seed", .number(JSONNumber(plan.seed))),
            ("faults", .array(plan.rules.map(rule))),
        ])
    }

    private static func rule(_ rule: FaultRule) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [
            ("id", number(rule.id)), ("kind", .string(rule.kind.name)),
        ]
        switch rule.kind {
        case .latency(let range):
            members.append(
                ("latency_ms", .object([("min", number(range.lowerBound)), ("max", number(range.upperBound))])))
        case .slow(let milliseconds): members.append(("latency_ms", number(milliseconds)))
        case .status(let status, _): members.append(("status", number(status)))
        case .error(let code, _): members.append(("error", number(code)))
        case .redirect(let location): members.append(("location", .string(location)))
        default: break
        }
        members.append(("share", JSONNumber("\(rule.share)").map { .number($0) } ?? .null))
        if rule.after > 0 { members.append(("after", number(rule.after))) }
        if let count = rule.count { members.append(("count", number(count))) }
        if let recipient = rule.recipient { members.append(("recipient", .string(recipient))) }
        if let campaign = rule.campaign { members.append(("campaign", number(campaign))) }
        if let scenario = rule.scenario { members.append(("scenario", number(scenario))) }
        if let endpoint = rule.endpoint { members.append(("endpoint", .string(endpoint))) }
        members.append(("carried_out", .bool(rule.isCarriedOut)))
        members.append(("seen", number(rule.seen)))
        members.append(("hits", number(rule.hits)))
        return .object(members)
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
}

extension ControlReports {
    /// Most lines of a list in the summary.
    static let mostLines = 10_000

    /// `GET /sandbox/summary`: what was launched how often, for whom and for which event.
    static func summary(_ log: LaunchLog, requests: (all: Int, refused: Int)) -> JSONValue {
        let counts = log.counts
        let repeated = counts.events.filter { $0.value > 1 }
        return .object([
            ("requests", number(requests.all)),
            ("refused", number(requests.refused)),
            ("launches", number(log.total)),
            ("uncounted", number(counts.uncounted)),
            ("targets", .array(targets(counts))),
            (
                "recipients",
                .array(lines(counts.recipients) { recipient, launches in members(recipient, launches) })
            ),
            (
                "events",
                .object([
                    ("distinct", number(Set(counts.events.keys.map(\.id)).count)),
                    ("launched_once", number(counts.events.count - repeated.count)),
                    ("launched_again", number(repeated.count)),
                    ("without_event_id", number(counts.withoutEvent)),
                    (
                        "repeated",
                        .array(
                            lines(repeated) { event, launches in
                                [("event_id", .string(event.id))] + members(event.recipient, launches)
                            })
                    ),
                ])
            ),
        ])
    }

    private typealias Members = [(name: String, value: JSONValue)]

    private static func targets(_ counts: LaunchCounts) -> [JSONValue] {
        var targets: [LaunchCounts.Recipient: (launches: Int, recipients: Int)] = [:]
        for (recipient, launches) in counts.recipients {
            let target = LaunchCounts.Recipient(kind: recipient.kind, target: recipient.target, profileID: nil)
            targets[target, default: (0, 0)].launches += launches
            targets[target, default: (0, 0)].recipients += 1
        }
        return targets.sorted { $0.key < $1.key }.map { target, sums in
            .object([
                ("kind", .string(target.kind.rawValue)),
                ("target", number(target.target)),
                ("name", .string(counts.names[target.kind]?[target.target] ?? "")),
                ("launches", number(sums.launches)),
                ("recipients", number(sums.recipients)),
            ])
        }
    }

    private static func members(_ recipient: LaunchCounts.Recipient, _ launches: Int) -> Members {
        [
            ("kind", .string(recipient.kind.rawValue)),
            ("target", number(recipient.target)),
            ("profile_id", recipient.profileID.map { .string($0) } ?? .null),
            ("launches", number(launches)),
        ]
    }

    /// A table's lines in an order that does not change from run to run, up to the limit.
    private static func lines<Key: Comparable>(
        _ table: [Key: Int], _ members: (Key, Int) -> Members
    ) -> [JSONValue] {
        table.sorted { $0.key < $1.key }.prefix(mostLines).map { .object(members($0.key, $0.value)) }
    }
}
