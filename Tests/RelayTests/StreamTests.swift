import Altcraft
import Outcome
import Poll
import Relay
import Testing

/// Long lists: their launches are evaluated by and by, and none is forgotten.
@Suite("Streams", .timeLimit(.minutes(1)))
struct StreamTests {
    private static func rest(_ elements: Range<Int>) -> [PlannedRest] {
        elements.isEmpty ? [] : [PlannedRest(mapping: "order", version: "v1", elements: [elements])]
    }

    /// A plan of these elements, each for a recipient of its own, with the rest of a list of so many.
    private static func plan(_ elements: Range<Int>, of count: Int) -> Plan {
        Plan(
            launches: elements.map { launch("p\($0)", element: $0) },
            rest: rest(elements.upperBound..<count), window: 2)
    }

    @Test("More is asked for as launches end, and the event ends once, with all of them")
    func whole() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(Self.plan(0..<4, of: 10)))
        var next = 4
        var most = 0
        for _ in 0..<40 {
            most = max(most, bench.relay.snapshot.launches)
            guard let sent = bench.sent.first else { break }
            let actions = bench.did()
            for case .send(let other) in actions where other != sent { bench.answer(other, .ok) }
            bench.answer(sent, .ok)
            if bench.actions.contains(.plan(id)) {
                let chunk = next..<min(next + 4, 10)
                next = chunk.upperBound
                bench.act { $0.planned(id, Self.plan(chunk, of: 10), at: bench.moment) }
            }
        }
        #expect(bench.fates.filter { $0.end == .launched }.count == 10)
        #expect(bench.ends.map(\.launched) == [10] && bench.ends.map(\.end) == [.launched])
        #expect(most <= 6, "never held all at once")
        #expect(bench.relay.snapshot.deliveries == 0)
    }

    @Test("What was held for long goes round the ladder with all that was not evaluated")
    func continuation() throws {
        let bench = Bench { $0.acknowledgementTimeout = .seconds(100) }
        let id = try #require(bench.deliver(Self.plan(0..<3, of: 9)))
        _ = bench.did()
        bench.pass(.seconds(51))
        let sent = bench.observations.contains(.continued(id))
        #expect(sent)
        // The three that are out are waited for.
        #expect(!bench.did().contains(.delay(id)))
    }

    @Test("An event all of whose launches are over may still owe elements")
    func owedRest() throws {
        let bench = Bench {
            $0.acknowledgementTimeout = .seconds(100)
            $0.rate = RateLimit(perSecond: 0.001, burst: 1)
        }
        let id = try #require(bench.deliver(Self.plan(0..<2, of: 5)))
        bench.answerAll(.ok)
        bench.pass(.seconds(51))
        #expect(bench.actions.contains(.delay(id)))
        #expect(Set(bench.relay.delayNotice(id).owed.compactMap(\.element)) == [1, 2, 3, 4])
    }

    @Test("Without a ledger a stop owes by name what it has not begun")
    func stop() throws {
        let bench = Bench { $0.inFlight = 1 }
        let id = try #require(bench.deliver(Self.plan(0..<2, of: 4)))
        let sent = bench.sent
        bench.act { $0.stop(deadline: bench.moment.monotonic.advanced(by: .seconds(9)), at: bench.moment) }
        bench.answer(sent[0], .ok)
        #expect(bench.actions.contains(.delay(id)))
        #expect(Set(bench.relay.delayNotice(id).owed.compactMap(\.element)) == [1, 2, 3])
    }

    @Test("A chunk without launches asks for the next, and an empty end settles")
    func emptyChunks() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(Plan(launches: [], rest: Self.rest(0..<4), window: 2)))
        #expect(bench.did().contains(.plan(id)))
        bench.act { $0.planned(id, Plan(launches: [], rest: Self.rest(2..<4), window: 2), at: bench.moment) }
        #expect(bench.did().contains(.plan(id)))
        bench.act { $0.planned(id, Plan(launches: []), at: bench.moment) }
        #expect(bench.did().acknowledges == 1)
    }
}
