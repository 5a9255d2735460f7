/// The steps of the delay ladder: `retry.ladder`.
package enum RetryLadder {
    /// Most steps: each is a queue.
    static let mostSteps = 10
    /// From a hiccup to a long outage of one target.
    static let standard: [Duration] = [.seconds(5), .seconds(30), .seconds(120), .seconds(600), .seconds(3600)]

    /// The steps as one would write them.
    static func text(_ steps: [Duration]) -> String {
        steps.map(DurationText.describe).joined(separator: ",")
    }

    /// Reads the steps, which ascend: a ladder that goes down is a slip.
    static func parse(_ texts: [String]) throws(SettingProblem) -> [Duration] {
        let hint = "write ascending times, for example \(text(standard))"
        var steps: [Duration] = []
        for text in texts {
            guard let step = DurationText.parse(text) else {
                throw SettingProblem("has a step that is no duration", hint)
            }
            // A queue's time to live is whole milliseconds; a day is longer than anything that helps.
            guard step >= .milliseconds(100), step <= .seconds(86_400),
                step.components.attoseconds % 1_000_000_000_000_000 == 0
            else { throw SettingProblem("has a step that is not from 100ms to 1d", hint) }
            guard steps.last.map({ $0 < step }) ?? true else {
                throw SettingProblem("has a step that is not longer than the one before", hint)
            }
            steps.append(step)
        }
        guard (1...mostSteps).contains(steps.count) else {
            throw SettingProblem("has \(steps.count) steps, not 1 to \(mostSteps)", hint)
        }
        return steps
    }
}
