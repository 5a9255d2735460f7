import Foundation
import RelaySimulator

let usage = """
    Plays random schedules of faults against the relay in virtual time.

    relay-simulator --seed N [--mutation NAME]     one schedule, line by line
    relay-simulator --schedules N [--from SEED]    many schedules; exit 1 if one fails
    """

/// The value after an option, or nothing.
func option(_ name: String) -> String? {
    let arguments = CommandLine.arguments
    guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
    return arguments[place + 1]
}

/// Plays one schedule and prints all that happened.
func replay(_ seed: UInt64) -> Int32 {
    let mutation = option("--mutation").flatMap(Mutation.init(rawValue:))
    let verdict = Simulator.run(seed: seed, mutation: mutation, isTraced: true)
    for line in verdict.trace { print(line) }
    print("seed \(seed) (\(verdict.kind), \(verdict.steps) steps): \(verdict.violation ?? "holds")")
    return verdict.violation == nil ? 0 : 1
}

/// Plays many schedules and prints those that fail.
func play(_ count: UInt64, from first: UInt64) -> Int32 {
    var steps = 0
    var failed = 0
    for seed in first..<first + count {
        let verdict = Simulator.run(seed: seed)
        steps += verdict.steps
        guard let violation = verdict.violation else { continue }
        failed += 1
        print("seed \(seed) (\(verdict.kind)): \(violation)\n    \(Simulator.replayCommand(seed: seed))")
        if failed == 20 { break }
    }
    print("\(count) schedules, \(steps) steps, \(failed) failed")
    return failed == 0 ? 0 : 1
}

if let seed = option("--seed").flatMap({ UInt64($0) }) {
    exit(replay(seed))
} else if let count = option("--schedules").flatMap({ UInt64($0) }) {
    exit(play(count, from: option("--from").flatMap { UInt64($0) } ?? 0))
} else {
    print(usage)
    exit(2)
}
