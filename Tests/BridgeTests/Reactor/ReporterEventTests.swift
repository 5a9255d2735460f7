import AMQP
import JSON
import Logging
import Outcome
import Poll
import Relay
import Telemetry
import Testing

@testable import Bridge

/// The lines of events: one for the end of each, and one for each launch where there are several.
@Suite("What is told of events", .timeLimit(.minutes(1)))
struct ReporterEventTests {
    private static let id = DeliveryID(slot: 0, use: 0)

    private static func message(redelivered: Bool = false) -> HeldMessage {
        let delivery = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "shop", routingKey: "order.paid",
            redelivered: redelivered, properties: AMQPProperties(), body: [])
        return HeldMessage(
            delivery: delivery, origin: Origin(of: delivery, now: 0), eventID: "order-1",
            arrival: MonotonicTime(nanoseconds: 0))
    }

    private static func fate(
        _ mapping: String = "paid", _ launchClass: LaunchClass = .accepted, detail: String = "", content: String? = nil,
        isElement: Bool = false
    ) -> LaunchFateRecord {
        LaunchFateRecord(
            mapping: mapping, version: "v-\(mapping)", isElement: isElement, launch: "campaign 7",
            recipient: "email a***@example.com", launchClass: launchClass, attempts: 2, detail: detail,
            content: content, apiLatency: .milliseconds(12))
    }

    private static func end(_ end: End, _ launchClass: LaunchClass, _ reason: Reason? = nil) -> EventEnd {
        EventEnd(
            delivery: id, end: end, launchClass: launchClass, reason: reason, latency: .milliseconds(30), launched: 1)
    }

    /// The one line that the reporter writes.
    private static func line(_ tell: (Reporter) -> Void) throws -> JSONNode {
        let probe = try ReloadProbe()
        tell(Reporter(observer: probe.observer, queue: "orders", showsContent: false, hasLocalLedger: false))
        try #require(probe.waitUntil { !$0.lines("").isEmpty })
        let lines = probe.lines("")
        try #require(lines.count == 1)
        return try JSONDocument.parse(lines[0]).root
    }

    @Test("An event with one launch has one line that says all of it")
    func one() throws {
        var message = Self.message(redelivered: true)
        message.fates = 1
        message.lastFate = Self.fate(detail: "said by the platform")
        let line = try Self.line { $0.eventEnded(Self.end(.launched, .accepted), message, parked: nil) }
        #expect(line["message"]?.string == "launched" && line["end"]?.string == "launched")
        #expect(line["event_id"]?.string == "order-1" && line["mapping"]?.string == "paid")
        #expect(line["version"]?.string == "v-paid" && line["launch"]?.string == "campaign 7")
        #expect(line["recipient"]?.string == "email a***@example.com")
        #expect(line["attempt"]?.number?.int64 == 3, "two failures before it")
        #expect(line["exchange"]?.string == "shop" && line["routing_key"]?.string == "order.paid")
        #expect(line["redelivered"]?.bool == true)
        #expect(line["detail"] == nil, "nothing is to be explained of what was accepted")
        #expect(line["launches"] == nil)
    }

    @Test("One with several says how many; each of them has its own line")
    func several() throws {
        var message = Self.message()
        message.fates = 3
        message.lastFate = Self.fate("last")
        let line = try Self.line { $0.eventEnded(Self.end(.launched, .accepted), message, parked: nil) }
        #expect(line["launches"]?.number?.int64 == 3)
        #expect(line["recipient"] == nil && line["launch"] == nil)
        let launch = try Self.line { $0.launchEnded(Self.fate("third", .refused, detail: "error 5"), message) }
        #expect(launch["message"]?.string == "launch refused" && launch["mapping"]?.string == "third")
        #expect(launch["detail"]?.string == "error 5" && launch["level"]?.string == "warning")
        #expect(launch["end"] == nil, "the event has one end")
    }

    @Test("A parked event says what is wrong and where, in the words of `preview`")
    func parked() throws {
        let part = ParkedPart(
            launchClass: .unmappable, reason: .missing, detail: "there is no $.total", mapping: "paid", version: "v1",
            element: nil, pointer: "/content/total", attempts: 0)
        let line = try Self.line { reporter in
            reporter.eventEnded(Self.end(.parked, .unmappable, .missing), Self.message(), parked: part)
        }
        #expect(line["level"]?.string == "warning" && line["reason"]?.string == "missing")
        #expect(line["detail"]?.string == "/content/total: there is no $.total")
        #expect(line["mapping"]?.string == "paid")
    }

    @Test("An event whose message is gone has its line all the same")
    func gone() throws {
        let line = try Self.line { $0.eventEnded(Self.end(.skipped, .skipped, .unmatched), nil, parked: nil) }
        #expect(line["end"]?.string == "skipped" && line["reason"]?.string == "unmatched")
        #expect(line["exchange"] == nil)
    }

    @Test("What happens on the way is told where the level asks for it, and costs nothing otherwise")
    func notes() throws {
        let line = try Self.line { reporter in
            reporter.launchLine(LaunchNote(level: .debug, message: "not told"), nil, Self.message())
            reporter.launchLine(
                LaunchNote(
                    level: .warning, message: "attempt failed", reason: .http503, outcome: .busy, attempt: 2,
                    detail: "x"),
                nil, Self.message())
        }
        #expect(line["message"]?.string == "attempt failed" && line["reason"]?.string == "http_503")
        #expect(line["attempt"]?.number?.int64 == 2 && line["detail"]?.string == "x")
    }

    @Test("Deliveries that go with a connection are told, none of them is not")
    func voided() throws {
        let line = try Self.line { reporter in
            reporter.voided(0)
            reporter.voided(3)
        }
        #expect(line["message"]?.string?.hasPrefix("3 unsettled deliveries") == true)
    }
}
