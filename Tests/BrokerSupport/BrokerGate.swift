import Synchronization

/// Lets tests use the private broker together, or one of them have it alone.
///
/// Whoever waits holds no thread. Those that want it alone go first, so that a stream of others cannot starve them.
final class BrokerGate: Sendable {
    static let shared = BrokerGate()

    private struct State {
        var users = 0
        var isTaken = false
        var waitingAlone: [CheckedContinuation<Void, Never>] = []
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func enter(alone: Bool) async {
        await withCheckedContinuation { continuation in
            let goes = state.withLock { state in
                let free = alone ? state.users == 0 && !state.isTaken : !state.isTaken && state.waitingAlone.isEmpty
                guard free else {
                    if alone { state.waitingAlone.append(continuation) } else { state.waiting.append(continuation) }
                    return false
                }
                if alone { state.isTaken = true } else { state.users += 1 }
                return true
            }
            if goes { continuation.resume() }
        }
    }

    func leave(alone: Bool) {
        let next = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            if alone { state.isTaken = false } else { state.users -= 1 }
            guard state.users == 0 else { return [] }
            guard state.waitingAlone.isEmpty else {
                state.isTaken = true
                return [state.waitingAlone.removeFirst()]
            }
            let next = state.waiting
            state.users = next.count
            state.waiting = []
            return next
        }
        for continuation in next { continuation.resume() }
    }
}

/// Runs a test with a virtual host of its own, beside others.
///
/// The body runs on a thread with a deep stack and may block: it holds none of the threads that run tests.
package func withVirtualHost(_ body: @escaping @Sendable (VirtualHost) throws -> Void) async throws {
    try await enter(alone: false, body)
}

/// Runs a test that stops, kills or starves the broker: no other test uses it meanwhile.
///
/// Leaves it running.
package func withBrokerAlone(_ body: @escaping @Sendable (VirtualHost) throws -> Void) async throws {
    try await enter(alone: true, body)
}

private func enter(alone: Bool, _ body: @escaping @Sendable (VirtualHost) throws -> Void) async throws {
    await BrokerGate.shared.enter(alone: alone)
    defer { BrokerGate.shared.leave(alone: alone) }
    try await onOwnThread { try body(try PrivateBroker.shared().makeVirtualHost()) }
}
