import Poll
import Testing

@testable import Bridge

/// When a folder is read, in virtual time.
@Suite("The pace of reloads", .timeLimit(.minutes(1)))
struct ReloadPaceTests {
    private func time(_ milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: milliseconds * 1_000_000)
    }

    @Test("nothing is due before something changes")
    func idle() {
        #expect(ReloadPace().due == nil)
    }

    @Test(
        "it is due 200 ms after the last change, and a second after the first at the latest",
        arguments: [
            ([0], 200), ([0, 150], 350), ([0, 100, 200, 300], 500), ([0, 190, 380, 570, 760, 950], 1_000),
            ([500], 700), ([0, 900], 1_000),
        ] as [([Int64], Int64)])
    func due(changes: [Int64], due: Int64) {
        var pace = ReloadPace()
        for change in changes { pace.noticed(at: time(change)) }
        #expect(pace.due == time(due))
    }

    @Test("what was read in quiet may be used, and nothing is due any more")
    func quiet() {
        var pace = ReloadPace()
        pace.noticed(at: time(0))
        let isSettled1 = pace.read(hasChangedMeanwhile: false, at: time(200))
        #expect(isSettled1)
        #expect(pace.due == nil)
    }

    @Test("what changed while it was read is read again")
    func disturbed() {
        var pace = ReloadPace()
        pace.noticed(at: time(0))
        let isSettled2 = pace.read(hasChangedMeanwhile: true, at: time(210))
        #expect(!isSettled2)
        #expect(pace.due == time(410))
        let isSettled3 = pace.read(hasChangedMeanwhile: false, at: time(410))
        #expect(isSettled3)
    }

    @Test("a folder that never rests is used as it is, once a second")
    func restless() {
        var pace = ReloadPace()
        var used: [Int64] = []
        pace.noticed(at: time(0))
        for now in stride(from: Int64(0), through: 5_000, by: 50) {
            if let due = pace.due, due <= time(now), pace.read(hasChangedMeanwhile: true, at: time(now)) {
                used.append(now)
            }
            pace.noticed(at: time(now))
        }
        #expect(used == [1_000, 2_000, 3_000, 4_000, 5_000])
    }
}
