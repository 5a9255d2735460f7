/// What a redrive did, or would do.
package struct RedriveReport: Sendable {
    /// One message.
    package struct Row: Sendable {
        /// Its name.
        package let id: ParkedID
        /// What it says about itself.
        package let record: ParkedRecord
        /// How many copies of it were in the queue.
        package let copies: Int
        /// What became of it.
        package let verdict: RedriveVerdict
    }

    /// The messages that went back to the bridge (or would), in this order.
    package internal(set) var redriven: [Row] = []
    /// The messages that stay parked, by time parked.
    package internal(set) var kept: [Row] = []
    /// Messages that stay parked beyond those of `kept`.
    package internal(set) var keptUnnamed = 0
    /// Messages that are meant and were left for another time, as the limit was reached.
    package internal(set) var left = 0
    /// Messages of others that are meant; left alone.
    package internal(set) var strangers = 0
    /// Copies that were recognised, and launch nothing of their own.
    package internal(set) var copies = 0
    /// Messages that were looked at.
    package internal(set) var looked = 0
    /// Messages that were in the queue.
    package internal(set) var total = 0
    /// Which of the names in the filter were found.
    package internal(set) var found: Set<String> = []
    /// Why it ended early; nil where it did not.
    package internal(set) var failure: String?

    /// A report of nothing.
    package init() {}
}

/// When the next message may go: evenly spaced, as a rate says.
package struct RedrivePace: Sendable {
    private let interval: Duration

    /// So many events a second.
    package init(perSecond: Double) {
        interval = .seconds(1 / perSecond)
    }

    /// How long after the start the event of this number (counted from 0) may go.
    package func offset(of number: Int) -> Duration {
        interval * number
    }
}
