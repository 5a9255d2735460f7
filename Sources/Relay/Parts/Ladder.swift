import Poll

/// The delay queues, one for each step: where waits go that are too long to be held.
struct Ladder {
    /// The delay of each step, growing.
    ///
    /// Empty: there is no ladder, and waits are held in flight.
    let steps: [Duration]

    /// Whether there is no ladder.
    var isEmpty: Bool { steps.isEmpty }

    /// The step after `passes` passes through the ladder; the last one for all that follow.
    func step(passes: Int) -> Int {
        min(max(passes, 0), max(steps.count - 1, 0))
    }

    /// The first step that waits at least so long; the last one if none does.
    func step(atLeast wait: Duration) -> Int {
        steps.firstIndex { $0 >= wait } ?? max(steps.count - 1, 0)
    }

    /// How long a step delays.
    func delay(_ step: Int) -> Duration {
        steps.indices.contains(step) ? steps[step] : .zero
    }
}
