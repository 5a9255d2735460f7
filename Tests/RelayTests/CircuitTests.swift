import Altcraft
import Outcome
import Poll
import Testing

@testable import Relay

/// The circuit and what it is judged by, apart from the relay.
@Suite("Circuits", .timeLimit(.minutes(1)))
struct CircuitTests {
    static let backoff = Backoff(first: .seconds(1), ceiling: .seconds(30))
    static let start = MonotonicTime(nanoseconds: 0)

    static func seconds(_ count: Int) -> MonotonicTime { start.advanced(by: .seconds(count)) }

    /// A circuit that is being tried.
    static func tried() -> Circuit {
        var circuit = Circuit()
        var generator = SeededGenerator(seed: 3)
        _ = circuit.open(.connect, retryAfter: nil, backoff, &generator, now: start)
        circuit.probe()
        circuit.try(isConfident: true, now: seconds(1))
        return circuit
    }

    @Test("Its states let through what they should")
    func admits() {
        var circuit = Circuit()
        var generator = SeededGenerator(seed: 3)
        #expect(circuit.isClosed && circuit.admits)
        let wait = circuit.open(.connect, retryAfter: .seconds(7), Self.backoff, &generator, now: Self.start)
        #expect(wait == .seconds(7))
        #expect(circuit.due == Self.seconds(7))
        #expect(circuit.isOpen && !circuit.admits)
        circuit.hurry(now: Self.seconds(2))
        #expect(circuit.due == Self.seconds(2))
        circuit.probe()
        #expect(circuit.isOpen && circuit.due == nil)
        circuit.try(isConfident: false, now: Self.seconds(3))
        #expect(!circuit.isOpen && !circuit.isClosed && circuit.admits)
        let epoch = circuit.sent()
        #expect(!circuit.admits)
        #expect(circuit.succeeded(epoch: epoch, limit: 64) == false)
        _ = circuit.sent()
        #expect(circuit.admits)
        _ = circuit.sent()
        #expect(!circuit.admits)
    }

    @Test("Answers of another period count for nothing")
    func epochs() {
        var circuit = Self.tried()
        let old = circuit.epoch &- 1
        #expect(circuit.succeeded(epoch: old, limit: 1) == false)
        #expect(circuit.failed(epoch: old) == false)
        #expect(circuit.isConfidentTrial(epoch: circuit.epoch))
        #expect(!circuit.isConfidentTrial(epoch: old))
        #expect(!circuit.isConfidentTrial(epoch: nil))
    }

    @Test("One bad answer among good ones does not open it again")
    func mostlyGood() {
        var circuit = Self.tried()
        let epoch = circuit.sent()
        _ = circuit.succeeded(epoch: epoch, limit: 64)
        _ = circuit.sent()
        _ = circuit.sent()
        #expect(circuit.failed(epoch: epoch) == false)
        #expect(circuit.failed(epoch: epoch) == true)
    }

    @Test("It closes when nothing has failed for a while, however little there was to be tried with")
    func quiet() {
        var circuit = Self.tried()
        let epoch = circuit.sent()
        _ = circuit.succeeded(epoch: epoch, limit: 64)
        _ = circuit.sent()
        _ = circuit.failed(epoch: epoch)
        circuit.restartOrClose(now: Self.seconds(40))
        #expect(!circuit.isClosed)
        circuit.restartOrClose(now: Self.seconds(80))
        #expect(circuit.isClosed)
    }

    @Test("It does not close while the first launch is out")
    func firstIsOut() {
        var circuit = Self.tried()
        let epoch = circuit.sent()
        circuit.restartOrClose(now: Self.seconds(40))
        #expect(!circuit.isClosed)
        circuit.withdrew(epoch: epoch)
        circuit.restartOrClose(now: Self.seconds(80))
        #expect(circuit.isClosed)
    }

    @Test("A launch that says nothing gives its place back")
    func withdrew() {
        var circuit = Self.tried()
        let epoch = circuit.sent()
        #expect(!circuit.admits)
        circuit.withdrew(epoch: epoch)
        #expect(circuit.admits)
    }

    /// Notes calls, a second apart; `g` is good, `u` unreachable, `x` unclear; lanes and targets follow from the place.
    static func window(_ calls: String, lanes: Int = 100, targets: Int = 1) -> (CallWindow, MonotonicTime) {
        var window = CallWindow()
        var now = start
        for (place, call) in calls.enumerated() {
            let verdict: CallWindow.Verdict = call == "g" ? .good : call == "u" ? .unreachable : .unclear
            let target = LaunchTarget.campaign(Int64(place % targets))
            window.note(verdict, lane: LaneKey(hash: UInt64(place % lanes)), target: target, now: now)
            now = now.advanced(by: .milliseconds(100))
        }
        return (window, now)
    }

    @Test(
        "What the calls say: g good, u unreachable, x unclear; from so many recipients",
        arguments: [
            ("u", 9, .well), ("uu", 9, .well), ("uuu", 9, .sick), ("uuu", 1, .sick), ("guuu", 9, .suspect),
            ("xx", 9, .well), ("xxx", 9, .suspect), ("xxxxx", 9, .sick), ("xxxxx", 2, .suspect), ("xxuuu", 9, .sick),
            ("gxxxxxxxxx", 9, .suspect), ("gxxxxxxxxxx", 9, .sick), ("gxxxxxxxxxx", 2, .suspect),
            ("gggggggggxgggggggggxgggggggggx", 9, .well), ("gggggggggggggggggggggggggxxx", 9, .well),
            ("gggggggggggggggggggggggggxxxxxxxxxx", 9, .sick), ("gggggggggggggggggggggggggxxxxxxxxxx", 1, .suspect),
            ("xgxxgxxgxxgxxgxxgxxgx", 9, .sick), ("xgxgxgxgxgxgxgxgxgxgxgxg", 9, .well),
        ] as [(String, Int, CallWindow.Judgement)]
    )
    func judgement(calls: String, lanes: Int, judgement: CallWindow.Judgement) {
        let (window, now) = Self.window(calls, lanes: lanes)
        #expect(window.judgement(now: now) == judgement)
    }

    @Test("Old successes do not hide a failure, old failures in a row count")
    func age() {
        var (window, _) = Self.window("gggggggggggggggggggggggggg")
        for minute in 10..<13 {
            window.note(.unreachable, lane: LaneKey(hash: 1), target: .campaign(1), now: Self.seconds(60 * minute))
        }
        #expect(window.judgement(now: Self.seconds(60 * 12)) == .sick)
    }

    @Test("When all failures are one target's and others succeed, it is not the platform")
    func oneTarget() {
        let one = Self.window(String(repeating: "gx", count: 30), targets: 2).0
        #expect(one.judgement(now: Self.seconds(7)) == .well)
        let both = Self.window(String(repeating: "xxg", count: 20), targets: 2).0
        #expect(both.judgement(now: Self.seconds(7)) == .sick)
    }

    @Test("The newest calls count, older ones leave")
    func rolls() {
        let calls = String(repeating: "x", count: 64) + String(repeating: "g", count: 64)
        let (window, now) = Self.window(calls)
        #expect(window.judgement(now: now) == .well)
    }

    @Test("A target's streak needs count, recipients, time, and others that succeed to the end")
    func streak() {
        func play(faults: Int, lanes: Int, gap: Int, othersSucceed: (Int) -> Bool) -> Bool {
            var health = TargetHealth()
            var goods = 0
            var isSick = false
            for number in 0..<faults {
                if othersSucceed(number) { goods += 1 }
                let lane = LaneKey(hash: UInt64(number % lanes))
                let now = Self.start.advanced(by: .milliseconds(gap * number))
                isSick = health.noteFault(lane: lane, goods: goods, now: now)
            }
            return isSick
        }
        #expect(play(faults: 5, lanes: 5, gap: 300) { _ in true })
        #expect(!play(faults: 4, lanes: 4, gap: 300) { _ in true })
        #expect(!play(faults: 5, lanes: 2, gap: 300) { _ in true })
        #expect(!play(faults: 5, lanes: 5, gap: 200) { _ in true })
        #expect(!play(faults: 5, lanes: 5, gap: 300) { _ in false })
        #expect(!play(faults: 9, lanes: 5, gap: 300) { $0 < 4 })
    }

    @Test("A store that fails is tried again, later each time, and told of once")
    func availability() {
        var generator = SeededGenerator(seed: 5)
        var store = Availability(isUp: true)
        #expect(store.works() == false)
        let wait = store.failed(&generator, now: Self.start)
        #expect(wait.map { $0 <= .seconds(1) } == true)
        #expect(store.failed(&generator, now: Self.start) == nil)
        store.try()
        #expect(!store.isUp)
        #expect(store.due == nil)
        let longer = store.failed(&generator, now: Self.start)
        #expect(longer.map { $0 >= .seconds(1) } == true)
        #expect(store.works() == true)
        #expect(store.isUp)
        #expect(store.lost() == true)
        #expect(store.lost() == false)
        #expect(store.due == nil)
        store.forgetTry(now: Self.start)
        #expect(store.due == nil)
    }
}
