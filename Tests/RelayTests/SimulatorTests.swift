import Foundation
import RelaySimulator
import Testing

/// The relay under random schedules of faults, in virtual time.
@Suite("Simulator", .timeLimit(.minutes(20)))
struct SimulatorTests {
    /// How many schedules a run plays; more by the environment.
    ///
    /// `deploy/test` plays 100,000 with the release build of `relay-simulator` before.
    static let schedules = UInt64(ProcessInfo.processInfo.environment["RELAY_SCHEDULES"] ?? "") ?? 4_000
    /// How many schedules may pass before a mistake is noticed.
    static let patience: UInt64 = 300

    /// Plays all schedules, a few hundred at a time on each core, so that other tests have their turns between.
    private static func play() async -> [(seed: UInt64, violation: String)] {
        let batch: UInt64 = 250
        var next: UInt64 = 0
        return await withTaskGroup(of: [(seed: UInt64, violation: String)].self) { group in
            func addBatch() {
                guard next < schedules else { return }
                let seeds = next..<min(next + batch, schedules)
                next += batch
                group.addTask { Simulator.failures(seeds: seeds) }
            }
            for _ in 0..<max(ProcessInfo.processInfo.activeProcessorCount, 1) { addBatch() }
            var failures: [(seed: UInt64, violation: String)] = []
            for await found in group {
                failures += found
                if failures.count < 5 { addBatch() }
            }
            return failures
        }
    }

    @Test("The promise holds in every schedule")
    func promise() async {
        let failures = await Self.play()
        for failure in failures.prefix(5) {
            let trace = Simulator.run(seed: failure.seed, isTraced: true).trace.suffix(60).joined(separator: "\n")
            let replay = Simulator.replayCommand(seed: failure.seed)
            Issue.record("seed \(failure.seed): \(failure.violation)\n\(trace)\nreplay: \(replay)")
        }
    }

    @Test("A deliberate mistake is noticed", arguments: Mutation.allCases)
    func mutation(_ mutation: Mutation) {
        let failures = Simulator.failures(seeds: 0..<Self.patience, mutation: mutation, atMost: 1)
        #expect(!failures.isEmpty, "\(mutation) passes \(Self.patience) schedules")
    }

    @Test("A seed gives the same schedule each time", arguments: [0, 1, 2, 3, 500, 77_777] as [UInt64])
    func repeatable(seed: UInt64) {
        let first = Simulator.run(seed: seed, isTraced: true)
        let second = Simulator.run(seed: seed, isTraced: true)
        #expect(first.trace == second.trace)
        #expect(!first.trace.isEmpty)
    }

    @Test("The schedules are about every kind of trouble")
    func kinds() {
        let verdicts = (0..<200 as Range<UInt64>).map { Simulator.run(seed: $0) }
        let traces = (0..<40 as Range<UInt64>).map {
            Simulator.run(seed: $0, isTraced: true).trace.joined(separator: "\n")
        }
        for word in ["are sent together", "asks after task_", ": refused(", "halved("] {
            #expect(traces.contains { $0.contains(word) }, "no schedule has \"\(word)\"")
        }
        #expect(Set(verdicts.map(\.kind)) == ["storm", "outage", "weather", "target", "crashes"])
        #expect(verdicts.map(\.steps).reduce(0, +) > 10_000)
    }
}
