import Foundation

/// Requests that are carried out later: tasks, and launches with a delay.
struct TaskBoard: Sendable {
}

extension World {
    /// Carries out what has become due.
    mutating func advance(to now: Date) {
    }
}
