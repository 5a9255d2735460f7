import Mapping
import TestSupport
import Testing

@testable import Bridge

/// Which elements are meant survives the wire, in both of its forms.
@Suite("Element sets")
struct ElementSetTests {
    @Test(
        "are written as ranges",
        arguments: [([], ""), ([0], "0"), ([3, 1, 2, 7], "1-3,7"), ([5, 5, 5], "5"), ([0, 2, 4], "0,2,4")]
            as [([Int], String)])
    func written(places: [Int], text: String) {
        #expect(ElementSet(places).ranges == text)
    }

    @Test("come back as they went", arguments: 0..<50)
    func roundTrip(seed: Int) {
        var random = TestSupport.SeededGenerator(seed: UInt64(seed))
        let places = (0..<Int.random(in: 1...300, using: &random)).map { _ in Int.random(in: 0..<400, using: &random) }
        let set = ElementSet(places)
        #expect(ElementSet(ranges: set.ranges) == set)
        #expect(ElementSet(bitmap: set.bitmap) == set)
        #expect(set.elementRanges.ranges.flatMap { Array($0) } == Set(places).sorted())
        #expect(set.count == Set(places).count)
    }

    @Test(
        "are not taken from texts that are none",
        arguments: [
            "", ",", "1,", "-", "1-", "-1", "3-1", "2,1", "1,1", "1-2-3", "a", "100000", "99999-100000",
            "0-99999999999999999999",
        ])
    func badRanges(text: String) {
        #expect(ElementSet(ranges: text) == nil)
    }

    @Test("hold what a for_each may have, and no place beyond")
    func bounds() {
        #expect(ElementSet.end == EvaluationLimits().elements)
        #expect(ElementSet(ranges: "0-\(ElementSet.end - 1)")?.count == ElementSet.end)
        let full = [UInt8](repeating: 0xFF, count: ElementSet.end / 8)
        #expect(ElementSet(bitmap: full)?.ranges == "0-\(ElementSet.end - 1)")
        #expect(ElementSet(bitmap: full + [1]) == nil)
        #expect(ElementSet(bitmap: []) == nil && ElementSet(bitmap: [0, 0]) == nil, "they mean no element at all")
    }

    @Test("stay ranges, however many elements they stand for")
    func ranges() throws {
        let set = try #require(ElementSet(ranges: "0-40000,40001-99998"))
        #expect(set.elementRanges.ranges == [0..<99_999])
        #expect(set.ranges == "0-99998")
    }

    @Test("know which of them hold others", arguments: 0..<50)
    func containment(seed: Int) {
        var random = TestSupport.SeededGenerator(seed: UInt64(seed))
        let (left, right) = (places(12, &random), places(6, &random))
        #expect(ElementSet(left).contains(ElementSet(right)) == Set(left).isSuperset(of: right))
        #expect(ElementSet(left + right).contains(ElementSet(right)))
        let all = Set(left)
        let halves = [all.filter { $0 % 2 == 0 }, all.filter { $0 % 2 == 1 }].map { ElementSet($0) }
        #expect(ElementSet(joining: halves) == ElementSet(left))
    }

    private func places(_ count: Int, _ random: inout TestSupport.SeededGenerator) -> [Int] {
        (0..<count).map { _ in Int.random(in: 0..<15, using: &random) }
    }
}
