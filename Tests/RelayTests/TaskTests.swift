import Altcraft
import Outcome
import Poll
import Relay
import Testing

/// Batches that the platform works off as tasks: followed to their end.
@Suite("Tasks", .timeLimit(.minutes(1)))
struct TaskTests {
    /// A bench with one task that is followed, of a and b.
    private static func bench(
        _ policy: LaunchPolicy = LaunchPolicy(), parksUnreported: Bool = false
    ) -> (Bench, BatchID) {
        let bench = Bench { $0.taskTimeout = .seconds(60) }
        let batch = BatchPolicy(maxItems: 2, parksUnreported: parksUnreported)
        for name in ["a", "b"] { bench.deliver(shared(name, batch, call: .triggerStartBatchTask, policy: policy)) }
        let id = bench.batches[0]
        _ = bench.did()
        bench.answer(id, .task("task_7"))
        return (bench, id)
    }

    private static func tell(_ bench: Bench, _ id: BatchID, _ status: TaskStatus) {
        _ = bench.did()
        bench.act { $0.taskAnswered(id, status, at: bench.moment) }
    }

    private static let launched = LaunchFate(end: .launched, launchClass: .accepted, reason: nil)

    @Test("A task is asked after with growing pauses, and settles its launches at its end")
    func followed() {
        let (bench, id) = Self.bench()
        #expect(bench.did().isEmpty && bench.relay.snapshot.inFlight == 0 && bench.fates.isEmpty)
        var pauses: [Int64] = []
        for _ in 0..<6 {
            let start = bench.now
            while !bench.actions.contains(.askTask(id)) { bench.pass(.milliseconds(50)) }
            pauses.append(bench.now - start)
            #expect(bench.relay.snapshot.inFlight == 1 && bench.relay.batchTask(id) == "task_7")
            Self.tell(bench, id, .running(progress: 10))
        }
        #expect(pauses[5] > pauses[0] * 4)
        while !bench.actions.contains(.askTask(id)) { bench.pass(.milliseconds(50)) }
        Self.tell(bench, id, .finished(TaskResult(total: 2)))
        #expect(bench.fates == [Self.launched, Self.launched] && bench.did().acknowledges == 2)
        #expect(bench.relay.snapshot.inFlight == 0)
    }

    @Test("What keeps silent, refuses or is busy is asked again")
    func askedAgain() {
        let (bench, id) = Self.bench()
        for status in [TaskStatus.unanswered(.refusal), .unanswered(.unknown(.timeout)), .unanswered(.busy(.http503))] {
            while !bench.actions.contains(.askTask(id)) { bench.pass(.milliseconds(50)) }
            Self.tell(bench, id, status)
        }
        #expect(bench.fates.isEmpty)
    }

    @Test("A task that failed, or is not done in time, leaves its launches unknown", arguments: [true, false])
    func unknown(isFailed: Bool) {
        let (bench, id) = Self.bench(LaunchPolicy(whenUnsure: .park))
        if isFailed {
            bench.pass(.seconds(1))
            Self.tell(bench, id, .failed("error"))
        } else {
            for _ in 0..<20 {
                bench.pass(.seconds(4))
                if bench.actions.contains(.askTask(id)) { Self.tell(bench, id, .running(progress: nil)) }
            }
        }
        let reason: Reason = isFailed ? .taskFailed : .timeout
        let fate = LaunchFate(end: .parked, launchClass: .unknown, reason: reason)
        #expect(bench.fates == [fate, fate])
        #expect(bench.relay.snapshot.inFlight == 0)
    }

    @Test("A task that handled fewer goes by the mapping's choice", arguments: [true, false])
    func short(isParked: Bool) {
        let (bench, id) = Self.bench(parksUnreported: isParked)
        bench.pass(.seconds(1))
        Self.tell(bench, id, .finished(TaskResult(total: 1, errors: ["no such profile"])))
        let fate = isParked ? LaunchFate(end: .parked, launchClass: .unknown, reason: .unreported) : Self.launched
        #expect(bench.fates == [fate, fate])
    }

    @Test("An answer without a task is all that will be known")
    func withoutID() {
        let bench = Bench()
        bench.deliver(shared("a", BatchPolicy(maxItems: 1), call: .triggerStartBatchTask))
        bench.answer(bench.batches[0], .ok)
        #expect(bench.fates == [Self.launched])
    }

    @Test("A stop waits for tasks as for all that is under way")
    func stop() {
        let (bench, id) = Self.bench()
        bench.act { $0.stop(deadline: bench.moment.monotonic.advanced(by: .seconds(9)), at: bench.moment) }
        #expect(!bench.did().contains(.finished))
        bench.pass(.seconds(1))
        #expect(bench.actions.contains(.askTask(id)))
        Self.tell(bench, id, .finished(TaskResult()))
        #expect(bench.did().contains(.finished) && bench.fates.count == 2)
    }
}
