import Foundation

/// How long the proof is: bounded in the normal run, longer on request.
///
///     PROOF_MESSAGES=20000 deploy/test --filter EndToEndTests    that many messages in each scenario (2,000)
///     PROOF_ROUNDS=50 deploy/test --filter EndToEndTests         that many crashes where a scenario is a loop (5)
///     PROOF_SEED=7 deploy/test --filter EndToEndTests            other moments for them
enum ProofLength {
    /// Messages of a scenario.
    static let messages = number("PROOF_MESSAGES", 2_000, in: 100...1_000_000)
    /// Messages of a scenario that is slow by its nature: each fault in it costs a deadline.
    static let fewMessages = max(messages / 10, 50)
    /// Crashes in a loop.
    static let rounds = number("PROOF_ROUNDS", 5, in: 1...10_000)
    /// What random moments come from.
    static let seed = UInt64(number("PROOF_SEED", 1, in: 0...Int.max))

    private static func number(_ name: String, _ usual: Int, in range: ClosedRange<Int>) -> Int {
        let told = ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
        return min(max(told, range.lowerBound), range.upperBound)
    }
}
