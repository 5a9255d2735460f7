import Mapping
import Relay
import TestSupport
import Testing

@testable import Bridge

/// Each launch that is owed brings its own history along, and no other's.
@Suite("Owed histories")
struct OwedHistoriesTests {
    private func group(_ elements: [Int]?, _ attempts: Int, version: String = "v1") -> OwedLaunches.Group {
        OwedLaunches.Group(
            mapping: "a", version: version, elements: elements.map { ElementSet($0) },
            history: LaunchHistory(attempts: attempts))
    }

    private func histories(_ groups: [OwedLaunches.Group], version: String = "v1") -> OwedHistories {
        OwedHistories(OwedShare(mapping: "a", groups: groups), version: version)
    }

    @Test("a launch that comes for the first time has none")
    func none() {
        #expect(OwedHistories().elements == nil && OwedHistories().history(of: nil) == LaunchHistory())
        #expect(OwedHistories().split([3..<9]).map(\.elements) == [[3..<9]])
    }

    @Test("the one launch of a mapping without for_each has that of its group")
    func single() {
        let histories = histories([group(nil, 4)])
        #expect(histories.elements == nil && histories.history(of: nil).attempts == 4)
    }

    @Test("where the mapping has changed all is owed, and nobody is charged with another's failures")
    func changed() {
        for version in [("v2", "v1"), ("v1", "v2")] {
            let histories = histories([group([1, 2], 9, version: version.0), group([3], 1)], version: version.1)
            #expect(histories.elements == nil)
            #expect(histories.history(of: 7) == LaunchHistory(attempts: 1))
        }
    }

    @Test("what is left splits by group, and nothing gets lost", arguments: 0..<60)
    func splits(seed: Int) {
        var random = TestSupport.SeededGenerator(seed: UInt64(seed))
        var members = [[Int]](repeating: [], count: Int.random(in: 1...4, using: &random))
        for number in 0..<60 where Bool.random(using: &random) {
            members[Int.random(in: 0..<members.count, using: &random)].append(number)
        }
        members = members.filter { !$0.isEmpty }
        let histories = histories(members.enumerated().map { group($0.element, $0.offset + 1) })
        let owed = members.flatMap { $0 }.sorted()
        #expect(histories.elements?.ranges.flatMap { Array($0) } == owed)
        for (owner, elements) in members.enumerated() {
            for element in elements { #expect(histories.history(of: element).attempts == owner + 1) }
        }
        // What a stream has left begins anywhere.
        let left = ElementSet(owed.dropFirst(Int.random(in: 0...owed.count, using: &random)))
        var seen: [Int] = []
        for part in histories.split(left.runs) {
            let numbers = part.elements.flatMap { Array($0) }
            #expect(!numbers.isEmpty && numbers.allSatisfy { histories.history(of: $0) == part.history })
            seen += numbers
        }
        #expect(ElementSet(seen) == left && seen.count == left.count)
    }
}
