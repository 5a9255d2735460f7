import JSON

/// A call that launches nothing and asks something.
package enum Question: Sendable, Hashable {
    /// How a task stands; the id goes out as it came, since it is seen with and without `task_` before it.
    case task(String)
    /// What a campaign is: a probe that is safe at any time.
    case campaign(Int64)

    /// The call.
    package var call: Call {
        switch self {
        case .task: .taskStatus
        case .campaign: .triggerGet
        }
    }

    /// The body as a JSON object, without the token.
    func body(_ options: RequestOptions) -> [UInt8] {
        var writer = JSONWriter(reserving: 64)
        writer.beginObject()
        writer.name(call.idName)
        switch self {
        case .task(let id): writer.string(id)
        case .campaign(let id): writer.integer(id)
        }
        if options.sendsFormat, call.parts.contains(.format) {
            writer.name("format")
            writer.string(options.encoding.rawValue)
        }
        writer.endObject()
        return writer.bytes
    }
}
