package import Poll
import Synchronization

/// What came of an attempt to connect a consumer.
package enum ConnectionAttempt {
    /// Connected, logged in, and the topology asked for. `failures` of the report are the owner's to judge.
    case connected(ConsumerConnection, TopologyReport)
    /// Not connected.
    case failed(BrokerError)
}

/// Connects consumers on a thread of its own, so that the reactor never waits for DNS, TCP, TLS, a login or a
/// declaration.
///
/// One attempt at a time: `begin`, wait for the wakeup, `take`. When to try again is the owner's decision
/// (`ReconnectBackoff`).
package final class BrokerConnector: Sendable {
    private let connection: ConnectionSettings
    private let consumer: ConsumerSettings
    private let topology: Mutex<Topology>
    private let generations: GenerationSource
    private let wakeup: Wakeup
    private let state = Mutex(State.idle)

    private enum State {
        /// Exits: connecting.
        case idle
        /// A thread is at it. Exits: done.
        case connecting
        /// The result waits to be taken. Exits: idle.
        case done(Handover)
    }

    /// A result on its way from the connecting thread to the owner's.
    ///
    /// Unchecked, as the compiler cannot see it: the connecting thread keeps no reference to what it puts in, and
    /// whoever takes it out under the lock removes it, so exactly one thread can reach it at any time.
    private struct Handover: @unchecked Sendable {
        let attempt: ConnectionAttempt
    }

    /// A connector; `wakeup` is signalled when an attempt has ended.
    package init(
        connection: ConnectionSettings,
        consumer: ConsumerSettings,
        topology: Topology,
        generations: GenerationSource,
        wakeup: Wakeup
    ) {
        self.connection = connection
        self.consumer = consumer
        self.topology = Mutex(topology)
        self.generations = generations
        self.wakeup = wakeup
    }

    /// Asks for this topology from the next attempt on: what is needed may change while the bridge runs.
    package func use(_ next: Topology) {
        topology.withLock { $0 = next }
    }

    /// Starts an attempt, unless one is under way or its result not taken.
    package func begin() {
        let starts = state.withLock { state in
            guard case .idle = state else { return false }
            state = .connecting
            return true
        }
        guard starts else { return }
        do throws(SystemCallError) {
            try DeepStackThread.start(name: "amqp-connect") { self.finish(self.attempt()) }
        } catch {
            finish(.failed(BrokerError(.exhausted(error.description), peer: connection.address.description)))
        }
    }

    /// The result of the attempt, once; nil while it is under way or when none was begun.
    package func take() -> sending ConnectionAttempt? {
        let handover: Handover? = state.withLock { state in
            guard case .done(let handover) = state else { return nil }
            state = .idle
            return handover
        }
        return handover?.attempt
    }

    private func finish(_ attempt: sending ConnectionAttempt) {
        let handover = Handover(attempt: attempt)
        state.withLock { $0 = .done(handover) }
        wakeup.signal()
    }

    private func attempt() -> sending ConnectionAttempt {
        do throws(BrokerError) {
            var session = try BrokerSession.open(connection)
            let report = try session.apply(topology.withLock { $0 })
            try session.closeChannel()
            let consumer = ConsumerConnection(session, consumer, generations: generations, now: .now())
            return .connected(consumer, report)
        } catch {
            return .failed(error)
        }
    }
}
