import Functions
import JSON
import Mapping
import TestSupport
import Testing

/// Which elements are still owed, found among many ranges as quickly as among few.
@Suite(.timeLimit(.minutes(1)))
struct ElementRangesTests {
    @Test func emptyRangesHoldNothing() {
        #expect(!ElementRanges([]).contains(0))
        #expect(ElementRanges([]).index(of: 7) == nil)
    }

    @Test(arguments: 0..<40)
    func agreesWithLookingAtEach(seed: Int) {
        var random = TestSupport.SeededGenerator(seed: UInt64(seed))
        var (ranges, next) = ([Range<Int>](), 0)
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            // Neighbours may touch: two histories of one mapping do.
            let start = next + Int.random(in: 0...3, using: &random)
            next = start + Int.random(in: 1...4, using: &random)
            ranges.append(start..<next)
        }
        let set = ElementRanges(ranges)
        for number in -1...(next + 2) {
            #expect(set.index(of: number) == ranges.firstIndex { $0.contains(number) })
            #expect(set.contains(number) == ranges.contains { $0.contains(number) })
        }
    }

    /// Every second element of a large audience: looked for one by one among all ranges, this takes minutes.
    @Test func aLargeAudienceTakesAMoment() throws {
        let count = 80_000
        let body = "{\"l\": [" + [String](repeating: "1", count: count).joined(separator: ",") + "]}"
        let text =
            #"{"name": "a", "when": {}, "launch": {"campaign": 1}, "for_each": {"path": "$.l[*]"}, "#
            + #""recipient": [{"email": "a@example.com"}]}"#
        let set = MappingSet.compile(files: [SourceFile(name: "a.json", text: text)]).set
        let event = try #require(EventFile.read(SourceFile(name: "e", text: body)).0).event(now: Instant(seconds: 0))
        let owed = ElementRanges(stride(from: 1, to: count, by: 2).map { $0..<($0 + 1) })
        let plan = try #require(set.evaluate(event, mapping: "a", elements: owed, isWhole: false))
        #expect(plan.elementCount == count)
        #expect(plan.outcomes.count + (plan.rest?.left.count ?? 0) == count / 2)
        #expect(plan.launches.first?.element.number == 1)
    }
}
