import AMQP
import BrokerSupport

/// A message in the parking queue, in the words of its headers.
struct ParkedMessage {
    let properties: AMQPProperties
    let body: [UInt8]

    /// The text of one of the bridge's headers: `text("reason")` is that of `x-bridge-reason`.
    func text(_ header: String) -> String? {
        guard case .text(let text)? = properties.headers?["x-bridge-" + header] else { return nil }
        return text.string
    }

    /// The event's identity.
    var event: String { text("event") ?? "" }

    /// The attempts that were spent.
    var attempts: Int64? {
        guard case .int64(let attempts)? = properties.headers?["x-bridge-attempts"] else { return nil }
        return attempts
    }

    /// `class/reason`.
    var end: String { "\(text("class") ?? "-")/\(text("reason") ?? "-")" }

    /// The names of the mappings that the message still owes a launch.
    var owed: [String] {
        guard case .array(let groups)? = properties.headers?["x-bridge-owed"] else { return [] }
        return groups.compactMap { group in
            guard case .table(let table) = group, case .text(let name)? = table["mapping"] else { return nil }
            return name.string
        }
    }
}

/// What the queues of a bridge hold, seen as a client sees it.
struct QueueAudit {
    let host: VirtualHost
    let queues: [String]

    /// Ready messages by queue; queues that are not there are left out.
    func ready() throws -> [String: Int] {
        let driver = try ConsumerDriver(
            host.settings("audit"), ConsumerSettings(queue: queues[0], consumerTag: "audit", prefetch: 1),
            Topology(queues.map { .expectQueue($0) }))
        defer { driver.leave() }
        return driver.report.queues.mapValues { Int($0.messages) }
    }

    /// Takes everything out of a queue.
    func drain(_ queue: String) throws -> [ParkedMessage] {
        let driver = try ConsumerDriver(
            host.settings("audit"), ConsumerSettings(queue: queue, consumerTag: "audit", prefetch: 500),
            Topology([.expectQueue(queue)]))
        defer { driver.leave() }
        let count = Int(driver.report.queues[queue]?.messages ?? 0)
        driver.connection.resume()
        try driver.run(
            seconds: 90,
            onEvent: { event in
                if case .delivery(let delivery) = event { driver.connection.acknowledge(delivery.receipt) }
            },
            until: { _ in driver.deliveries.count >= count })
        try driver.flush()
        return driver.deliveries.map { ParkedMessage(properties: $0.properties, body: $0.body) }
    }
}

extension ConsumerDriver {
    /// Closes the connection in order; what is not acknowledged goes back.
    fileprivate func leave() {
        connection.close()
        try? run(seconds: 10) { _ in closed != nil || connection.descriptor < 0 }
    }
}
