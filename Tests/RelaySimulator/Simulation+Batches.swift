import Altcraft
import Outcome
import Poll
import Relay

/// Calls that carry several launches, and the tasks that are made of them.
extension Simulation {
    /// The request of a batch goes out: the platform reads in it what it is asked for.
    func send(_ id: BatchID) {
        guard let request = relay.batchRequest(id) else { return oracle.fail("a batch without a request") }
        let members = relay.batchMembers(id)
        var read = Self.parts(in: request)
        log("parts \(read) are sent together")
        oracle.require(members.map { part($0).index } == read, "the request of a batch is not that of its launches")
        if scenario.windows.contains(where: { $0.fault.isOutage && $0.holds(at: now) }) { oracle.sendsInOutage += 1 }
        let entries = members.map { (part: part($0), delivery: relay.delivery(of: $0)) }
        oracle.sent(entries, life: life, wall: wall, limit: scenario.settings.inFlight)
        if mutation == .loseElement, read.count > 1, once() { read.removeLast() }
        carryOut(id, members.map { part($0).index }, read, request.call)
        if mutation == .sendBatchTwice, once() {
            oracle.sent(entries, life: life, wall: wall, limit: scenario.settings.inFlight)
        }
    }

    /// The parts that a request names.
    private static func parts(in request: BatchRequest) -> [Int] {
        String(decoding: request.elements, as: UTF8.self).split(separator: "\"")
            .compactMap { $0.first == "p" ? Int($0.dropFirst()) : nil }
    }

    private func carryOut(_ id: BatchID, _ members: [Int], _ read: [Int], _ call: Call) {
        var (answer, launched) = judge(read.map { scenario.parts[$0] })
        var latency = delay(1...60)
        if case .unknown(.timeout) = answer { latency = scenario.timeout }
        var done = now + latency / 2
        if case .accepted(let parts) = answer, call.isTask {
            let task = "task_\(tasks.count)"
            done = now + delay(10...20_000)
            tasks[task] = done
            answer = .task(task)
            launched = parts
        }
        for part in launched { queue.plan(.carriedOut(part: part), at: done) }
        queue.plan(.batchAnswer(life: life, id, parts: members, answer), at: now + latency)
    }

    /// What becomes of a batch, and for which parts it is carried out.
    private func judge(_ parts: [SimulatedPart]) -> (BatchAnswer, [Int]) {
        for window in scenario.windows where window.holds(at: now) {
            guard let (answer, _) = judge(window.fault, parts[0]) else { continue }
            // Without an answer nobody knows how far it came.
            let isLost = if case .unknown = answer { window.fault.mayCarryOut } else { false }
            let share = isLost ? random.below(101) : 0
            return (BatchAnswer(answer), parts.filter { $0.nature == .plain && random.percent(share) }.map(\.index))
        }
        if parts.count > scenario.mostElements { return (.refused(isTooLarge: true), []) }
        if parts.contains(where: { $0.nature == .poison }) { return (.unknown(.error), []) }
        if parts.contains(where: { $0.nature == .refused }) { return (.refused(isTooLarge: false), []) }
        let launched = parts.filter { $0.nature != .absent }.map(\.index)
        return (.accepted(launched), launched)
    }

    /// The bridge learns what became of a batch.
    func answer(_ life: Int, _ id: BatchID, _ parts: [Int], _ answer: BatchAnswer) {
        guard life == self.life, isAlive else { return }
        if mutation == .dropAnswer, once() { return }
        steps += 1
        log("parts \(parts): \(answer)")
        let members = relay.batchMembers(id)
        oracle.require(members.map { part($0).index } == parts, "the launches of a batch change while it is out")
        let entries = members.map { (part: part($0), delivery: relay.delivery(of: $0)) }
        let timeout = min(scenario.settings.taskTimeout, scenario.settings.acknowledgementTimeout / 2)
        oracle.answered(entries, answer, life: life, taskDeadline: now + timeout.nanoseconds)
        relay.answered(id, outcome(answer, parts), at: moment)
        carryOut()
    }

    /// The answer as the platform's model classifies it.
    private func outcome(_ answer: BatchAnswer, _ parts: [Int]) -> LaunchOutcome {
        switch answer {
        case .accepted(let launched):
            let named = mutation == .partIsWhole ? parts : launched
            return .accepted(Acceptance(profileIDs: named.map { "p\($0)" }))
        case .task(let task):
            return .accepted(mutation == .taskIsLaunched ? Acceptance() : Acceptance(taskID: task))
        case .refused(let isTooLarge):
            if mutation == .refusalIsAccepted { return .accepted(Acceptance(profileIDs: parts.map { "p\($0)" })) }
            if mutation == .refusalIsEverybodys { return .unknown(.http500) }
            return .refused(
                Refusal(
                    code: 400, text: "Invalid request", debug: isTooLarge ? "http: request body too large" : nil))
        case .busy(let kind): return .busy(kind.busy)
        case .unknown(let kind):
            if mutation == .lostBatchIsRefused { return .refused(Refusal(code: 400, text: "Invalid request")) }
            return .unknown(kind.reason)
        }
    }

    /// The bridge asks after a task.
    func ask(_ id: BatchID) {
        guard let task = relay.batchTask(id), let done = tasks[task] else {
            return oracle.fail("asks after a task that nobody made")
        }
        log("asks after \(task)")
        oracle.out += 1
        oracle.require(oracle.out <= scenario.settings.inFlight, "more calls in flight than allowed")
        let isDown = scenario.windows.contains { $0.fault.isOutage && $0.holds(at: now) }
        // An outage alone parks nothing; a task that fails is a trouble of its own.
        let fails = random.percent(10) && scenario.kind != .outage
        let status: TaskAnswer =
            isDown ? .unanswered : now < done ? .running : fails ? .failed : .finished
        queue.plan(
            .taskAnswer(life: life, id, parts: relay.batchMembers(id).map { part($0).index }, status),
            at: now + delay(1...40))
    }

    /// The bridge learns how a task stands.
    func answer(_ life: Int, _ id: BatchID, _ parts: [Int], _ status: TaskAnswer) {
        guard life == self.life, isAlive else { return }
        steps += 1
        log("the task of parts \(parts) is \(status)")
        let entries = relay.batchMembers(id).map { (part: part($0), delivery: relay.delivery(of: $0)) }
        oracle.told(entries, status, life: life)
        relay.taskAnswered(id, self.status(status), at: moment)
        carryOut()
    }

    private func status(_ answer: TaskAnswer) -> TaskStatus {
        switch answer {
        case .running: .running(progress: nil)
        case .finished: .finished(TaskResult())
        case .failed: .failed("error")
        case .unanswered: .unanswered(.busy(Busy(.http503)))
        }
    }
}

extension BatchAnswer {
    /// The answer to a batch where a single launch would get this.
    fileprivate init(_ answer: Answer) {
        switch answer {
        case .accepted: self = .accepted([])
        case .refused: self = .refused(isTooLarge: false)
        case .busy(let kind): self = .busy(kind)
        case .unknown(let kind): self = .unknown(kind)
        }
    }
}

extension Fault {
    /// Whether what is not answered may have been carried out all the same.
    fileprivate var mayCarryOut: Bool {
        switch self {
        case .hang, .garbage, .flaky: true
        default: false
        }
    }
}
