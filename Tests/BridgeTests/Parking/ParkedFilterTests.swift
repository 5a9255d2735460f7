import AMQP
import Outcome
import Testing

@testable import Bridge

/// Which parked messages are meant.
@Suite("Filters for parked messages")
struct ParkedFilterTests {
    private typealias Fixture = ParkedFixture

    private static let message = Fixture.message(
        Fixture.parked(
            body: Array("{\"name\":\"АННА Ключ\",\"email\":\"Anna@Example.com\"}".utf8),
            parts: [Fixture.part(), Fixture.part(.unmappable, .missing, detail: "$.total", mapping: "other")]))

    private static func filter(_ change: (inout ParkedFilter) -> Void) -> ParkedFilter {
        var filter = ParkedFilter()
        change(&filter)
        return filter
    }

    /// Filters, and whether the message is meant.
    static let cases: [(filter: ParkedFilter, isMeant: Bool)] = [
        (filter { _ in }, true),
        (filter { $0.classes = [.refused] }, true),
        (filter { $0.classes = [.unmappable, .unknown] }, true),
        (filter { $0.classes = [.unknown] }, false),
        (filter { $0.mappings = ["other"] }, true),
        (filter { $0.mappings = ["order"] }, false),
        (filter { $0.since = 2_000 }, true),
        (filter { $0.since = 2_001 }, false),
        (filter { $0.until = 2_001 }, true),
        (filter { $0.until = 2_000 }, false),
        (filter { $0.ids = ["order-1"] }, true),
        (filter { $0.ids = [message.id.description] }, true),
        (filter { $0.ids = ["order"] }, false),
        (filter { $0.text = "anna@example.COM" }, true),
        (filter { $0.text = "анна ключ" }, true),
        (filter { $0.text = "WRONG PARAMS" }, true),
        (filter { $0.text = "order.PAID" }, true),
        (filter { $0.text = "$.total" }, true),
        (filter { $0.text = "bob" }, false),
        (filter { $0.text = "" }, true),
        (
            filter {
                $0.classes = [.refused]
                $0.text = "bob"
            }, false
        ),
    ]

    @Test("class, mapping, time, name and text must all agree", arguments: cases)
    func ours(_ example: (filter: ParkedFilter, isMeant: Bool)) {
        #expect(example.filter.matches(Self.message) == example.isMeant)
    }

    @Test("a mapping is found by what is owed, too: of many parts not all are told")
    func manyParts() throws {
        let message = Fixture.message(Fixture.parked(parts: (0..<40).flatMap { Fixture.parts("m\($0)") }))
        #expect(try #require(message.record).parts.count < 40)
        #expect(Self.filter { $0.mappings = ["m39"] }.matches(message))
        #expect(!Self.filter { $0.mappings = ["m40"] }.matches(message))
    }

    @Test("a stranger's message has no class, mapping or time, but bytes and a name")
    func strangers() {
        let stranger = Fixture.message(Fixture.delivery(AMQPProperties(), [0xFF, 0x41, 0x42]))
        #expect(ParkedFilter().matches(stranger))
        #expect(Self.filter { $0.text = "ab" }.matches(stranger))
        #expect(Self.filter { $0.ids = [stranger.id.description] }.matches(stranger))
        #expect(!Self.filter { $0.classes = [.refused] }.matches(stranger))
        #expect(!Self.filter { $0.since = 0 }.matches(stranger))
        #expect(!Self.filter { $0.until = .max }.matches(stranger))
    }

    @Test("it knows which of its names a message answers to")
    func names() {
        let filter = Self.filter { $0.ids = ["order-1", "order-2", Self.message.id.description] }
        #expect(Set(filter.names(of: Self.message)) == ["order-1", Self.message.id.description])
        #expect(!filter.isEmpty && ParkedFilter().isEmpty)
    }
}
