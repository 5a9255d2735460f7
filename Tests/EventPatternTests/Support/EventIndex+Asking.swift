@testable import EventPattern

extension EventIndex {
    /// The ids of the mappings that want an event, found by asking every one: what the index is held against.
    func matchWithoutIndex(_ event: EventView) -> [Int] {
        Set(entries.filter { $0.condition.matches(event) }.map(\.id)).sorted()
    }
}
