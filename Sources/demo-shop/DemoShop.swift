import AMQP
import Foundation
import JSON
import Poll

/// The shop of the demo: publishes event files one after the other and tells each event's fate from the bridge's log.
///
///     demo-shop BROKER-URL BRIDGE-LOG EVENT-FILE…
@main
enum DemoShop {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 3 else {
            FileHandle.standardError.write(Data("usage: demo-shop BROKER-URL BRIDGE-LOG EVENT-FILE…\n".utf8))
            exit(2)
        }
        do {
            let till = try Till(broker: arguments[1])
            var log = BridgeLog(path: arguments[2])
            for path in arguments[3...] { try show(path, till, &log) }
            till.close()
        } catch {
            FileHandle.standardError.write(Data("demo-shop: \(error)\n".utf8))
            exit(1)
        }
    }

    /// Publishes one event and prints what became of it.
    private static func show(_ path: String, _ till: Till, _ log: inout BridgeLog) throws {
        let event = try ShopEvent(path: path)
        print("\n  \(event.name)  (\(event.exchange) / \(event.routingKey))")
        try till.publish(event)
        for line in try log.linesUntilEnd() { print(Narration(line).text) }
    }
}

/// An event file: what is published where.
private struct ShopEvent {
    let name: String
    let exchange: String
    let routingKey: String
    let messageID: String
    let body: [UInt8]

    init(path: String) throws {
        let root = try JSONDocument.parse(Array(try Data(contentsOf: URL(filePath: path)))).root
        let amqp = root["amqp"]
        name = URL(filePath: path).lastPathComponent
        exchange = amqp?["exchange"]?.string ?? ""
        routingKey = amqp?["routing_key"]?.string ?? ""
        messageID = amqp?["properties"]?["message_id"]?.string ?? "demo-\(name)"
        // A body that is a text is published as it stands: that is how an event that is no JSON is shown.
        body = root["body"].map { node in node.string.map { Array($0.utf8) } ?? Array(node.text().utf8) } ?? []
    }
}

/// Publishes with confirm.
private final class Till {
    private let wakeup: Wakeup
    private let events: Mailbox<PublisherEvent>
    private let publisher: Publisher

    init(broker: String) throws {
        wakeup = try Wakeup()
        events = Mailbox(capacity: 1_000, wakeup: wakeup)
        let settings = ConnectionSettings(
            address: try BrokerAddress(parsing: broker), connectionName: "demo shop")
        publisher = try Publisher(connection: settings, topology: Topology(), events: events)
        try publisher.start()
        try wait { event in
            if case .state(.down(let error, _)) = event { throw error }
            if case .state(.connected) = event { return true }
            return false
        }
    }

    func publish(_ event: ShopEvent) throws {
        var properties = AMQPProperties()
        properties.messageID = AMQPText(event.messageID)
        properties.contentType = "application/json"
        properties.timestamp = UInt64(Date().timeIntervalSince1970)
        _ = publisher.publish(
            Publication(
                id: 1, exchange: AMQPText(event.exchange), routingKey: AMQPText(event.routingKey),
                properties: properties, body: event.body))
        try wait { event in
            guard case .outcome(_, let outcome) = event else { return false }
            guard outcome.isConfirmed else { throw DemoFault.notTaken("\(outcome)") }
            return true
        }
    }

    func close() {
        publisher.stop()
    }

    /// Waits until an event satisfies, at most ten seconds.
    private func wait(until satisfies: (PublisherEvent) throws -> Bool) throws {
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        let deadline = MonotonicTime.now().advanced(by: .seconds(10))
        while MonotonicTime.now() < deadline {
            _ = set.wait(milliseconds: 1_000)
            wakeup.clear()
            for event in events.drain() where try satisfies(event) { return }
        }
        throw DemoFault.silent("the broker")
    }
}

/// What can go wrong in the demo itself.
private enum DemoFault: Error, CustomStringConvertible {
    case notTaken(String)
    case silent(String)

    var description: String {
        switch self {
        case .notTaken(let outcome): "the broker did not take an event: \(outcome)"
        case .silent(let who): "no word from \(who) for ten seconds"
        }
    }
}
