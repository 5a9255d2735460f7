import AMQP
import Relay

/// What a pass of a redrive knows of each message.
extension Redrive {
    /// A message that is meant.
    struct Candidate {
        let record: ParkedRecord
        let verdict: RedriveVerdict
        /// Held for those that go in this pass.
        var delivery: Delivery?
        let scope: OwedScope?
        let event: ParkedID
        /// What it takes of what a pass may hold; 0 for what stays.
        var bytes = 0

        var goes: Bool {
            if case .launches = verdict { true } else { false }
        }
    }

    /// How much of what may go is chosen.
    struct Chosen {
        var count = 0
        var bytes = 0

        mutating func add(_ candidate: Candidate) {
            guard candidate.goes else { return }
            count += 1
            bytes += candidate.bytes
        }

        mutating func remove(_ candidate: Candidate) {
            guard candidate.goes else { return }
            count -= 1
            bytes -= candidate.bytes
        }
    }

    /// A message that has gone.
    struct Gone {
        let id: ParkedID
        let scope: OwedScope?
        /// The number of redrives that it went with.
        let number: Int64

        /// Whether a message owes nothing that this one did not.
        func covers(_ message: ParkedMessage) -> Bool {
            guard id != message.id else { return true }
            guard let scope, let other = message.scope else { return false }
            return scope.covers(other)
        }

        /// Whether a message may be what is left of this one.
        func mayLeave(_ message: ParkedMessage) -> Bool {
            guard let scope, let other = message.scope else { return true }
            return scope.mayLeave(other)
        }
    }
}
