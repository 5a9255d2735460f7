/// Which publications are not confirmed yet, by the sequence numbers that broker and client count alike.
///
/// Pure. Every publication that was sent gets exactly one outcome.
struct ConfirmLedger {
    /// A publication that has its outcome.
    struct Settled: Equatable {
        let id: UInt64
        let outcome: PublishOutcome
    }

    private enum Entry {
        case waiting(id: UInt64)
        /// Came back as unroutable; the confirm still follows, and then says nothing.
        case returned(id: UInt64, code: UInt16, text: AMQPText)
        case settled
    }

    private var entries: [Entry] = []
    private var first: UInt64 = 1
    /// Publications without an outcome.
    private(set) var count = 0

    /// The number that the next publication gets.
    var nextSequence: UInt64 { first + UInt64(entries.count) }

    /// Notes a publication whose first frame goes out now.
    mutating func sent(id: UInt64) {
        entries.append(.waiting(id: id))
        count += 1
    }

    /// Notes that a publication came back; false when there is none of this number.
    mutating func returned(_ sequence: UInt64, code: UInt16, text: AMQPText) -> Bool {
        guard let place = place(of: sequence), case .waiting(let id) = entries[place] else { return false }
        entries[place] = .returned(id: id, code: code, text: text)
        return true
    }

    /// Takes a confirm (`accepted`) or a refusal; nil when there was nothing of this number.
    mutating func settle(_ sequence: UInt64, multiple: Bool, accepted: Bool) -> [Settled]? {
        // With `multiple`, 0 means everything so far (AMQP 0-9-1, basic.ack).
        let last = multiple && sequence == 0 ? nextSequence - 1 : sequence
        guard let lastPlace = place(of: last) else { return nil }
        var settled: [Settled] = []
        for place in (multiple ? 0 : lastPlace)...lastPlace {
            switch entries[place] {
            case .waiting(let id): settled.append(Settled(id: id, outcome: accepted ? .confirmed : .nacked))
            case .returned(let id, let code, let text):
                settled.append(Settled(id: id, outcome: .returned(code: code, text: text)))
            case .settled: continue
            }
            entries[place] = .settled
        }
        guard multiple || !settled.isEmpty else { return nil }
        count -= settled.count
        cutOff()
        return settled
    }

    /// Gives everything that waits this error, in order; what came back keeps that as its outcome.
    mutating func failAll(_ error: BrokerError) -> [Settled] {
        defer { self = ConfirmLedger() }
        return entries.compactMap { entry in
            switch entry {
            case .waiting(let id): Settled(id: id, outcome: .failed(error))
            case .returned(let id, let code, let text): Settled(id: id, outcome: .returned(code: code, text: text))
            case .settled: nil
            }
        }
    }

    private func place(of sequence: UInt64) -> Int? {
        guard sequence >= first, sequence < nextSequence else { return nil }
        return Int(sequence - first)
    }

    private mutating func cutOff() {
        let done = entries.prefix { if case .settled = $0 { true } else { false } }.count
        guard done > 64 || done == entries.count else { return }
        entries.removeFirst(done)
        first += UInt64(done)
    }
}
