import Altcraft
import Bridge
import Outcome
import Relay

/// What a redrive did, or would do, as text for people.
enum RedriveText {
    /// Why an event stays parked.
    static func words(_ obstacle: RedriveVerdict.Obstacle) -> String {
        switch obstacle {
        case .expired(let mapping, let time):
            "expired: \(mapping) launches it until \(ParkedText.time(time)); --ignore-expiry launches it all the same"
        case .parksAgain(let end):
            "it would be parked again: \(words(end))"
        case .launchesNothing(let why): "it would launch nothing and be gone: \(why)"
        case .unsendable(let why): "it cannot be published: \(why)"
        }
    }

    private static func words(_ end: PlannedEnd) -> String {
        let mapping = end.mapping.map { "\($0), " } ?? ""
        let place = end.pointer.map { $0.isEmpty ? "" : " at \($0)" } ?? ""
        return "\(mapping)\(end.reason.rawValue)\(place)" + (end.detail.isEmpty ? "" : ": \(end.detail)")
    }

    /// A line for each event.
    static func lines(_ report: RedriveReport, isRehearsal: Bool) -> [String] {
        let verb = isRehearsal ? "would go  " : "redriven  "
        return report.redriven.map { verb + line($0) } + report.kept.map { "stays     " + line($0) }
    }

    private static func line(_ row: RedriveReport.Row) -> String {
        let copies = row.copies > 1 ? " (\(row.copies) copies, one goes)" : ""
        let event = Printable.line(row.record.event, most: 40)
        switch row.verdict {
        case .launches(let launches, let parks):
            let shown = launches.prefix(5).map(launch).joined(separator: "; ")
            let more = launches.count > 5 ? "; and \(launches.count - 5) more" : ""
            let again = parks.isEmpty ? "" : "; \(parks.count.counted("part")) of it would be parked again"
            let doubt = row.record.mayBeLaunched ? "; \(ParkedText.mayBeLaunched(row.record))" : ""
            return "\(row.id)  event \(event): \(shown)\(more)\(again)\(copies)\(doubt)"
        case .stays(let obstacle): return "\(row.id)  event \(event): \(Printable.line(words(obstacle)))"
        }
    }

    private static func launch(_ launch: PlannedLaunch) -> String {
        let element = launch.element.map { ", element \($0)" } ?? ""
        let recipient = Printable.line(launch.recipient, most: 80)
        return "\(launch.mapping) launches \(launch.request.target) for \(recipient)\(element)"
    }

    /// What it came to.
    static func summary(_ report: RedriveReport, isRehearsal: Bool, queue: String) -> String {
        let launches = report.redriven.reduce(0) { $0 + $1.verdict.launchCount }
        let kept = report.kept.count + report.keptUnnamed
        let verb = isRehearsal ? "would go back" : "went back"
        var parts = [
            "\(report.redriven.count.counted("event")) \(verb) to \(queue), for \(launches.counted("launch", "launches"))"
        ]
        if kept > 0 { parts.append("\(kept) stay\(kept == 1 ? "s" : "") parked") }
        if report.copies > 0 { parts.append("\(report.copies.counted("second copy", "second copies")) recognised") }
        if report.strangers > 0 { parts.append("\(report.strangers) not ours, left alone") }
        if report.left > 0 { parts.append("\(report.left) more left for another time (--limit)") }
        return parts.joined(separator: "; ")
    }
}

extension RedriveVerdict {
    /// How many launches it makes.
    fileprivate var launchCount: Int {
        guard case .launches(let launches, _) = self else { return 0 }
        return launches.count
    }
}
