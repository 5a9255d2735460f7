/// Runs schedules of the relay in a simulated world.
package enum Simulator {
    /// Plays the schedule of a seed.
    ///
    /// - Parameters:
    ///   - seed: What the whole schedule follows from.
    ///   - mutation: A deliberate mistake, to see that it is noticed.
    ///   - isTraced: Whether to keep what happened, line by line.
    package static func run(seed: UInt64, mutation: Mutation? = nil, isTraced: Bool = false) -> Verdict {
        Simulation(seed: seed, mutation: mutation, isTraced: isTraced).run()
    }

    /// Plays the schedules of many seeds; the seeds that failed, with what was wrong.
    package static func failures(
        seeds: Range<UInt64>,
        mutation: Mutation? = nil,
        atMost: Int = 5
    ) -> [(seed: UInt64, violation: String)] {
        var failures: [(seed: UInt64, violation: String)] = []
        for seed in seeds {
            guard let violation = run(seed: seed, mutation: mutation).violation else { continue }
            failures.append((seed, violation))
            if failures.count >= atMost { break }
        }
        return failures
    }

    /// How a person plays the schedule of a seed again.
    package static func replayCommand(seed: UInt64) -> String {
        "swift run relay-simulator --seed \(seed)"
    }
}
