import Altcraft
import Outcome
import Poll
import Relay
import Testing

/// One launch in one state, and what a lost connection and a stop make of it.
struct StateCase: Sendable, CustomTestStringConvertible {
    let name: String
    var hasLedger = false
    /// Brings the launch `it` of the last delivery there, and leaves what the relay wants done undone.
    let bring: @Sendable (World) -> Void
    /// The event again, as the broker delivers it after a lost connection.
    var again: @Sendable () -> Plan = { Plan(launches: [launch(value: "it")]) }
    /// How often `it` is asked for in all, and how the event ends that comes again.
    let afterLoss: (requests: Int, end: End, reason: Reason?)
    /// How often it is asked for until the stop is over, and how many deliveries are given back.
    let afterStop: (requests: Int, givenBack: Int)

    var testDescription: String { name }
}

/// Every state of a launch against a connection that is lost and a stop: nothing is made twice, nothing is forgotten.
@Suite("Every state, lost and stopped", .timeLimit(.minutes(1)))
struct StateMatrixTests {
    private static let park = LaunchPolicy(whenUnsure: .park)
    private static let slow = LaunchPolicy(rate: RateLimit(perSecond: 1, burst: 1))

    private static func deliver(
        _ world: World, _ value: String, to recipient: String = "anna", _ policy: LaunchPolicy = LaunchPolicy()
    ) {
        world.bench.deliver(launch(recipient, value: value, policy: policy))
    }

    /// Answers what the ledger is asked, and leaves the rest.
    private static func afterLookUp(_ world: World, _ policy: LaunchPolicy = LaunchPolicy()) {
        deliver(world, "it", policy)
        world.answerLookUps()
    }

    static let withoutLedger = [
        StateCase(
            name: "behind another one of its lane",
            bring: { world in
                deliver(world, "other")
                deliver(world, "it")
            }, afterLoss: (1, .launched, nil), afterStop: (0, 1)),
        StateCase(
            name: "ready, while the platform's circuit is open",
            bring: { world in
                deliver(world, "other", to: "boris")
                world.bench.answerAll(.busy(.unauthorized))
                deliver(world, "it")
            }, afterLoss: (1, .launched, nil), afterStop: (0, 2)),
        StateCase(
            name: "waiting for another one with its key",
            bring: { world in
                deliver(world, "it", to: "boris")
                deliver(world, "it")
            }, afterLoss: (1, .skipped, .duplicate), afterStop: (1, 1)),
        StateCase(
            name: "waiting for a place in flight",
            bring: { world in
                deliver(world, "other", to: "boris")
                deliver(world, "another", to: "vera")
                deliver(world, "it")
            }, afterLoss: (1, .launched, nil), afterStop: (0, 1)),
        StateCase(
            name: "held back by its mapping's rate",
            bring: { world in
                deliver(world, "other", to: "boris", slow)
                deliver(world, "it", slow)
            }, again: { Plan(launches: [launch(value: "it", policy: slow)]) }, afterLoss: (1, .launched, nil),
            afterStop: (0, 1)),
        StateCase(
            name: "waiting for its next try",
            bring: { world in
                world.answers = ["it": .busy(.connect)]
                deliver(world, "it")
                world.settle()
            }, afterLoss: (2, .launched, nil), afterStop: (1, 1)),
        StateCase(
            name: "gathered",
            bring: { $0.bench.deliver(together(3)) }, again: { Plan(launches: [together(3)]) },
            afterLoss: (1, .launched, nil), afterStop: (0, 1)),
        StateCase(
            name: "out", bring: { deliver($0, "it") }, afterLoss: (1, .skipped, .duplicate),
            afterStop: (1, 0)),
        StateCase(
            name: "out with others", bring: { $0.bench.deliver(together(1)) },
            again: { Plan(launches: [together(1)]) }, afterLoss: (1, .skipped, .duplicate), afterStop: (1, 0)),
        StateCase(
            name: "ended, while another one of its event is out",
            bring: { world in
                world.bench.deliver(launch("boris", value: "other"), launch(value: "it"))
                world.answerSend(of: "it", .refusal)
            }, again: { Plan(launches: [launch("boris", value: "other"), launch(value: "it")]) },
            afterLoss: (2, .launched, nil), afterStop: (1, 0)),
    ]

    static let withLedger = [
        StateCase(
            name: "asked of the ledger", hasLedger: true, bring: { deliver($0, "it") },
            afterLoss: (1, .launched, nil), afterStop: (0, 1)),
        StateCase(
            name: "its intent is being committed", hasLedger: true, bring: { afterLookUp($0, park) },
            again: { Plan(launches: [launch(value: "it", policy: park)]) }, afterLoss: (1, .launched, nil),
            afterStop: (0, 1)),
        StateCase(
            name: "out with an intent", hasLedger: true,
            bring: { world in
                afterLookUp(world, park)
                world.commitIntents()
            }, again: { Plan(launches: [launch(value: "it", policy: park)]) },
            afterLoss: (1, .skipped, .duplicate), afterStop: (1, 0)),
        StateCase(
            name: "its record is being committed", hasLedger: true,
            bring: { world in
                afterLookUp(world)
                world.answerSend(of: "it", .ok)
            }, afterLoss: (1, .skipped, .duplicate), afterStop: (1, 0)),
        StateCase(
            name: "its intent is being removed", hasLedger: true,
            bring: { world in
                afterLookUp(world, park)
                world.commitIntents()
                world.answerSend(of: "it", .refusal)
            }, again: { Plan(launches: [launch(value: "it", policy: park)]) }, afterLoss: (2, .launched, nil),
            afterStop: (1, 0)),
    ]

    private static func together(_ most: Int) -> PlannedLaunch {
        shared("anna", BatchPolicy(maxItems: most), value: "it")
    }

    private static func world(_ item: StateCase) -> World {
        let world = World {
            $0.inFlight = 2
            $0.hasLedger = item.hasLedger
        }
        item.bring(world)
        return world
    }

    /// What is under way when the connection goes may be answered before or after the event comes again.
    @Test("A connection that is lost", arguments: withoutLedger + withLedger, [false, true])
    func lost(item: StateCase, answersFirst: Bool) throws {
        let world = Self.world(item)
        let bench = world.bench
        bench.act { $0.consumerLost(generation: 1, at: bench.moment) }
        let ended = bench.ends.count
        bench.act { $0.consumerConnected(generation: 2, at: bench.moment) }
        bench.generation = 2
        if answersFirst { world.settle() }
        let id = try #require(bench.deliver(item.again(), isRedelivered: true))
        world.settle(for: .seconds(20))
        #expect(world.requests["it"] ?? 0 == item.afterLoss.requests)
        #expect(bench.ends.dropFirst(ended).map(\.end) == [item.afterLoss.end])
        #expect(bench.ends.last?.reason == item.afterLoss.reason)
        #expect(world.acknowledged == [id], "nothing of the lost connection is settled")
        expectNothingLeft(world)
    }

    @Test("A stop", arguments: withoutLedger + withLedger)
    func stopped(item: StateCase) {
        let world = Self.world(item)
        let bench = world.bench
        bench.act { $0.stop(deadline: bench.moment.monotonic.advanced(by: .seconds(25)), at: bench.moment) }
        world.settle(for: .seconds(20))
        #expect(world.isFinished, "long before the deadline")
        #expect(world.requests["it"] ?? 0 == item.afterStop.requests)
        let givenBack = bench.observations.reduce(0) { count, observation in
            if case .gaveBack(let more, .stopping) = observation { count + more } else { count }
        }
        #expect(givenBack == item.afterStop.givenBack)
        #expect(!world.ledger.values.contains(.intended), "no intent stands for what was not sent")
        expectNothingLeft(world)
    }

    private func expectNothingLeft(_ world: World) {
        let rest = world.bench.relay.snapshot
        #expect(rest.deliveries == 0)
        #expect(rest.launches == 0)
        #expect(rest.lanes == 0)
        #expect(rest.keys == 0)
        #expect(rest.inFlight == 0)
        #expect(rest.publishing == 0)
    }
}
