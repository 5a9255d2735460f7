import Relay

/// What will happen in the simulated world.
enum Happening {
    /// An event is published.
    case publish(event: Int)
    /// A delivery reaches the bridge.
    case arrival(generation: UInt32, tag: UInt64)
    /// More of a delivery's launches are evaluated.
    case evaluated(life: Int, DeliveryID)
    /// An acknowledgement reaches the broker.
    case acknowledgement(generation: UInt32, tag: UInt64)
    /// The bridge's wish to consume, or not to, reaches the broker.
    case consume(generation: UInt32, Bool)
    /// A channel is open.
    case channelOpen(life: Int)
    /// The bridge learns that its channel is gone.
    case channelLost(life: Int, generation: UInt32)
    /// The platform carries a request out.
    case carriedOut(part: Int)
    /// The bridge learns the outcome of a request.
    case answer(life: Int, LaunchID, part: Int, Answer)
    /// The bridge learns the outcome of a batch's request.
    case batchAnswer(life: Int, BatchID, parts: [Int], BatchAnswer)
    /// The bridge learns how a task stands.
    case taskAnswer(life: Int, BatchID, parts: [Int], TaskAnswer)
    /// A probe is answered.
    case probeAnswer(life: Int)
    /// The ledger answers a look-up.
    case lookedUp(life: Int, LaunchID, part: Int)
    /// The ledger commits a write.
    case commit(life: Int, LaunchID, part: Int, LedgerWrite, isFailed: Bool)
    /// The bridge learns of a commit.
    case committed(life: Int, LaunchID, isFailed: Bool)
    /// A published message reaches its queue.
    case landed(life: Int, publisher: Int, DeliveryID, Publication, copy: Int)
    /// The bridge learns of a confirm.
    case confirm(life: Int, publisher: Int, DeliveryID, Publication, isFailed: Bool)
    /// A message comes back from a delay queue.
    case returned(copy: Int)
    /// The publishing connection is back.
    case publisherBack(life: Int)
    /// The bridge's timer.
    case tick(life: Int)
    /// Something that hurts.
    case blow(Blow)
    /// A bridge starts.
    case start
}

/// What the ledger is asked to write.
enum LedgerWrite {
    case record
    case intent
    case withdrawal
}

/// How a request came out, as the world tells it.
enum Answer {
    case accepted
    case refused
    case busy(BusyKind)
    case unknown(UnknownKind)
}

/// How the request of a batch came out.
enum BatchAnswer {
    /// It was carried out for these parts.
    case accepted([Int])
    /// A task was made of it.
    case task(String)
    case refused(isTooLarge: Bool)
    case busy(BusyKind)
    case unknown(UnknownKind)
}

/// How a task stands.
enum TaskAnswer {
    case running
    case finished
    case failed
    case unanswered
}

/// The kinds of `busy`.
enum BusyKind {
    case connect
    case unavailable
    case tooMany(seconds: Int64)
    case unauthorized
    case tariff
    case forbidden
}

/// The kinds of `unknown`.
enum UnknownKind {
    case timeout
    case cut
    case error
    case garbage
}

/// Happenings in order of time; those of one time in the order in which they were planned.
struct EventQueue {
    fileprivate struct Entry {
        let time: Int64
        let number: Int
        let happening: Happening
    }

    private var heap: [Entry] = []
    private var number = 0

    /// Whether nothing will happen.
    var isEmpty: Bool { heap.isEmpty }

    /// When the next thing happens.
    var nextTime: Int64? { heap.first?.time }

    /// Plans a happening.
    mutating func plan(_ happening: Happening, at time: Int64) {
        heap.append(Entry(time: time, number: number, happening: happening))
        number += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out what happens next.
    mutating func next() -> (time: Int64, happening: Happening)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.time, first.happening)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            let child = 2 * parent + 1
            if child < heap.count, heap[child].isBefore(heap[least]) { least = child }
            if child + 1 < heap.count, heap[child + 1].isBefore(heap[least]) { least = child + 1 }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

extension EventQueue.Entry {
    /// Whether this happens first.
    fileprivate func isBefore(_ other: Self) -> Bool {
        (time, number) < (other.time, other.number)
    }
}
