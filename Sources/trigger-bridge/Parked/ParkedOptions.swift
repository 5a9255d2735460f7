import ArgumentParser
import Bridge
import Foundation
import Functions
import Outcome
import Settings

/// Which parked messages a command is about.
struct ParkedOptions: ParsableArguments {
    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            "Of this class: undecodable, unmappable, refused, unknown or exhausted. Repeat it for several.",
            valueName: "class"))
    var classes: [String] = []

    @Option(
        name: .customLong("mapping"), help: ArgumentHelp("Of this mapping. Repeat it for several.", valueName: "name"))
    var mappings: [String] = []

    @Option(
        help: ArgumentHelp(
            "Parked at this time or later: 2026-03-01T09:00:00Z, or how long ago: 90m, 2d.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Parked before this time, written in the same ways.", valueName: "time"))
    var until: String?

    @Option(
        help: ArgumentHelp(
            "With this text in the event's id, exchange, routing key, reason or body, in large letters or small.",
            valueName: "text"))
    var text: String?

    /// The classes that end in the parking queue.
    private static let known: [LaunchClass] = [.undecodable, .unmappable, .refused, .unknown, .exhausted]

    func validate() throws {
        for name in classes where !Self.known.map(\.rawValue).contains(name) {
            throw ValidationError(
                "--class: there is no class \"\(Printable.line(name))\"; write "
                    + Self.known.map(\.rawValue).joined(separator: ", ") + ".")
        }
        for (flag, text) in [("--since", since), ("--until", until)] {
            guard let text, Self.seconds(text, now: 0) == nil else { continue }
            throw ValidationError(
                "\(flag): \"\(Printable.line(text))\" is no time; write 2026-03-01T09:00:00Z, or 90m for 90 minutes ago."
            )
        }
    }

    /// The conditions, with the names of messages that are meant.
    func filter(ids: [String], now: Int64 = Int64(Date.now.timeIntervalSince1970)) -> ParkedFilter {
        var filter = ParkedFilter()
        filter.ids = Set(ids)
        filter.classes = Set(classes.compactMap(LaunchClass.init))
        filter.mappings = Set(mappings)
        filter.since = since.flatMap { Self.seconds($0, now: now) }
        filter.until = until.flatMap { Self.seconds($0, now: now) }
        filter.text = text
        return filter
    }

    /// A time in seconds since 1970: RFC 3339, or a duration before now.
    private static func seconds(_ text: String, now: Int64) -> Int64? {
        if let instant = Instant(rfc3339: text) { return instant.seconds }
        return DurationText.parse(text).map { now - $0.components.seconds }
    }
}
