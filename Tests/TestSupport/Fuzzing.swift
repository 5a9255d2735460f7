import Foundation

/// How long random tests run: once in the normal run, longer on request.
package enum Fuzzing {
    /// How many times more rounds than in the normal run: the environment variable `FUZZ_FACTOR`, 1 without it.
    package static let factor = min(
        max(ProcessInfo.processInfo.environment["FUZZ_FACTOR"].flatMap { Int($0) } ?? 1, 1), 10_000)

    /// Seeds for so many rounds of a test, `first` and those after it; a failure names its seed.
    package static func seeds(from first: UInt64, count: Int) -> [UInt64] {
        (0..<UInt64(count * factor)).map { first + $0 }
    }
}
