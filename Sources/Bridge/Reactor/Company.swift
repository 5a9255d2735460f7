import Telemetry

/// Whether others consume the queue beside this bridge: pure, told only when there are more of them than before.
///
/// The promise that nothing is launched twice holds for one ledger; a redelivery to another bridge asks another one.
struct Company {
    private var told = 0
    private var last = 0

    /// Takes in how many consumers the queue has beside ours; tells how many somebody should know of.
    ///
    /// What may be a consumer of ours that a broken connection has left behind is believed the second time only.
    mutating func saw(others: Int, mayBeOurs: Bool) -> Int? {
        let believed = mayBeOurs ? min(others, last) : others
        last = others
        let isNews = believed > told
        told = isNews ? believed : min(told, others)
        return isNews ? believed : nil
    }

    /// What an operator is told.
    static func warning(_ others: Int, queue: String) -> Observation {
        .warning(
            "the queue \(queue) has \(others) other consumer(s), and the ledger is local",
            advice: "a redelivery to another bridge may launch again; run one bridge for a queue")
    }
}
