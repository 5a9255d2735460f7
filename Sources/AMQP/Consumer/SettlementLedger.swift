/// What has become of each delivery of a channel, and which frames say so to the broker in the fewest.
///
/// Pure. Tags come in order from 1. Each is settled once at most: a second settlement is refused here, as on the wire
/// it would close the channel. Acknowledgements up to the highest tag without a gap go out as one `multiple`; those
/// behind a gap one by one. A `multiple` never covers a delivery that is still open, or whose other settlement has not
/// been taken for sending before.
package struct SettlementLedger: Sendable {
    /// How a delivery is settled.
    package enum Settlement: Sendable, Hashable {
        /// Done with.
        case acknowledged
        /// Given back (or, without `requeue`, dead-lettered) without counting as a failed attempt on RabbitMQ 4.3+.
        case negativelyAcknowledged(requeue: Bool)
        /// As before, but it counts towards a quorum queue's delivery limit.
        case rejected(requeue: Bool)
    }

    /// A frame that settles.
    package enum Frame: Sendable, Hashable {
        case acknowledge(tag: UInt64, multiple: Bool)
        case negativelyAcknowledge(tag: UInt64, requeue: Bool)
        case reject(tag: UInt64, requeue: Bool)
    }

    /// What was made of a settlement.
    package enum Verdict: Sendable, Hashable {
        case taken
        /// Settled before.
        case repeated
        /// Never delivered on this channel.
        case unknown
    }

    private enum State: UInt8 {
        /// Delivered, and nothing decided.
        case open
        /// Acknowledged, and not yet sent.
        case acknowledged
        /// Settled otherwise, and not yet sent.
        case returning
        /// Taken for sending.
        case sent
    }

    /// The states of the tags `first`, `first + 1`, …; those before `head` are done with and only not yet cut off.
    private var states: [State] = []
    private var head = 0
    private var first: UInt64 = 1
    /// Settlements other than acknowledgements, oldest first.
    private var returns: [Frame] = []
    private var nextReturn = 0
    /// Acknowledgements not yet sent.
    private var acknowledgements = 0
    /// No acknowledgement waits before this place.
    private var scan = 0

    /// Deliveries that are not settled.
    package private(set) var openCount = 0

    /// A channel without deliveries.
    package init() {}

    /// Whether a frame is due.
    package var hasPending: Bool { acknowledgements > 0 || nextReturn < returns.count }

    /// Notes a delivery.
    ///
    /// False when the tag is not the next one, which no broker does.
    package mutating func delivered(_ tag: UInt64) -> Bool {
        guard tag == first + UInt64(states.count) else { return false }
        states.append(.open)
        openCount += 1
        return true
    }

    /// Settles a delivery, to be sent with the next frames.
    package mutating func settle(_ tag: UInt64, _ settlement: Settlement) -> Verdict {
        guard tag >= first else { return tag == 0 ? .unknown : .repeated }
        guard tag - first < UInt64(states.count) else { return .unknown }
        let place = Int(tag - first)
        guard states[place] == .open else { return .repeated }
        openCount -= 1
        switch settlement {
        case .acknowledged:
            states[place] = .acknowledged
            acknowledgements += 1
            scan = min(scan, place)
        case .negativelyAcknowledged(let requeue):
            states[place] = .returning
            returns.append(.negativelyAcknowledge(tag: tag, requeue: requeue))
        case .rejected(let requeue):
            states[place] = .returning
            returns.append(.reject(tag: tag, requeue: requeue))
        }
        return .taken
    }

    /// Takes the next frame to send; once taken it counts as sent.
    package mutating func nextFrame() -> Frame? {
        if let frame = nextReturnFrame() { return frame }
        guard acknowledgements > 0 else { return nil }
        return gapFreeFrame() ?? singleFrame()
    }

    private mutating func nextReturnFrame() -> Frame? {
        guard nextReturn < returns.count else { return nil }
        let frame = returns[nextReturn]
        nextReturn += 1
        if nextReturn == returns.count {
            returns.removeAll(keepingCapacity: true)
            nextReturn = 0
        }
        switch frame {
        case .negativelyAcknowledge(let tag, _), .reject(let tag, _): states[Int(tag - first)] = .sent
        case .acknowledge: break
        }
        return frame
    }

    /// One frame for everything up to the highest tag without a gap.
    private mutating func gapFreeFrame() -> Frame? {
        var place = head
        var last: Int?
        var count = 0
        while place < states.count, states[place] == .acknowledged || states[place] == .sent {
            if states[place] == .acknowledged {
                last = place
                count += 1
            }
            place += 1
        }
        head = place
        guard let last else {
            cutOff()
            return nil
        }
        let tag = first + UInt64(last)
        acknowledgements -= count
        cutOff()
        return .acknowledge(tag: tag, multiple: count > 1)
    }

    /// The lowest acknowledgement behind a gap.
    private mutating func singleFrame() -> Frame? {
        scan = max(scan, head)
        while scan < states.count, states[scan] != .acknowledged { scan += 1 }
        guard scan < states.count else { return nil }
        states[scan] = .sent
        acknowledgements -= 1
        return .acknowledge(tag: first + UInt64(scan), multiple: false)
    }

    /// Forgets the tags before `head` once they are the greater part: constant work for each on average.
    private mutating func cutOff() {
        guard head > 64, head * 2 > states.count else { return }
        states.removeFirst(head)
        first += UInt64(head)
        scan = max(0, scan - head)
        head = 0
    }
}
