/// A stretch of time in which something is wrong.
struct FaultWindow {
    /// What is wrong.
    let fault: Fault
    /// From when, in nanoseconds.
    let start: Int64
    /// Until when.
    let end: Int64

    /// Whether it holds at this time.
    func holds(at time: Int64) -> Bool { start <= time && time < end }
}

/// What can be wrong for a while.
enum Fault: Equatable {
    /// Nobody listens at the platform's address.
    case refusedConnections
    /// 503 to everything.
    case unavailable
    /// 429 to everything, asking for so many seconds.
    case tooMany(seconds: Int64)
    /// 401 to everything.
    case unauthorized
    /// 402 to everything.
    case tariff
    /// No answer; some of what is asked is carried out all the same.
    case hang
    /// An answer that is no envelope; some of what is asked is carried out all the same.
    case garbage
    /// The share of calls, in percent, that fail one way or another.
    case flaky(percent: Int)
    /// 403 to everything about one target.
    case forbidden(target: Int)
    /// 500 to everything about one target.
    case broken(target: Int)
    /// Refusal of everything about one target.
    case refusing(target: Int)
    /// The ledger's disk is full: reads work, writes fail.
    case fullDisk
    /// The ledger cannot be used at all.
    case noLedger
    /// Parking and delay queues take nothing.
    case noPublishing

    /// Whether every call to the platform fails.
    var isOutage: Bool {
        switch self {
        case .refusedConnections, .unavailable, .tooMany, .unauthorized, .tariff, .hang, .garbage: true
        default: false
        }
    }
}

/// Something that happens once and hurts.
enum Blow: Equatable {
    /// The bridge dies and starts again.
    case crash
    /// The consuming connection is lost.
    case disconnect
    /// The publishing connection is lost.
    case publisherLoss
    /// The wall clock jumps by so many seconds.
    case clockJump(seconds: Int64)
    /// The bridge is stopped in order and started again.
    case restart
}
