import AMQP
import Outcome
import TestSupport
import Testing

@testable import Bridge

/// One event that is parked several times: what it owes in each is kept apart, and nothing that is owed is a copy.
@Suite("Events that are parked in parts", .timeLimit(.minutes(1)))
struct ParkedPartsTests {
    private typealias Fixture = ParkedFixture

    private func listing(_ deliveries: [Delivery], _ filter: ParkedFilter = ParkedFilter()) -> ParkedListing {
        var list = ParkedList(filter, limit: 100)
        for delivery in deliveries { list.add(Fixture.message(delivery)) }
        return list.listing(looked: deliveries.count, total: deliveries.count)
    }

    private func mappings(_ listing: ParkedListing) -> [[String?]] {
        listing.rows.compactMap { row in
            guard case .ours(let record) = row.kind else { return nil }
            return record.parts.map(\.mapping)
        }
    }

    @Test("two mappings that were parked one after the other are two messages, each by its own name")
    func mappingsApart() {
        let refused = Fixture.parked(at: 10, parts: Fixture.parts("a"))
        let exhausted = Fixture.parked(at: 20, parts: Fixture.parts("b"))
        for deliveries in [[refused, exhausted], [exhausted, refused]] {
            let listing = listing(deliveries)
            #expect(mappings(listing) == [["a"], ["b"]] && listing.copies == 0 && listing.matched == 2)
            #expect(Set(listing.rows.map(\.id)).count == 2)
        }
        var filter = ParkedFilter()
        filter.mappings = ["b"]
        #expect(mappings(listing([refused, exhausted], filter)) == [["b"]])
        filter = ParkedFilter()
        filter.ids = [Fixture.message(refused).id.description]
        #expect(mappings(listing([refused, exhausted], filter)) == [["a"]])
        filter.ids = ["order-1"]
        #expect(mappings(listing([refused, exhausted], filter)).count == 2, "the event's name means all of it")
    }

    @Test("so are two elements of one list")
    func elementsApart() {
        let first = Fixture.parked(at: 10, parts: Fixture.parts("a", [3]))
        let second = Fixture.parked(at: 20, parts: Fixture.parts("a", [4, 5]))
        #expect(listing([first, second]).rows.count == 2)
        #expect(listing([first, second, first, second]).copies == 2)
    }

    @Test("what owes no more than another one of its event is its copy, however old it is", arguments: [false, true])
    func contained(isReversed: Bool) {
        let whole = Fixture.parked(at: 10, parts: Fixture.parts("a") + Fixture.parts("b"))
        let some = [
            whole, Fixture.parked(at: 20, parts: Fixture.parts("b")), Fixture.parked(at: 5, parts: Fixture.parts("a")),
        ]
        let listing = listing(isReversed ? some.reversed() : some)
        #expect(mappings(listing) == [["a", "b"]] && listing.copies == 2 && listing.matched == 1)
        #expect(listing.rows[0].copies == 3 && listing.rows[0].parkedAt == 10)
        #expect(listing.rows[0].id == Fixture.message(whole).id)
    }

    @Test("an event that is evaluated anew and one that owes a launch are no copies of each other")
    func anew() {
        let anew = Fixture.parked(at: 10, parts: [Fixture.part(.unmappable, .unmatched, mapping: nil)])
        #expect(listing([anew, Fixture.parked(at: 20), anew]).rows.map(\.copies) == [2, 1])
    }

    /// A mapping that stops as a whole owes all elements, in any version; elements are those of a version.
    @Test("a whole list covers its elements; elements of another version are others")
    func versions() {
        func scope(_ elements: [Int]?, version: String) -> OwedScope? {
            let group = AMQPTable(
                [
                    AMQPTable.Entry("mapping", .text("a")), AMQPTable.Entry("version", .text(AMQPText(version))),
                    elements.map { AMQPTable.Entry("elements", .text(AMQPText(ElementSet($0).ranges))) },
                ].compactMap(\.self))
            return OwedScope(OwedLaunches(["x-bridge-owed": .array([.table(group)])]))
        }
        func covers(_ left: OwedScope?, _ right: OwedScope?) -> Bool? {
            left.flatMap { left in right.map { left.covers($0) } }
        }
        #expect(covers(scope(nil, version: "v1"), scope([1, 2], version: "v2")) == true)
        #expect(covers(scope([1, 2, 3], version: "v1"), scope([1, 3], version: "v1")) == true)
        #expect(covers(scope([1, 2, 3], version: "v1"), scope([1, 3], version: "v2")) == false)
        #expect(covers(scope([1, 2, 3], version: "v1"), scope(nil, version: "v1")) == false)
        #expect(scope(Array(stride(from: 0, to: 400, by: 2)), version: "v1") == nil, "too much to be held of many")
    }

    @Test("a name says what is owed, whatever the reasons, and is written as it is read")
    func names() {
        let name = Fixture.message(Fixture.parked(parts: Fixture.parts("a", [1, 2]))).id
        let worn = Fixture.parked(
            at: 99, parts: [2, 1].map { Fixture.part(.exhausted, .http503, mapping: "a", element: $0) })
        #expect(Fixture.message(worn).id == name)
        #expect(worn.properties.headers?.string(.parkedID) == name.description)
        #expect(Fixture.message(Fixture.parked(parts: Fixture.parts("a", [1]))).id != name)
        let (both, swapped) = (["a", "b"].flatMap { Fixture.parts($0) }, ["b", "a"].flatMap { Fixture.parts($0) })
        #expect(Fixture.message(Fixture.parked(parts: both)).id == Fixture.message(Fixture.parked(parts: swapped)).id)
    }

    /// Messages of one event that owe some of four elements of two mappings, in any order.
    @Test("whatever is parked, every launch that is owed is owed by a message that is no copy", arguments: 0..<80)
    func nothingIsLost(seed: Int) {
        var random = TestSupport.SeededGenerator(seed: UInt64(seed))
        var index = ParkedIndex<Set<String>>()
        var all: Set<String> = []
        let count = Int.random(in: 1...12, using: &random)
        for tag in 1...count {
            var owed: Set<String> = []
            var parts: [Share] = []
            for mapping in ["a", "b"] {
                let elements = (0..<4).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
                owed.formUnion(elements.map { "\(mapping)\($0)" })
                parts.append(Share(mapping: mapping, elements: elements))
            }
            guard !owed.isEmpty else { continue }
            all.formUnion(owed)
            let parked = Fixture.parked(
                at: Int64.random(in: 0...20, using: &random),
                parts: parts.flatMap { Fixture.parts($0.mapping, $0.elements) },
                tag: UInt64(tag))
            index.add(Fixture.message(parked), isMeant: true) { _ in owed }
        }
        let held = index.held
        #expect(held.count == index.entries.count)
        #expect(held.reduce(into: Set<String>()) { $0.formUnion($1.payload) } == all)
        let tags = held.flatMap { $0.entry.receipts.map(\.tag) }
        #expect(tags.count == index.looked && Set(tags).count == tags.count, "each message stands once")
        for one in held {
            for other in held where other.id != one.id { #expect(!one.payload.isSuperset(of: other.payload)) }
        }
    }

    private struct Share {
        let mapping: String
        let elements: [Int]
    }

    @Test("very many different messages of one event are all kept, and take no time to tell apart")
    func many() {
        var index = ParkedIndex<Int>()
        for number in 0..<3_000 {
            let message = Fixture.message(Fixture.parked(parts: Fixture.parts("a", [number]), tag: UInt64(number)))
            index.add(message, isMeant: true) { _ in number }
        }
        #expect(index.entries.count == 3_000 && index.copies == 0)
    }
}
