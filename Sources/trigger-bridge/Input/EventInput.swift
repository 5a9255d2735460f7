import Foundation
import Functions
import JSON
import Mapping
import Settings

/// The event that a command is given.
enum EventInput {
    /// Reads an event file, or standard input where the path is `-`, within the limits that the bridge would apply.
    ///
    /// - Throws: `event`, after saying what is wrong.
    static func read(_ path: String, _ limits: LimitSettings) throws(CommandExit) -> EventFile {
        let input = try InputFile.read(path, else: .event)
        let (event, diagnostics) = EventFile.read(
            SourceFile(name: input.name, bytes: input.bytes),
            limits: JSONLimits(bytes: limits.eventBytes, depth: limits.depth))
        for diagnostic in diagnostics { Terminal.error(diagnostic.description) }
        guard let event else { throw .event }
        return event
    }

    /// The time that `now` is: the one given, else when the event was published, else the clock's.
    ///
    /// - Throws: `usage`, after saying so, where the text is no time.
    static func now(_ text: String?, published: Instant?) throws(CommandExit) -> Instant {
        guard let text else { return published ?? Instant(seconds: Int64(Date.now.timeIntervalSince1970)) }
        if let instant = Instant(rfc3339: text) { return instant }
        Terminal.error("error: --now: \"\(text)\" is no time of RFC 3339; write for example 2026-03-01T09:06:00Z")
        throw .usage
    }
}
