import Foundation
import JSON

/// What is carried out later: tasks, and launches with a delay.
struct TaskBoard: Sendable {
    /// Something that waits.
    enum Work: Sendable {
        case batch(LaunchOrder, APICall)
        case importing(LaunchOrder, APICall)
        case launch(LaunchOrder, Recipient)

        /// About how many bytes it takes while it waits.
        var bytes: Int {
            switch self {
            case .batch(_, let call), .importing(_, let call): 1_024 + call.bytes
            case .launch(let order, _): 1_024 + order.contents.bytes
            }
        }
    }

    /// A task as its maker can ask for it.
    struct Task: Sendable {
        let made: Date
        let due: Date
        let total: Int
        /// What came of it; nil while it runs.
        var end: End?
    }

    /// What came of a task.
    enum End: Sendable {
        case done(launched: Int, total: Int)
        case failed(Refusal)
    }

    private struct Entry: Sendable {
        let due: Date
        let work: Work
        let task: String?
    }

    /// Most things that wait, and most finished tasks that are kept.
    static let most = 100_000
    /// Most bytes of all that waits.
    static let mostBytes = 256 << 20

    private(set) var tasks: [String: Task] = [:]
    private var order: [String] = []
    /// Soonest last, so that taking one is cheap.
    private var waiting: [Entry] = []
    private var bytes = 0

    /// Whether another one can wait.
    var isFull: Bool { waiting.count >= Self.most || bytes >= Self.mostBytes }

    /// Puts work aside, behind what is due at the same time.
    mutating func add(_ work: Work, due: Date, task: String? = nil) {
        let place = waiting.firstIndex { $0.due <= due } ?? waiting.endIndex
        bytes += work.bytes
        waiting.insert(Entry(due: due, work: work, task: task), at: place)
    }

    /// Opens a task; the oldest is forgotten when there are too many.
    mutating func open(_ id: String, _ task: Task) {
        tasks[id] = task
        order.append(id)
        if order.count > Self.most { tasks[order.removeFirst()] = nil }
    }

    /// How many tasks there have been, for making ids.
    var count: Int { order.count }

    /// Takes what is due.
    mutating func next(at now: Date) -> (due: Date, work: Work, task: String?)? {
        guard let last = waiting.last, last.due <= now else { return nil }
        waiting.removeLast()
        bytes -= last.work.bytes
        return (last.due, last.work, last.task)
    }

    /// Notes the end of a task.
    mutating func close(_ id: String, _ end: End) { tasks[id]?.end = end }
}
