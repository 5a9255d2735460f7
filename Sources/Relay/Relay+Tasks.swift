package import Altcraft
import Outcome
import Poll

/// Tasks: what the platform promised to launch later, asked after until it says what came of it.
///
/// The launches stay under way meanwhile and keep lanes and keys; a task that is followed takes no place in flight, a
/// question after it does.
extension Relay {
    /// The task that is to be asked after; valid from `askTask` until its answer.
    package func batchTask(_ id: BatchID) -> String? {
        batches.remembered(id)?.task?.id
    }

    /// The platform made a task of a batch: it is asked after from now on.
    mutating func follow(_ task: String, of id: BatchID, now: Moment) {
        let patience = min(settings.taskTimeout, settings.acknowledgementTimeout / 2)
        batches[id].task = FollowedTask(
            id: task, deadline: now.monotonic.advanced(by: patience), next: now.monotonic)
        planQuestion(id, atLeast: .zero, now: now)
    }

    /// Plans the next question after a task.
    private mutating func planQuestion(_ id: BatchID, atLeast wait: Duration, now: Moment) {
        guard let first = batches[id].members.first, let task = batches[id].task else { return }
        let backoff = settings.taskPoll.wait(failures: task.asked + 1, using: &generator)
        let next = min(now.monotonic.advanced(by: max(backoff, wait)), max(task.deadline, now.monotonic))
        batches[id].task?.next = next
        wakes.insert(first, at: next)
    }

    /// The time has come to ask after the task that a launch is in, or to give it up.
    mutating func followTask(of launch: LaunchID, now: Moment) {
        guard let id = launches[launch].batch, batches.contains(id), let task = batches[id].task, !task.isAsking,
            task.next <= now.monotonic
        else { return }
        guard now.monotonic < task.deadline else { return endTask(id, .unknown(.timeout), now: now) }
        guard census.inFlight < settings.inFlight, !platform.isOpen else {
            return planQuestion(id, atLeast: settings.backoff.first, now: now)
        }
        batches[id].task?.isAsking = true
        batches[id].task?.asked += 1
        census.countCall(by: 1)
        emit(.askTask(id))
    }

    /// Takes in how a task stands.
    package mutating func taskAnswered(_ id: BatchID, _ status: TaskStatus, at now: Moment) {
        guard batches.contains(id), batches[id].task?.isAsking ?? false else { return note(.stale(.answer)) }
        census.countCall(by: -1)
        batches[id].task?.isAsking = false
        switch status {
        case .running: planQuestion(id, atLeast: .zero, now: now)
        case .unanswered(.busy(let busy)): planQuestion(id, atLeast: busy.retryAfter ?? .zero, now: now)
        case .unanswered: planQuestion(id, atLeast: .zero, now: now)
        case .finished(let result): endTask(id, batches[id].request.settle(result), now: now)
        case .failed(let word):
            for launch in batches[id].members { launches[launch].detail = "the task ended as \(word)" }
            endTask(id, .unknown(.taskFailed), now: now)
        }
        advance(now)
    }

    /// The task is at its end, or its end will not be known.
    private mutating func endTask(_ id: BatchID, _ settlement: BatchSettlement, now: Moment) {
        let batch = batches[id]
        batches.remove(id)
        settle(batch, settlement, .eventUnlessOpened, now: now)
    }
}
