package import Logging
package import Outcome

/// The line that tells how an event ended, or how one launch of it did.
///
/// Written 15,000 times a second, so it is a plain struct of what is known anyway: nothing is boxed, no metadata
/// dictionary is built, and the bytes go straight into the block that the writer thread sends.
package struct EventLine: Sendable {
    /// How bad it is: `info` for what was launched, `warning` for what was parked.
    package var level: Logger.Level
    /// What the line tells, for example `launched`.
    package var message: String
    /// The event's identity.
    package var eventID: String
    /// How the event ended; nil in a line about one launch.
    package var end: End?
    /// How the launch stands.
    package var outcome: LaunchClass?
    /// Why it stands so.
    package var reason: Reason?
    /// The mapping that asked for the launch.
    package var mapping: String?
    /// The version of the mapping set that the event was evaluated with.
    package var version: String?
    /// What was launched: `campaign 4101`.
    package var launch: String?
    /// How many launches the event had, where that is not one.
    package var launches: Int?
    /// For whom, already masked unless the operator asked otherwise.
    package var recipient: String?
    /// Which attempt it was, from 1.
    package var attempt: Int?
    /// From arrival to settlement.
    package var latency: Duration?
    /// The platform's part of it.
    package var apiLatency: Duration?
    /// Where the event was published.
    package var exchange: String?
    /// The routing key it was published with.
    package var routingKey: String?
    /// Whether the broker says that it was delivered before.
    package var isRedelivered = false
    /// What would become of it, where nothing is really launched (`run --shadow`).
    package var shadow: ShadowVerdict?
    /// What the launch carries, cut and masked by the caller; absent but for demonstrations and debugging.
    package var content: String?
    /// What the platform or the evaluation said beside the reason, free of secrets.
    package var detail: String?

    /// A line with what every one has; the rest is set by name.
    package init(_ level: Logger.Level, _ message: String, eventID: String) {
        self.level = level
        self.message = message
        self.eventID = eventID
    }

    /// Writes the line, in the order of importance, because a line that grows too long loses its last members.
    package func write(to line: inout LogLine, at time: Timestamp) {
        line.begin(time, level, message)
        line.add(.eventID, eventID)
        line.add(.end, end?.rawValue)
        line.add(.outcome, outcome?.rawValue)
        line.add(.reason, reason?.rawValue)
        line.add(.mapping, mapping)
        line.add(.version, version)
        line.add(.launch, launch)
        if let launches { line.add(.launches, launches) }
        line.add(.recipient, recipient)
        if let attempt { line.add(.attempt, attempt) }
        if let latency { line.add(.latencyMilliseconds, milliseconds: latency) }
        if let apiLatency { line.add(.apiMilliseconds, milliseconds: apiLatency) }
        line.add(.exchange, exchange)
        line.add(.routingKey, routingKey)
        if isRedelivered { line.add(.redelivered, true) }
        if shadow != nil { line.add(.shadow, true) }
        line.add(.detail, detail)
        line.add(.content, content)
        line.end()
    }
}
