/// The names of the members of a log line: one table, so that a search finds every line that speaks of a thing.
///
/// Units stand last in a name (`latency_ms`), because a reader of a log has no types to ask.
package enum LogKey: String, Sendable, Hashable, CaseIterable {
    // Of every line
    case time
    case level
    case message

    // Of an event and its launches
    case eventID = "event_id"
    case end
    case outcome
    case reason
    case mapping
    case version
    case launch
    case launches
    case recipient
    case attempt
    case latencyMilliseconds = "latency_ms"
    case apiMilliseconds = "api_ms"
    case exchange
    case routingKey = "routing_key"
    case redelivered
    case shadow
    case content
    case detail

    // Of the bridge itself
    case advice
    case alarm
    case broker
    case circuit
    case count
    case error
    case file
    case givenBack = "given_back"
    case line
    case column
    case logger
    case mappings
    case next
    case platform
    case queue
    case retryMilliseconds = "retry_ms"
    case scope
    case signal
    case address
    case truncated
}
