import Mapping
import Relay

/// Which elements of one mapping are owed, and what the launch of each brings along.
struct OwedHistories: Sendable {
    /// The elements that are owed; nil for all.
    let elements: ElementRanges?
    /// Whose each range of `elements` is, by place in `histories`.
    private let owners: [Int]
    private let histories: [LaunchHistory]

    /// All elements, and nothing that happened before.
    init() {
        (elements, owners, histories) = (nil, [], [LaunchHistory()])
    }

    /// What is owed of a mapping that has this version now.
    ///
    /// All of it where the mapping has changed: its elements may be others.
    init(_ share: OwedShare, version: String) {
        guard share.groups.allSatisfy({ $0.version == version && $0.elements != nil }) else {
            (elements, owners) = (nil, [])
            histories = [LaunchHistory(joining: share.groups.map(\.history))]
            return
        }
        let runs = share.groups.enumerated().flatMap { owner, group in
            (group.elements?.runs ?? []).map { (run: $0, owner: owner) }
        }
        let sorted = runs.sorted { $0.run.lowerBound < $1.run.lowerBound }
        elements = ElementRanges(sorted.map(\.run))
        owners = sorted.map(\.owner)
        histories = share.groups.map(\.history)
    }

    /// What the launch of an element brings along.
    func history(of element: Int?) -> LaunchHistory {
        guard let elements, let element, let place = elements.index(of: element) else { return histories[0] }
        return histories[owners[place]]
    }

    /// Elements, told apart by what they bring along.
    func split(_ numbers: [Range<Int>]) -> [(elements: [Range<Int>], history: LaunchHistory)] {
        guard let owed = elements?.ranges else { return [(numbers, histories[0])] }
        var parts = [[Range<Int>]](repeating: [], count: histories.count)
        var place = 0
        for range in numbers {
            while place < owed.count, owed[place].upperBound <= range.lowerBound { place += 1 }
            while place < owed.count, owed[place].lowerBound < range.upperBound {
                parts[owners[place]].append(range.clamped(to: owed[place]))
                guard owed[place].upperBound <= range.upperBound else { break }
                place += 1
            }
        }
        return zip(parts, histories).filter { !$0.0.isEmpty }.map { (elements: $0.0, history: $0.1) }
    }
}
