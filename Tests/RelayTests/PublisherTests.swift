import Outcome
import Poll
import Relay
import Testing

@Suite("Publishing", .timeLimit(.minutes(1)))
struct PublisherTests {
    @Test("A publish that fails pauses consumption, acknowledges nothing, and is made again")
    func fails() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(.park(.undecodable, .notJSON)))
        bench.confirm(false)
        #expect(bench.did() == [.pauseConsumption])
        #expect(!bench.relay.snapshot.isPublisherUp)
        bench.deliver(.park(.undecodable, .notJSON))
        #expect(bench.did() == [])
        bench.pass(.seconds(2))
        #expect(bench.did() == [.park(id)])
        bench.act { $0.published(id, .parking, isConfirmed: true, at: bench.moment) }
        let actions = bench.did()
        #expect(actions.acknowledges == 1)
        #expect(actions.contains { if case .park = $0 { true } else { false } })
        #expect(actions.resumes)
    }

    @Test("What was received is still launched meanwhile")
    func launchesGoOn() {
        let bench = Bench()
        bench.deliver(.park(.undecodable, .notJSON))
        bench.confirm(false)
        bench.deliver(launch())
        bench.answerAll(.ok)
        #expect(bench.did().acknowledges == 1)
    }

    @Test("A lost connection takes its outstanding confirms along; all is published again when it is back")
    func lost() throws {
        let bench = Bench()
        let first = try #require(bench.deliver(.park(.undecodable, .notJSON)))
        let second = try #require(bench.deliver(.park(.undecodable, .tooBig)))
        _ = bench.did()
        bench.act { $0.publisherLost(at: bench.moment) }
        #expect(bench.did().pauses)
        bench.act { $0.published(first, .parking, isConfirmed: true, at: bench.moment) }
        #expect(bench.did().acknowledges == 0)
        bench.act { $0.publisherReady(at: bench.moment) }
        let actions = bench.did()
        #expect(actions.contains(.park(first)))
        #expect(actions.contains(.park(second)))
        #expect(actions.resumes)
    }

    @Test("A blocked broker stops what is new; what is under way is confirmed later, and not published twice")
    func blocked() throws {
        let bench = Bench()
        let first = try #require(bench.deliver(.park(.undecodable, .notJSON)))
        _ = bench.did()
        bench.act { $0.publisherBlocked(at: bench.moment) }
        #expect(bench.did().pauses)
        let second = try #require(bench.deliver(.park(.undecodable, .tooBig)))
        #expect(bench.did() == [])
        bench.act { $0.publisherReady(at: bench.moment) }
        let actions = bench.did()
        #expect(!actions.contains(.park(first)), "its confirm is still to come")
        #expect(actions.contains(.park(second)))
        #expect(actions.resumes)
        bench.act { $0.published(first, .parking, isConfirmed: true, at: bench.moment) }
        #expect(bench.did().acknowledges == 1)
    }

    @Test("The confirm of the publish that met the alarm does not lift it")
    func confirmedWhileBlocked() throws {
        let bench = Bench()
        let first = try #require(bench.deliver(.park(.undecodable, .notJSON)))
        bench.act { $0.publisherBlocked(at: bench.moment) }
        _ = bench.did()
        bench.act { $0.published(first, .parking, isConfirmed: true, at: bench.moment) }
        let actions = bench.did()
        #expect(actions.acknowledges == 1)
        #expect(!actions.resumes)
        let second = try #require(bench.deliver(.park(.undecodable, .tooBig)))
        #expect(!bench.did().contains(.park(second)))
        bench.act { $0.publisherReady(at: bench.moment) }
        #expect(bench.did().contains(.park(second)))
    }

    @Test("A connection that is lost while it is blocked takes what was under way along")
    func lostWhileBlocked() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(.park(.undecodable, .notJSON)))
        bench.act { $0.publisherBlocked(at: bench.moment) }
        bench.act { $0.publisherLost(at: bench.moment) }
        _ = bench.did()
        bench.act { $0.publisherReady(at: bench.moment) }
        #expect(bench.did().contains(.park(id)))
    }

    @Test("A try whose delivery is gone is made again by the clock")
    func voidedTry() {
        let bench = Bench()
        bench.deliver(.park(.undecodable, .notJSON))
        bench.confirm(false)
        bench.pass(.seconds(2))
        bench.act { $0.consumerLost(generation: 1, at: bench.moment) }
        bench.act { $0.consumerConnected(generation: 2, at: bench.moment) }
        _ = bench.did()
        bench.pass(.seconds(1))
        #expect(bench.did().resumes)
    }
}
