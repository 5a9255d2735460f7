package import AMQP
package import Outcome

/// What a parked message says about itself in its `x-bridge-…` headers, checked like any foreign bytes.
package struct ParkedRecord: Sendable, Equatable {
    /// Why one part of the event is parked.
    package struct Part: Sendable, Equatable {
        /// Why, as a class.
        package let launchClass: LaunchClass
        /// Why, as a reason.
        package let reason: Reason
        /// Why, in words: the platform's, or those of `preview`.
        package let detail: String
        /// The mapping, where one is known.
        package let mapping: String?
        /// Its version then.
        package let version: String?
        /// JSON pointer into the mapping file.
        package let pointer: String?
        /// For `for_each`: which element, counted from 0.
        package let element: Int64?
        /// How often it was tried in vain.
        package let attempts: Int64
    }

    /// Why a message in the parking queue is none of ours.
    package struct Stranger: Error, Sendable, Equatable, CustomStringConvertible {
        /// Half a sentence: `it has no x-bridge-class`.
        package let description: String
    }

    /// The parts that are parked, the deciding one first; never empty.
    package let parts: [Part]
    /// The event's identity.
    package let event: String
    /// Where it was first published.
    package let origin: Origin
    /// The queue that it was parked from.
    package let queue: String
    /// When it was parked, in seconds since 1970.
    package let parkedAt: Int64
    /// How often an operator has redriven it.
    package let redriven: Int64

    /// Whether one of its launches may have been made: nobody knows, as no answer came that says so or not.
    package var mayBeLaunched: Bool { parts.contains { $0.launchClass == .unknown || $0.reason.doubt != nil } }

    /// The deciding part.
    package var deciding: Part { parts[0] }

    /// The last moment that RFC 3339 can write.
    private static let latestTime: Int64 = 253_402_300_799

    /// Reads the headers of a message that was found in the parking queue of a source queue.
    ///
    /// - Throws: why it is none that a bridge of this queue has parked.
    package init(of delivery: Delivery, source: String) throws(Stranger) {
        guard let headers = delivery.properties.headers else { throw Stranger(description: "it has no headers") }
        let deciding = try Part(headers)
        let others = ParkedRecord.parts(headers)
        parts = others.isEmpty ? [deciding] : others
        event = try ParkedRecord.string(.event, headers)
        queue = try ParkedRecord.string(.queue, headers)
        guard queue == source else { throw Stranger(description: "it was parked from the queue \"\(queue)\"") }
        guard let exchange = headers.text(.exchange), let routingKey = headers.text(.routingKey) else {
            throw Stranger(description: "it does not say where it was published")
        }
        parkedAt = min(max(try ParkedRecord.integer(.lastTime, headers), 0), Self.latestTime)
        let first = min(max(try ParkedRecord.integer(.firstTime, headers), 0), Self.latestTime)
        origin = Origin(exchange: exchange, routingKey: routingKey, firstTime: first, isReturned: true)
        redriven = max(headers.integer(.redriven) ?? 0, 0)
    }

    private static func string(_ header: BridgeHeader, _ headers: AMQPTable) throws(Stranger) -> String {
        if let text = headers.string(header), !text.isEmpty { return text }
        throw Stranger(description: "it has no \(header.rawValue)")
    }

    private static func integer(_ header: BridgeHeader, _ headers: AMQPTable) throws(Stranger) -> Int64 {
        if let number = headers.integer(header) { return number }
        throw Stranger(description: "it has no \(header.rawValue)")
    }

    /// The parts of an event that has several; none where one of them is nonsense.
    private static func parts(_ headers: AMQPTable) -> [Part] {
        guard case .array(let values)? = headers[BridgeHeader.parts.rawValue] else { return [] }
        let parts = values.compactMap { value -> Part? in
            guard case .table(let table) = value else { return nil }
            return try? Part(table)
        }
        return parts.count == values.count ? parts : []
    }
}

extension ParkedRecord.Part {
    fileprivate init(_ table: AMQPTable) throws(ParkedRecord.Stranger) {
        guard let launchClass = table.string(.launchClass).flatMap(LaunchClass.init),
            ![.accepted, .skipped, .busy].contains(launchClass)
        else { throw ParkedRecord.Stranger(description: "it has no x-bridge-class that a bridge writes") }
        guard let reason = table.string(.reason).flatMap(Reason.init) else {
            throw ParkedRecord.Stranger(description: "it has no x-bridge-reason that a bridge writes")
        }
        self.launchClass = launchClass
        self.reason = reason
        detail = table.text(.detail).map { $0.string ?? $0.description } ?? ""
        mapping = table.string(.mapping)
        version = table.string(.version)
        pointer = table.string(.pointer)
        element = table.integer(.element)
        attempts = max(table.integer(.attempts) ?? 0, 0)
    }

    /// One line in the words of `preview`: `missing at /content/total: $.total selects nothing`.
    package var sentence: String {
        let place = pointer.map { $0.isEmpty ? "" : " at \($0)" } ?? ""
        let element = element.map { " (element \($0))" } ?? ""
        let words = detail.isEmpty ? "" : ": \(detail)"
        return "\(reason.rawValue)\(place)\(element)\(words)"
    }
}
