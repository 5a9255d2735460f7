import Foundation

/// Threads of the test servers, apart from the pool that runs the tests.
enum BackgroundThread {
    /// Runs the work on a new thread.
    static func start(_ work: @escaping @Sendable () -> Void) {
        Thread(block: work).start()
    }
}
