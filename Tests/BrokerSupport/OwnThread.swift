import AMQP
import Poll

/// Runs blocking work on a thread of its own, with the deep stack that reading frames needs.
package func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        do {
            try DeepStackThread.start(name: "test") { continuation.resume(with: Result(catching: work)) }
        } catch {
            continuation.resume(throwing: error)
        }
    }
}
