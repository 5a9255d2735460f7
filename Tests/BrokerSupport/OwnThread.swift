import AMQP
import Poll

/// Runs blocking work on a thread of its own, with the deep stack that reading frames needs.
///
/// The work stays part of the task, so what it finds is told as the test's that called it.
package func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withTaskExecutorPreference(ThreadForEachJob()) { @concurrent () async throws in try work() }
}

/// Runs each job on a new thread; work that never suspends is one job.
private final class ThreadForEachJob: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        do {
            try DeepStackThread.start(name: "test") { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        } catch {
            // The system has no threads left: better here than never.
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
