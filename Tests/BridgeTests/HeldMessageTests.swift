import AMQP
import Altcraft
import Mapping
import Poll
import Relay
import Testing

@testable import Bridge

/// How much memory a held message stands for.
@Suite(.timeLimit(.minutes(1)))
struct HeldMessageTests {
    private static let now = Moment(monotonic: MonotonicTime(nanoseconds: 0), wallSeconds: 1_764_000_000)

    private static func mapping(_ keys: String = "") -> String {
        #"{"name": "m", "when": {}, "launch": {"campaign": 1}, \#(keys)"#
            + #""recipient": [{"email": "$.email"}], "content": {"x": "$.text"}}"#
    }

    /// A message as the reactor holds it, and what is left of its list.
    private static func take(_ mapping: String, _ body: [UInt8]) throws -> (HeldMessage, PlanStream?) {
        let (set, diagnostics) = MappingSet.compile(files: [SourceFile(name: "m.json", text: mapping)])
        try #require(!diagnostics.contains { $0.severity == .error }, "\(diagnostics.map(\.description))")
        let intake = Intake(IntakeSettings(), mappings: LiveMappings(set))
        let delivery = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "", routingKey: "orders", redelivered: false,
            properties: AMQPProperties(), body: body)
        let origin = Origin(of: delivery, now: now.wallSeconds)
        let taken = intake.take(delivery, origin: origin, now: now)
        var message = HeldMessage(
            delivery: delivery, origin: origin, eventID: taken.eventID, arrival: now.monotonic)
        message.made(taken.plan.launches, rest: taken.stream)
        return (message, taken.stream)
    }

    @Test
    func `A message counts with its body and the requests made of it`() throws {
        let body = Array(#"{"email": "a@example.com", "text": "\#(String(repeating: "x", count: 5_000))"}"#.utf8)
        let (message, stream) = try Self.take(Self.mapping(), body)
        #expect(stream == nil)
        #expect(message.bytes > 2 * 5_000)
        #expect(message.bytes < 3 * 5_000)
    }

    @Test
    func `A long list counts with its document, and with two windows of launches at most`() throws {
        let member = #"{"email": "a@example.com", "text": "\#(String(repeating: "y", count: 1_000))"}"#
        let body = Array(#"{"to": [\#([String](repeating: member, count: 5_000).joined(separator: ","))]}"#.utf8)
        let keys = #""for_each": {"path": "$.to[*]"}, "#
        let mapping = Self.mapping(keys).replacing("$.email", with: "@.email").replacing("$.text", with: "@.text")
        var (message, rest) = try Self.take(mapping, body)
        var stream = try #require(rest)
        let first = message.bytes
        #expect(first > 2 * body.count + 1_000 * 1_000)
        while true {
            let plan = stream.next()
            message.made(plan.launches, rest: plan.rest.isEmpty ? nil : stream)
            #expect(message.bytes < first + 1_500 * 1_000)
            rest = stream
            if plan.rest.isEmpty { break }
        }
        #expect(message.streamBytes == 0, "the document goes with the last of the list")
    }
}
