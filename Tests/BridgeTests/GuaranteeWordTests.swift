import AMQP
import Outcome
import Poll
import Relay
import Testing

@testable import Bridge

/// The words of the guarantees on a parked message, written out: header by header, in their order.
@Suite("The words of the guarantees", .timeLimit(.minutes(1)))
struct GuaranteeWordTests {
    struct Word: Sendable, CustomTestStringConvertible {
        let launchClass: LaunchClass
        let reason: Reason
        let classWord: String
        let reasonWord: String
        /// Whether the event may have been launched all the same.
        var isDoubtful = false
        var testDescription: String { "\(classWord) \(reasonWord)" }
    }

    static let words = [
        Word(launchClass: .undecodable, reason: .notJSON, classWord: "undecodable", reasonWord: "not_json"),
        Word(launchClass: .undecodable, reason: .tooBig, classWord: "undecodable", reasonWord: "too_big"),
        Word(launchClass: .undecodable, reason: .tooDeep, classWord: "undecodable", reasonWord: "too_deep"),
        Word(
            launchClass: .undecodable, reason: .duplicateMember, classWord: "undecodable",
            reasonWord: "duplicate_member"),
        Word(launchClass: .undecodable, reason: .encoding, classWord: "undecodable", reasonWord: "encoding"),
        Word(launchClass: .unmappable, reason: .noRecipient, classWord: "unmappable", reasonWord: "no_recipient"),
        Word(launchClass: .unmappable, reason: .missing, classWord: "unmappable", reasonWord: "missing"),
        Word(launchClass: .unmappable, reason: .invalid, classWord: "unmappable", reasonWord: "invalid"),
        Word(launchClass: .unmappable, reason: .lookup, classWord: "unmappable", reasonWord: "lookup"),
        Word(launchClass: .unmappable, reason: .limit, classWord: "unmappable", reasonWord: "limit"),
        Word(
            launchClass: .unmappable, reason: .mappingRemoved, classWord: "unmappable", reasonWord: "mapping_removed"),
        Word(launchClass: .unmappable, reason: .unmatched, classWord: "unmappable", reasonWord: "unmatched"),
        Word(launchClass: .refused, reason: .refused, classWord: "refused", reasonWord: "refused"),
        Word(launchClass: .refused, reason: .unreported, classWord: "refused", reasonWord: "unreported"),
        Word(
            launchClass: .unknown, reason: .timeout, classWord: "unknown", reasonWord: "timeout", isDoubtful: true),
        Word(launchClass: .unknown, reason: .cut, classWord: "unknown", reasonWord: "cut", isDoubtful: true),
        Word(
            launchClass: .unknown, reason: .http500, classWord: "unknown", reasonWord: "http_500", isDoubtful: true),
        Word(
            launchClass: .unknown, reason: .http502, classWord: "unknown", reasonWord: "http_502", isDoubtful: true),
        Word(
            launchClass: .unknown, reason: .http504, classWord: "unknown", reasonWord: "http_504", isDoubtful: true),
        Word(
            launchClass: .unknown, reason: .notAnEnvelope, classWord: "unknown", reasonWord: "not_an_envelope",
            isDoubtful: true),
        Word(
            launchClass: .unknown, reason: .taskFailed, classWord: "unknown", reasonWord: "task_failed",
            isDoubtful: true),
        Word(
            launchClass: .unknown, reason: .maybeRepeated, classWord: "unknown", reasonWord: "maybe_repeated",
            isDoubtful: true),
        Word(launchClass: .exhausted, reason: .connect, classWord: "exhausted", reasonWord: "connect"),
        Word(
            launchClass: .exhausted, reason: .timeoutBeforeWrite, classWord: "exhausted",
            reasonWord: "timeout_before_write"),
        Word(launchClass: .exhausted, reason: .http429, classWord: "exhausted", reasonWord: "http_429"),
        Word(launchClass: .exhausted, reason: .http503, classWord: "exhausted", reasonWord: "http_503"),
        Word(
            launchClass: .exhausted, reason: .http500, classWord: "exhausted", reasonWord: "http_500",
            isDoubtful: true),
    ]

    private static func held() -> HeldMessage {
        let delivery = Delivery(
            receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "shop", routingKey: "order.paid",
            redelivered: false, properties: AMQPProperties(), body: Array("{}".utf8))
        return HeldMessage(
            delivery: delivery, origin: Origin(of: delivery, now: 1_000), eventID: "order-1",
            arrival: MonotonicTime(nanoseconds: 0))
    }

    private static func part(_ word: Word, element: Int? = nil) -> ParkedPart {
        ParkedPart(
            launchClass: word.launchClass, reason: word.reason, detail: "why", mapping: "cart", version: "v7",
            element: element, pointer: "/content/x", attempts: 3)
    }

    private static func entries(_ properties: AMQPProperties) -> [String] {
        (properties.headers?.entries ?? []).map { entry in
            switch entry.value {
            case .text(let text): "\(entry.name)=\(text)"
            case .int64(let number): "\(entry.name)=\(number)"
            case .array(let values): "\(entry.name)[\(values.count)]"
            default: "\(entry.name)?"
            }
        }
    }

    @Test("Each stands on the message as it is, and is read back", arguments: words)
    func parked(word: Word) throws {
        let made = ReturnedMessage.parked(
            Self.held(), notice: ParkNotice(parts: [Self.part(word, element: 4)]), queue: "orders", now: 2_000)
        var entries = Self.entries(made)
        let name = try #require(made.headers?.string(.parkedID))
        #expect(name.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        entries.removeAll { $0 == "x-bridge-id=\(name)" }
        #expect(
            entries == [
                "x-bridge-exchange=shop", "x-bridge-routing-key=order.paid", "x-bridge-first-time=1000",
                "x-bridge-event=order-1", "x-bridge-queue=orders", "x-bridge-last-time=2000",
                "x-bridge-class=\(word.classWord)", "x-bridge-reason=\(word.reasonWord)", "x-bridge-attempts=3",
                "x-bridge-detail=why", "x-bridge-element=4", "x-bridge-mapping=cart", "x-bridge-version=v7",
                "x-bridge-pointer=/content/x", "x-bridge-owed[1]",
            ])
        let message = ParkedFixture.message(ParkedFixture.delivery(made, Array("{}".utf8)))
        let record = try #require(message.record)
        #expect(record.deciding.launchClass == word.launchClass)
        #expect(record.deciding.reason == word.reason)
        #expect(record.deciding.sentence == "\(word.reasonWord) at /content/x (element 4): why")
        #expect(record.mayBeLaunched == word.isDoubtful)
        let isUnsure = OwedLaunches(made.headers)?.groups.map(\.history.isUnsure)
        #expect(isUnsure == [word.launchClass == .unknown])
    }

    @Test(
        "Classes that no parked message has are a stranger's",
        arguments: ["accepted", "skipped", "busy", "", "Refused"])
    func otherClasses(text: String) {
        var properties = ParkedFixture.parked().properties
        properties.headers?.removeAll(named: "x-bridge-class")
        properties.headers?.append("x-bridge-class", .text(AMQPText(text)))
        let message = ParkedFixture.message(ParkedFixture.delivery(properties, ParkedFixture.body))
        #expect(message.record == nil)
    }

    @Test("What has no mapping, place, element or words has no header for them")
    func bare() {
        let part = ParkedPart(
            launchClass: .undecodable, reason: .notJSON, detail: "", mapping: nil, version: nil, element: nil,
            pointer: nil, attempts: 0)
        let made = ReturnedMessage.parked(Self.held(), notice: ParkNotice(parts: [part]), queue: "q", now: 5)
        #expect(
            Self.entries(made).filter { !$0.hasPrefix("x-bridge-id=") } == [
                "x-bridge-exchange=shop", "x-bridge-routing-key=order.paid", "x-bridge-first-time=1000",
                "x-bridge-event=order-1", "x-bridge-queue=q", "x-bridge-last-time=5", "x-bridge-class=undecodable",
                "x-bridge-reason=not_json", "x-bridge-attempts=0",
            ])
    }

    @Test("Two parts: the first decides, and both are told", arguments: words)
    func twoParts(word: Word) throws {
        let second = Self.words[0]
        let parts = [Self.part(word), Self.part(second, element: 1)]
        let made = ReturnedMessage.parked(Self.held(), notice: ParkNotice(parts: parts), queue: "q", now: 5)
        #expect(made.headers?.string(.launchClass) == word.classWord)
        #expect(made.headers?.string(.reason) == word.reasonWord)
        let record = try #require(ParkedFixtureReader.record(made, source: "q"))
        #expect(record.parts.map(\.reason) == [word.reason, second.reason])
        #expect(record.parts.map(\.element) == [nil, 1])
        #expect(record.mayBeLaunched == word.isDoubtful)
    }

    @Test("A delayed message says where it was published, and what it owes, and not that it is parked")
    func delayed() {
        let owed = [
            OwedLaunch(mapping: "a", version: "v", element: nil, history: LaunchHistory(attempts: 2, postponed: 1)),
            OwedLaunch(mapping: "b", version: "w", element: 5, history: LaunchHistory(isUnsure: true)),
        ]
        let made = ReturnedMessage.delayed(Self.held(), notice: DelayNotice(step: 0, owed: owed), queue: "orders")
        #expect(
            Self.entries(made) == [
                "x-bridge-exchange=shop", "x-bridge-routing-key=order.paid", "x-bridge-first-time=1000",
                "x-bridge-event=order-1", "x-bridge-queue=orders", "x-bridge-owed[2]",
            ])
        let groups: [AMQPTable] = [
            [
                "mapping": .text("a"), "version": .text("v"), "attempts": .int64(2), "postponed": .int64(1),
            ],
            [
                "mapping": .text("b"), "version": .text("w"), "elements": .text("5"), "attempts": .int64(0),
                "unsure": .boolean(true),
            ],
        ]
        #expect(made.headers?["x-bridge-owed"] == .array(groups.map { .table($0) }))
    }
}

/// Reads what was made as if it lay in another source queue's parking queue.
private enum ParkedFixtureReader {
    static func record(_ properties: AMQPProperties, source: String) -> ParkedRecord? {
        ParkedMessage(ParkedFixture.delivery(properties, Array("{}".utf8)), source: source).record
    }
}
