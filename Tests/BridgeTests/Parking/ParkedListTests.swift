import AMQP
import Outcome
import TestSupport
import Testing

@testable import Bridge

/// Lists of parked messages: copies joined, by time parked, bounded.
@Suite("Lists of parked messages")
struct ParkedListTests {
    private typealias Fixture = ParkedFixture

    private func listing(
        _ deliveries: [Delivery], _ filter: ParkedFilter = ParkedFilter(), limit: Int = 100
    ) -> ParkedListing {
        var list = ParkedList(filter, limit: limit)
        for delivery in deliveries { list.add(Fixture.message(delivery)) }
        return list.listing(looked: deliveries.count, total: deliveries.count)
    }

    @Test("by time parked, however the queue has them; strangers' last")
    func order() {
        let stranger = Fixture.delivery(AMQPProperties(), [1])
        let times: [Int64] = [5, 3, 9, 1]
        let listing = listing([stranger] + times.map { Fixture.parked("e\($0)", at: $0) })
        #expect(listing.rows.map(\.parkedAt) == [1, 3, 5, 9, .max])
        #expect(listing.matched == 5 && listing.copies == 0)
    }

    @Test("a second copy is shown as one, as its newest says")
    func copies() {
        let newest = Fixture.parked(at: 30, parts: [Fixture.part(.exhausted, .http503)])
        for deliveries in [
            [Fixture.parked(at: 10), newest, Fixture.parked(at: 20)], [newest, Fixture.parked(at: 10)],
        ] {
            let listing = listing(deliveries)
            #expect(listing.rows.count == 1 && listing.rows[0].copies == deliveries.count)
            #expect(listing.rows[0].parkedAt == 30)
            #expect(listing.matched == 1 && listing.copies == deliveries.count - 1)
        }
    }

    @Test("the newest copy decides whether an event is meant")
    func filteredCopies() {
        var filter = ParkedFilter()
        filter.classes = [.refused]
        let newest = Fixture.parked(at: 30, parts: [Fixture.part(.exhausted, .http503)])
        #expect(listing([Fixture.parked(at: 10), newest], filter).rows.isEmpty)
        #expect(listing([newest, Fixture.parked(at: 10)], filter).rows.isEmpty)
        let counted = listing([Fixture.parked(at: 10), newest], filter)
        #expect(counted.matched == 0 && counted.tallies.isEmpty)
    }

    @Test("any order, any number: the first by time are listed, all are counted, and little is held")
    func bounded() {
        var generator = TestSupport.SeededGenerator(seed: 9)
        for limit in [1, 7, 50] {
            let times = Array(1...Int64(300)).shuffled(using: &generator)
            var list = ParkedList(ParkedFilter(), limit: limit)
            for time in times { list.add(Fixture.message(Fixture.parked("e\(time)", at: time))) }
            let listing = list.listing(looked: 300, total: 300)
            #expect(listing.rows.map(\.parkedAt) == Array(1...Int64(limit)))
            #expect(listing.matched == 300)
        }
    }

    @Test("kinds are counted, the most frequent first")
    func tallies() {
        let refused = (1...3).map { Fixture.parked("r\($0)", at: Int64($0)) }
        let missing = Fixture.parked("m", parts: [Fixture.part(.unmappable, .missing, mapping: nil)])
        let listing = listing(refused + [missing, Fixture.delivery(AMQPProperties(), [])])
        #expect(listing.tallies.map(\.count) == [3, 1, 1])
        #expect(listing.tallies.first?.tally.mapping == "order-paid")
        #expect(Set(listing.tallies.map(\.tally.launchClass)) == [.refused, .unmappable, nil])
    }

    @Test("an index keeps the receipts of all copies, the newest first")
    func receipts() {
        var index = ParkedIndex<Int64>()
        for (tag, time) in [(1, 10), (2, 30), (3, 20), (4, 30)] as [(UInt64, Int64)] {
            index.add(Fixture.message(Fixture.parked(at: time, tag: tag)), isMeant: true) { _ in time }
        }
        #expect(index.held.count == 1 && index.heldCount == 1 && index.copies == 3)
        #expect(index.held[0].payload == 30 && index.held[0].entry.receipts.map(\.tag) == [2, 1, 3, 4])
        index.add(Fixture.message(Fixture.parked(at: 40, tag: 5)), isMeant: false) { replaced in
            #expect(replaced == [30])
            return nil
        }
        #expect(index.heldCount == 0 && index.meantCount == 0 && index.entries.values.first?.receipts.first?.tag == 5)
    }
}
