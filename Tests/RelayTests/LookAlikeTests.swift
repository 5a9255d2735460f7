import Altcraft
import Outcome
import Relay
import Testing

/// Keys are compared byte by byte: what Swift takes for one text, as it looks alike, may be two customers' orders.
@Suite("Keys that only look alike", .timeLimit(.minutes(1)))
struct LookAlikeTests {
    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"

    /// Pairs of keys that Swift's texts call equal, part by part.
    static let pairs = [
        (LaunchKey(mapping: "m", value: composed), LaunchKey(mapping: "m", value: decomposed)),
        (
            LaunchKey(mapping: "m", value: "1", element: composed),
            LaunchKey(mapping: "m", value: "1", element: decomposed)
        ),
        (LaunchKey(mapping: composed, value: "1"), LaunchKey(mapping: decomposed, value: "1")),
        // The sign for angstrom and the letter; as many bytes on both sides.
        (LaunchKey(mapping: "m", value: "\u{212B}"), LaunchKey(mapping: "m", value: "A\u{30A}")),
    ]

    private func launch(_ key: LaunchKey, for recipient: String) -> PlannedLaunch {
        PlannedLaunch(
            mapping: "m", version: "v1",
            request: LaunchRequest(call: .triggerStart, target: .campaign(1), body: [123, 125]), recipient: recipient,
            lane: LaneKey(recipient), key: key)
    }

    @Test(arguments: pairs)
    func twoKeys(left: LaunchKey, right: LaunchKey) {
        #expect(left != right)
        #expect(Set([left, right, left]).count == 2)
        #expect(left == LaunchKey(mapping: left.mapping, value: left.value, element: left.element))
    }

    @Test("One after the other, or at the same time, both are launched; the same one is not", arguments: pairs)
    func bothAreLaunched(left: LaunchKey, right: LaunchKey) {
        let bench = Bench()
        bench.deliver(launch(left, for: "anna"))
        bench.deliver(launch(right, for: "boris"))
        #expect(bench.sent.count == 2, "neither waits for the other")
        bench.answerAll(.ok)
        bench.deliver(launch(left, for: "anna"))
        #expect(bench.sent.isEmpty)
        #expect(bench.ends.map(\.end) == [.launched, .launched, .skipped])

        let later = Bench()
        later.deliver(launch(left, for: "anna"))
        later.answerAll(.ok)
        later.deliver(launch(right, for: "anna"))
        later.answerAll(.ok)
        #expect(later.ends.map(\.end) == [.launched, .launched])
    }
}
