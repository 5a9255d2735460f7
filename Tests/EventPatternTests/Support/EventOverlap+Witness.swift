@testable import EventPattern

extension EventOverlap {
    /// An event that meets a condition, or nil when none could be made.
    static func witness(for condition: EventCondition) -> EventWitness? {
        guard case .may(let witness) = between(condition, condition) else { return nil }
        return witness
    }
}
