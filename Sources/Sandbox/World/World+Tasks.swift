import Foundation
import JSON

extension World {
    /// Carries out what has become due, at the time it was due.
    mutating func advance(to now: Date) {
        while let (due, work, task) = tasks.next(at: now) {
            do {
                let result = try run(work, at: due)
                if let task { tasks.close(task, .done(launched: result.profiles.count, total: result.total)) }
            } catch {
                if let task { tasks.close(task, .failed(error)) }
            }
        }
    }

    private mutating func run(_ work: TaskBoard.Work, at due: Date) throws(Refusal) -> GroupResult {
        switch work {
        case .batch(let order, let call): return try runBatch(try renewed(order, at: due), call)
        case .importing(let order, let call): return try runImport(try renewed(order, at: due), call)
        case .launch(let order, let recipient):
            // Nobody waits for the answer, so what cannot be launched any more is only written down.
            do {
                var order = try renewed(order, at: due)
                order.isForMany = true
                try launch(order, recipient)
            } catch {
                record(unsent: error.debug ?? error.text, order, recipient.shown)
            }
            return GroupResult()
        }
    }

    /// The order at the time it is carried out, with the target as it is then.
    private func renewed(_ order: LaunchOrder, at time: Date) throws(Refusal) -> LaunchOrder {
        var order = order
        order.now = time
        switch order.target {
        case .campaign(let campaign): order.target = .campaign(campaigns[campaign.id] ?? campaign)
        case .scenario(let scenario): order.target = .scenario(scenarios[scenario.id] ?? scenario)
        }
        _ = try isLaunchable(order.target)
        return order
    }

    /// Makes a task and answers with its id.
    ///
    /// The answer to a launch's task is not documented; this is the one of the export's task.
    mutating func makeTask(_ work: TaskBoard.Work, total: Int, now: Date) throws(Refusal) -> APIAnswer {
        let id = newTaskID()
        let due = now.addingTimeInterval(options.taskSeconds)
        try postpone(work, until: due, task: id)
        tasks.open(id, TaskBoard.Task(made: now, due: due, total: total))
        return APIAnswer(data: .object([("task_id", .string(id))]))
    }

    /// Puts work aside.
    mutating func postpone(_ work: TaskBoard.Work, until due: Date, task: String? = nil) throws(Refusal) {
        guard !tasks.isFull else { throw Refusal(500, debug: "too many tasks are waiting already") }
        tasks.add(work, due: due, task: task)
    }

    /// `tasks/status`.
    func taskStatus(_ call: APICall, now: Date) throws(Refusal) -> APIAnswer {
        guard let id = try call.parameters.text("task_id") else { throw .request("\"task_id\" is missing") }
        guard let task = tasks.tasks[id] else { throw refusal("task \(id.prefix(64)) not found") }
        var members: [(name: String, value: JSONValue)] = []
        switch task.end {
        case nil:
            let whole = max(task.due.timeIntervalSince(task.made), 0.001)
            let part = min(max(now.timeIntervalSince(task.made) / whole, 0), 1)
            members = [("status", .string("in_progress")), ("progress", .number(JSONNumber(Int(part * 99))))]
        case .done(let launched, let total):
            members = [("status", .string(options.taskFinalStatus.rawValue)), ("progress", .number(JSONNumber(100)))]
            members.append(("result", Self.result(errors: [], total: total, launched: launched)))
        case .failed(let refusal):
            members = [("status", .string("error")), ("progress", .number(JSONNumber(100)))]
            let errors = [JSONValue.string(refusal.debug ?? refusal.text)]
            members.append(("result", Self.result(errors: errors, total: task.total, launched: 0)))
        }
        return APIAnswer(data: .object(members))
    }

    private static func result(errors: [JSONValue], total: Int, launched: Int) -> JSONValue {
        .object([
            ("errors", .array(errors)), ("total", .number(JSONNumber(total))),
            ("launched", .number(JSONNumber(launched))),
        ])
    }

    private func newTaskID() -> String {
        let text = "task \(options.seed) \(currentRequest) \(tasks.count)"
        let digits = [0, 1].map { part -> String in
            let half = String(XXHash64.hash(Array("\(text) \(part)".utf8)), radix: 16)
            return String(repeating: "0", count: 16 - half.count) + half
        }.joined()
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return (options.taskIDs == .prefixed ? "task_" : "") + parts.joined(separator: "-")
    }
}
