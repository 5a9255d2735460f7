import Bridge
import Mapping
import TestSupport
import Testing

/// Which elements are meant survives the wire, in both of its forms.
@Suite("Element sets")
struct ElementSetTests {
    @Test(
        "are written as ranges",
        arguments: [([], ""), ([0], "0"), ([3, 1, 2, 7], "1-3,7"), ([5, 5, 5], "5"), ([0, 2, 4], "0,2,4")]
            as [([Int], String)])
    func ranges(places: [Int], text: String) {
        #expect(ElementSet(places).ranges == text)
    }

    @Test("come back as they went", arguments: 0..<50)
    func roundTrip(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let places = (0..<Int.random(in: 1...300, using: &random)).map { _ in Int.random(in: 0..<400, using: &random) }
        let set = ElementSet(places)
        #expect(ElementSet(ranges: set.ranges) == set)
        #expect(ElementSet(bitmap: set.bitmap) == set)
        #expect(set.elementRanges.ranges.flatMap { Array($0) } == set.places)
    }

    @Test(
        "are not taken from texts that are none",
        arguments: [
            "", ",", "1,", "-", "1-", "-1", "3-1", "2,1", "1,1", "1-2-3", "a", "1000001", "0-99999999999999999999",
        ])
    func badRanges(text: String) {
        #expect(ElementSet(ranges: text) == nil)
    }

    @Test("are bounded")
    func bounds() {
        #expect(ElementSet(bitmap: [UInt8](repeating: 0xFF, count: ElementSet.highest / 8 + 2)) == nil)
        #expect(ElementSet(ranges: "0-\(ElementSet.highest)")?.places.count == ElementSet.highest + 1)
    }
}
