/// Launches whose turn has come, by priority.
///
/// Higher priorities first, but every sixteenth turn belongs to the lowest that waits: else a steady stream of orders
/// would hold a newsletter until its event goes round the ladder for ever.
struct Turns {
    private static let share = 16

    private var queues = [Ring<LaunchID>](repeating: Ring(), count: Priority.allCases.count)
    private var taken = 0

    /// Whether nobody waits.
    var isEmpty: Bool { queues.allSatisfy { $0.isEmpty } }

    /// Puts a launch behind those of its priority.
    mutating func append(_ launch: LaunchID, _ priority: Priority) {
        queues[priority.rank].append(launch)
    }

    /// Puts a launch before those of its priority: it was there already.
    mutating func prepend(_ launch: LaunchID, _ priority: Priority) {
        queues[priority.rank].prepend(launch)
    }

    /// Takes out the launch whose turn it is.
    mutating func next() -> LaunchID? {
        taken &+= 1
        if taken % Turns.share == 0 {
            for rank in queues.indices.reversed() {
                if let launch = queues[rank].popFirst() { return launch }
            }
            return nil
        }
        for rank in queues.indices {
            if let launch = queues[rank].popFirst() { return launch }
        }
        return nil
    }

    /// Keeps the launches that fulfil the condition.
    mutating func keep(where condition: (LaunchID) -> Bool) {
        for rank in queues.indices { queues[rank].keep(where: condition) }
    }
}
