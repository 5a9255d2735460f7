import JSON
import Logging
import Outcome
import TestSupport
import Testing

@testable import Telemetry

/// One thing that a line may tell, and the member it becomes.
struct MemberCase: Sendable, CustomTestStringConvertible {
    let name: String
    let wanted: String
    let set: @Sendable (inout EventLine) -> Void

    var testDescription: String { name }
}

@Suite("The line of an event", .timeLimit(.minutes(1)))
struct EventLineTests {
    static let members: [MemberCase] = [
        MemberCase(name: "end", wanted: "\"waiting\"") { $0.end = .waiting },
        MemberCase(name: "outcome", wanted: "\"busy\"") { $0.outcome = .busy },
        MemberCase(name: "reason", wanted: "\"http_429\"") { $0.reason = .http429 },
        MemberCase(name: "mapping", wanted: "\"welcome\"") { $0.mapping = "welcome" },
        MemberCase(name: "version", wanted: "\"aa\"") { $0.version = "aa" },
        MemberCase(name: "launch", wanted: "\"scenario 7\"") { $0.launch = "scenario 7" },
        MemberCase(name: "launches", wanted: "0") { $0.launches = 0 },
        MemberCase(name: "recipient", wanted: "\"a***@b.c\"") { $0.recipient = "a***@b.c" },
        MemberCase(name: "attempt", wanted: "11") { $0.attempt = 11 },
        MemberCase(name: "latency_ms", wanted: "61000.250") { $0.latency = .milliseconds(61_000) + .microseconds(250) },
        MemberCase(name: "api_ms", wanted: "0.000") { $0.apiLatency = .nanoseconds(999) },
        MemberCase(name: "exchange", wanted: "\"\"") { $0.exchange = "" },
        MemberCase(name: "routing_key", wanted: "\"order.paid\"") { $0.routingKey = "order.paid" },
        MemberCase(name: "redelivered", wanted: "true") { $0.isRedelivered = true },
        MemberCase(name: "shadow", wanted: "true") { $0.shadow = .launch },
        MemberCase(name: "detail", wanted: "\"no \\\"id\\\"\"") { $0.detail = "no \"id\"" },
        MemberCase(name: "content", wanted: "\"{}\"") { $0.content = "{}" },
    ]

    private static func json(_ event: EventLine) -> String {
        LogLineTests.lines(.json) { event.write(to: &$0, at: LogLineTests.time) }
    }

    @Test("Each thing told is one member, and nothing else is", arguments: members)
    func single(member: MemberCase) throws {
        var event = EventLine(.info, "told", eventID: "7")
        let before = Self.json(event)
        member.set(&event)
        let after = Self.json(event)
        #expect(after == before.dropLast(2) + ",\"\(member.name)\":\(member.wanted)}\n")
    }

    @Test("All things told are all members, each once, and all are known names")
    func all() throws {
        var event = EventLine(.error, "told", eventID: "7")
        for member in Self.members { member.set(&event) }
        let root = try JSONDocument.parse(Self.json(event)).root
        let names = root.members.map(\.name)
        #expect(names == ["time", "level", "message", "event_id"] + Self.members.map(\.name))
        let known = Set(LogKey.allCases.map(\.rawValue))
        #expect(names.allSatisfy(known.contains))
    }

    @Test("Every word of the guarantees stands in the line as it is")
    func words() throws {
        for reason in Reason.allCases {
            for outcome in LaunchClass.allCases {
                var event = EventLine(.info, "told", eventID: "7")
                event.outcome = outcome
                event.reason = reason
                let root = try JSONDocument.parse(Self.json(event)).root
                #expect(root["outcome"]?.string == outcome.rawValue)
                #expect(root["reason"]?.string == reason.rawValue)
            }
        }
    }

    @Test("Foreign bytes in an identity or a routing key cannot end the line or add a member")
    func foreign() throws {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<500 {
            var event = EventLine(.info, "told", eventID: generator.text(upTo: 60))
            event.routingKey = "\",\"level\":\"fatal\"}\n{" + generator.text(upTo: 60)
            event.exchange = String(
                decoding: (0..<20).map { _ in UInt8.random(in: 0...255, using: &generator) }, as: UTF8.self)
            let text = Self.json(event)
            #expect(text.utf8.count { $0 == 0x0A } == 1)
            let root = try JSONDocument.parse(text).root
            #expect(root["level"]?.string == "info")
            #expect(root["event_id"]?.string == event.eventID)
            #expect(root["routing_key"]?.string == event.routingKey)
            #expect(root["exchange"]?.string == event.exchange)
        }
    }

    @Test("An identity of any length leaves a bounded line that still says how the event ended")
    func longIdentity() throws {
        var event = EventLine(.info, "told", eventID: String(repeating: "x", count: 1_000_000))
        event.end = .parked
        event.reason = .tooBig
        let text = Self.json(event)
        #expect(text.utf8.count < 2 * LogLine.valueLimit + 500)
        #expect(try JSONDocument.parse(text).root["reason"]?.string == "too_big")
    }

    @Test("Names of members are unique, and in lower case with underscores")
    func keys() {
        let names = LogKey.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil })
    }
}
