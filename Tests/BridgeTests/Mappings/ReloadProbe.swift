import Altcraft
import Mapping
import Poll
import Synchronization
import Telemetry
import TestSupport

@testable import Bridge

/// What a reload brings about, as a test sees it: sets that go live, log lines, and health.
final class ReloadProbe: Sendable {
    let observer: Observer
    private let output: Output
    private let state = Mutex(State())
    private let changed: Wakeup

    struct State {
        var live: [LiveMappings] = []
        /// What the broker does not take, each with the reason.
        var unbindable: [TopologyPlan.Binding: String] = [:]
        /// What was asked to be bound, in order.
        var bound: [[TopologyPlan.Binding]] = []
        /// Whether the reactor takes what is posted.
        var takes = true
    }

    /// Lines as the log thread writes them.
    private final class Output: LogOutput {
        let bytes = Mutex<[UInt8]>([])
        let changed: Wakeup

        init(_ changed: Wakeup) {
            self.changed = changed
        }

        func write(_ block: [UInt8]) -> Bool {
            bytes.withLock { $0 += block }
            changed.signal()
            return true
        }
    }

    init() throws {
        changed = try Wakeup()
        output = Output(changed)
        observer = Observer(log: try LogWriter(format: .json, output: output))
    }

    /// The log's thread keeps its descriptors until it is told to end.
    deinit {
        observer.log.close()
    }

    /// The counterparts that a reloader works with.
    var counterparts: MappingReloader.Counterparts {
        MappingReloader.Counterparts(bind: bind, goLive: goLive, observer: observer)
    }

    private func bind(_ bindings: [TopologyPlan.Binding]) -> BindingAnswer {
        state.withLock { state in
            state.bound.append(bindings)
            return .answered(unbindable: state.unbindable.filter { bindings.contains($0.key) })
        }
    }

    private func goLive(_ mappings: LiveMappings) -> Bool {
        let isTaken = state.withLock { state in
            if state.takes { state.live.append(mappings) }
            return state.takes
        }
        observer.observe(.mappingsLive(version: mappings.version, mappings: mappings.versions))
        changed.signal()
        return isTaken
    }

    /// Changes how the counterparts behave.
    func play(_ change: @Sendable (inout State) -> Void) {
        state.withLock { change(&$0) }
    }

    var now: State { state.withLock { $0 } }

    /// The campaigns of the last set that went live, in the order of the mappings' names; nil before the first.
    var campaigns: [String]? {
        now.live.last?.compiled.mappings.map { "\($0.name) \($0.possibleTargets.map(\.description).joined())" }
    }

    var health: HealthSnapshot { observer.health.snapshot }

    /// The log lines with this message so far.
    func lines(_ message: String) -> [String] {
        output.bytes.withLock { String(decoding: $0, as: UTF8.self) }.split(separator: "\n").map(String.init)
            .filter { $0.contains("\"message\":\"\(message)") }
    }

    /// Waits until a condition holds; false when it does not within the limit.
    func waitUntil(within limit: Duration = .seconds(10), _ condition: (ReloadProbe) -> Bool) -> Bool {
        let deadline = MonotonicTime.now().advanced(by: limit)
        var set = PollSet()
        set.add(changed.descriptor, .readable)
        while !condition(self) {
            let left = deadline.since(.now()).nanoseconds / 1_000_000
            guard left > 0 else { return false }
            // Health changes a moment before its line is written, so a look once in a while is enough.
            _ = set.wait(milliseconds: Int32(clamping: min(left, 50)))
            changed.clear()
        }
        return true
    }
}
