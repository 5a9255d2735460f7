import Altcraft
import EventPattern
import Foundation
import Functions
import JSON
import Mapping

/// An event and its mapping: what decoding, matching and building the request take together.
struct LaunchSample {
    let name: String
    /// What it may cost, in nanoseconds.
    let gate: Int
    private let mapping: String
    private let event: String

    static var all: [LaunchSample] {
        [
            LaunchSample(
                name: "order-confirmation", gate: 40_000, mapping: file("order-confirmation.json"),
                event: file("events/order-paid.json")),
            LaunchSample(name: "plain", gate: 6_000, mapping: plainMapping, event: plainEvent),
        ]
    }

    /// The size of the event's body.
    var bytes: Int { body.count }

    func nanoseconds() throws -> Int {
        let (set, diagnostics) = MappingSet.compile(files: [SourceFile(name: "m.json", text: mapping)])
        precondition(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
        let envelope = try JSONDocument.parse(event).root["amqp"]
        let exchange = Array((envelope?["exchange"]?.string ?? "").utf8)
        let routingKey = Array((envelope?["routing_key"]?.string ?? "").utf8)
        let tables = ParsedTables(headers: envelope?["headers"], properties: envelope?["properties"])
        let encoder = RequestEncoder(baseURL: "https://altcraft.example")
        let now = Instant(seconds: 1_772_356_000)
        let body = body
        return try Measure.median {
            guard case .document(let document) = EventDecoder.decode(body) else { preconditionFailure() }
            let view = EventView(exchange: exchange, routingKey: routingKey, body: document.root, tables: tables)
            let plan = set.evaluate(Event(view: view, now: now))
            guard let launch = plan.launches.first else { preconditionFailure("\(plan.stops)") }
            let request = try encoder.preview(launch.request)
            precondition(request.body.count > 100)
        }
    }

    private var body: [UInt8] {
        guard let body = try? JSONDocument.parse(event).root["body"] else { preconditionFailure("no event") }
        return Array(body.text().utf8)
    }

    /// A file of `mappings/`.
    private static func file(_ name: String) -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../mappings")
        guard let text = try? String(contentsOf: root.appending(path: name), encoding: .utf8) else {
            preconditionFailure("there is no mappings/\(name)")
        }
        return text
    }

    private static let plainMapping = """
        {
          "name": "plain",
          "when": { "exchange": ["shop.events"], "routing_key": ["order.*.paid"], "body": { "status": ["paid"] } },
          "event": { "id": "$.id" },
          "launch": { "campaign": 4101 },
          "recipient": [{ "matching": "email", "email": "$.customer.email" }],
          "content": {
            "number": "$.number", "total": "$.total", "currency": "$.currency", "name": "$.customer.first_name",
            "city": "$.delivery.city"
          },
          "delivery": { "dedup": { "key": { "$template": "order-paid:{{$.id}}" } } }
        }
        """

    private static let plainEvent = """
        {
          "amqp": { "exchange": "shop.events", "routing_key": "order.web.paid" },
          "body": {
            "id": 820982911946154508, "number": "#1042", "status": "paid", "total": 11849.90, "currency": "RUB",
            "created_at": "2026-03-01T12:05:07+03:00", "channel": "web", "test": false, "items_count": 3,
            "customer": { "id": 207119551, "email": "anna.petrova@example.com", "first_name": "Anna", "phone": null },
            "delivery": { "city": "Kazan", "zip": "420000", "method": "courier", "price": 359.90 },
            "note": "leave it at the door, please", "tags": ["vip", "newsletter"], "source": "https://shop.example.com/"
          }
        }
        """
}

/// Headers and properties that are there already.
private struct ParsedTables: EventTables {
    let headers: JSONNode?
    let properties: JSONNode?
}
