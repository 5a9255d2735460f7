import AMQP
package import Poll
import Synchronization

/// The thread that watches the folder of the mappings and puts changes into force.
///
/// It waits for changes (inotify), for SIGHUP, and twice a second has a look at whether the path still leads to the
/// folder that it watches: a link on the way may have been turned, which no watch tells. Binding waits for the broker
/// here, and never in the reactor.
package final class MappingWatch: Sendable {
    private let wakeup: Wakeup
    private let requests = Mutex(Requests())

    private struct Requests {
        var isReloading = false
        var isStopping = false
        var hasEnded = false
    }

    /// A watch that has not begun.
    ///
    /// - Throws: when the process has no descriptors left.
    package init() throws(SystemCallError) {
        wakeup = try Wakeup()
    }

    /// Starts the thread.
    ///
    /// - Throws: when the system has no threads left.
    package func start(_ reloader: MappingReloader) throws(SystemCallError) {
        try DeepStackThread.start(name: "mappings") {
            var loop = MappingLoop(reloader)
            loop.run(self)
            self.requests.withLock { $0.hasEnded = true }
        }
    }

    /// Whether the thread has ended after it was told to: nothing more goes live.
    package var hasEnded: Bool { requests.withLock { $0.hasEnded } }

    /// Reads everything again and says what is live: what SIGHUP asks for.
    ///
    /// From any thread; never waits.
    package func reload() {
        requests.withLock { $0.isReloading = true }
        wakeup.signal()
    }

    /// Ends the thread, as soon as it is done with what it is at.
    ///
    /// From any thread; never waits.
    package func stop() {
        requests.withLock { $0.isStopping = true }
        wakeup.signal()
    }

    /// What has been asked for since the last time; nil to end.
    func takeRequests() -> (isReloading: Bool, isStopping: Bool) {
        wakeup.clear()
        return requests.withLock { requests in
            defer { requests.isReloading = false }
            return (requests.isReloading, requests.isStopping)
        }
    }

    /// Where requests are told.
    var descriptor: Int32 { wakeup.descriptor }
}
