/// The life of the consuming channel: which request goes out next, and what each answer means.
///
/// Pure. One request at a time is under way, but closing may cut in. What is wanted is set at any time; the channel
/// moves towards it as answers come in.
package struct ConsumerChannel: Sendable, Equatable {
    /// Where the channel is.
    package enum Phase: Sendable, Hashable {
        /// No channel. Exits: opening.
        case closed
        /// channel.open sent. Exits: opened.
        case opening
        /// Exits: preparing, closing, closed.
        case opened
        /// basic.qos sent. Exits: idle, closing, closed.
        case preparing
        /// No consumer. Exits: subscribing, closing, closed.
        case idle
        /// basic.consume sent. Exits: consuming, closing, closed.
        case subscribing
        /// Deliveries come. Exits: idle (by the broker), closing, closed.
        case consuming
        /// channel.close sent. Exits: closed.
        case closing
    }

    /// A request to send.
    package enum Command: Sendable, Hashable {
        case open, setPrefetch, consume, close, confirmClose
    }

    /// What came in about the channel.
    package enum Input: Sendable, Hashable {
        case opened, prefetchSet, consuming, closed
        case cancelledByBroker, closedByBroker
    }

    /// What the owner must know.
    package enum Change: Sendable, Hashable {
        case none
        /// Deliveries will come.
        case consuming
        /// The broker ended the consumer.
        case cancelled
        /// The channel is closed as we asked; what was open is given back.
        case released
        /// The broker closed the channel; what was open is given back.
        case lost
        /// No answer to anything we asked.
        case nonsense
    }

    /// Where the channel is.
    package private(set) var phase = Phase.closed
    /// Whether deliveries are wanted.
    package private(set) var wantsDeliveries = false
    /// Whether the channel must close first.
    package private(set) var wantsRelease = false
    private var owesConfirmation = false

    /// A channel that is not open and not wanted.
    package init() {}

    /// Whether settlements can be sent.
    package var takesSettlements: Bool {
        switch phase {
        case .opened, .preparing, .idle, .subscribing, .consuming: true
        case .closed, .opening, .closing: false
        }
    }

    /// Whether an answer is due from the broker.
    package var awaitsAnswer: Bool {
        switch phase {
        case .opening, .preparing, .subscribing, .closing: true
        case .closed, .opened, .idle, .consuming: false
        }
    }

    /// Whether a delivery that comes in is kept; while the channel is being closed it is given back with the rest.
    package var keepsDeliveries: Bool { takesSettlements && !wantsRelease }

    /// Deliveries are wanted.
    package mutating func resume() {
        wantsDeliveries = true
    }

    /// The channel is to be closed, which gives everything back that is open.
    ///
    /// False when it is closed anyway.
    package mutating func release() -> Bool {
        wantsDeliveries = false
        guard phase != .closed, phase != .closing else { return false }
        wantsRelease = true
        return true
    }

    /// The next request, which counts as sent; nil when an answer is awaited or nothing is to be done.
    ///
    /// `isSettled`: no settlement waits to be sent. The channel closes only then, as closing voids them.
    package mutating func nextCommand(isSettled: Bool) -> Command? {
        if owesConfirmation {
            owesConfirmation = false
            return .confirmClose
        }
        if wantsRelease, takesSettlements {
            guard isSettled else { return nil }
            return move(to: .closing, sending: .close)
        }
        switch phase {
        case .closed: return wantsDeliveries ? move(to: .opening, sending: .open) : nil
        case .opened: return move(to: .preparing, sending: .setPrefetch)
        case .idle: return wantsDeliveries ? move(to: .subscribing, sending: .consume) : nil
        case .opening, .preparing, .subscribing, .consuming, .closing: return nil
        }
    }

    private mutating func move(to phase: Phase, sending command: Command) -> Command {
        self.phase = phase
        return command
    }

    private mutating func move(to phase: Phase, _ change: Change) -> Change {
        self.phase = phase
        return change
    }

    /// Takes what came in.
    package mutating func received(_ input: Input) -> Change {
        switch (input, phase) {
        case (.closed, .closing):
            wantsRelease = false
            return move(to: .closed, .released)
        case (.closedByBroker, .closing):
            // Both sides closed at once; the broker still answers ours.
            owesConfirmation = true
            return .none
        case (.closedByBroker, .closed): return .nonsense
        case (.closedByBroker, _):
            owesConfirmation = true
            wantsDeliveries = false
            wantsRelease = false
            return move(to: .closed, .lost)
        case (_, .closing): return .none
        case (.opened, .opening): return move(to: .opened, .none)
        case (.prefetchSet, .preparing): return move(to: .idle, .none)
        case (.consuming, .subscribing): return move(to: .consuming, .consuming)
        case (.cancelledByBroker, .consuming), (.cancelledByBroker, .subscribing):
            wantsDeliveries = false
            return move(to: .idle, .cancelled)
        default: return .nonsense
        }
    }
}
