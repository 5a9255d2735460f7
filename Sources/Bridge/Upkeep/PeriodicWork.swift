import AMQP
package import Poll
import Synchronization

/// Work that is done again and again on a thread of its own, so that it may wait for disks and brokers: never the
/// reactor's.
package final class PeriodicWork: Sendable {
    private let wakeup: Wakeup
    private let isStopping = Atomic(false)
    private let isHurried = Atomic(false)

    /// Starts the thread; `make` makes on it what does the work, the first time at once and then after each `interval`.
    ///
    /// - Throws: when the system has no descriptors or threads left.
    package init(
        name: String, every interval: Duration, _ make: @escaping @Sendable () -> () -> Void
    ) throws(SystemCallError) {
        wakeup = try Wakeup()
        try DeepStackThread.start(name: name) { [self] in
            let work = make()
            while !isStopping.load(ordering: .acquiring) {
                work()
                rest(interval)
            }
        }
    }

    /// Ends the thread as soon as it is done with what it is at; from any thread, never waits.
    package func stop() {
        isStopping.store(true, ordering: .releasing)
        wakeup.signal()
    }

    /// Has the work done once more without a rest before it; from any thread, never waits.
    ///
    /// Asked for while it is at work, it is done again after that.
    package func hurry() {
        isHurried.store(true, ordering: .releasing)
        wakeup.signal()
    }

    private func rest(_ interval: Duration) {
        let end = MonotonicTime.now().advanced(by: interval)
        while !isStopping.load(ordering: .acquiring) {
            if isHurried.exchange(false, ordering: .acquiringAndReleasing) { return }
            let left = (end.since(.now()).nanoseconds + 999_999) / 1_000_000
            guard left > 0 else { return }
            var poll = PollSet()
            poll.add(wakeup.descriptor, .readable)
            _ = poll.wait(milliseconds: Int32(clamping: left))
            wakeup.clear()
        }
    }
}
