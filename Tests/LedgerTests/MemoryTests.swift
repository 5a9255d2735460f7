import TestSupport
import Testing

@testable import Ledger

/// What the ledger keeps in memory: the filter, and launches that no index knows yet.
@Suite(.timeLimit(.minutes(1)))
struct MemoryTests {
    @Test("a filter denies nothing that was inserted, and little else", arguments: [1, 2, 3])
    func bloom(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = 20_000
        var bits = BloomBits(capacity: count, byteLimit: 1 << 20)
        let keys = (0..<count).map { _ in Int64.random(in: .min ... .max, using: &random) }
        for key in keys { bits.insert(key) }
        #expect(keys.allSatisfy(bits.contains))
        let wrong = (0..<100_000).count { _ in bits.contains(Int64.random(in: .min ... .max, using: &random)) }
        #expect(wrong < 2_000)
        #expect(bits.count == count)
    }

    @Test("a filter that may take no memory errs, and still denies nothing")
    func tinyFilter() {
        var bits = BloomBits(capacity: 1_000_000, byteLimit: 1)
        for key in 0..<1_000 as Range<Int64> { bits.insert(key) }
        #expect((0..<1_000 as Range<Int64>).allSatisfy(bits.contains))
    }

    @Test("until it is built a filter says nothing")
    func unbuilt() {
        let filter = KeyFilter()
        #expect(!filter.lacks(1))
        #expect(filter.isFull)
        filter.beginNext(expecting: 0)
        #expect(!filter.lacks(1))
        filter.insert(7)
        filter.fill([8])
        filter.finishNext()
        #expect(filter.lacks(1))
        #expect(!filter.lacks(7))
        #expect(!filter.lacks(8))
        #expect(!filter.isFull)
    }

    @Test("what is inserted while the next filter is built is in both")
    func rebuilding() {
        let filter = KeyFilter()
        filter.beginNext(expecting: 0)
        filter.finishNext()
        filter.insert(1)
        filter.beginNext(expecting: 10)
        filter.insert(2)
        #expect(!filter.lacks(2))
        filter.fill([1])
        filter.finishNext()
        #expect(!filter.lacks(1))
        #expect(!filter.lacks(2))
        #expect(filter.lacks(3))
    }

    @Test("launches are found by key, all of them", arguments: [4, 5])
    func unindexed(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var launches = UnindexedLaunches()
        var model: [Int64: Set<Int64>] = [:]
        for id in 1...3_000 as ClosedRange<Int64> {
            let key = Int64.random(in: 0..<500, using: &random)
            launches.append(.init(id: id, key: key, event: 0, recipient: 0, otherRecipient: 0))
            model[key, default: []].insert(id)
        }
        #expect(launches.count == 3_000)
        for key in 0..<501 as Range<Int64> { #expect(Set(launches.launches(key: key)) == model[key] ?? []) }
    }

    @Test("a recipient has as many lines as identities")
    func lines() {
        func lines(_ first: Int64, _ other: Int64) -> [IndexLine] {
            UnindexedLaunches.Item(id: 9, key: 1, event: 2, recipient: first, otherRecipient: other).lines(.recipient)
        }
        #expect(lines(0, 0).isEmpty)
        #expect(lines(5, 0) == [IndexLine(hash: 5, launch: 9)])
        #expect(lines(5, 6) == [IndexLine(hash: 5, launch: 9), IndexLine(hash: 6, launch: 9)])
    }
}
