/// How the launches of a mapping travel; what the file does not say has the documented default.
package struct DeliveryPolicy: Sendable, Hashable {
    /// Who goes first when there is a queue.
    package enum Priority: String, Sendable, Hashable, CaseIterable {
        case transactional
        case normal
        case bulk
    }

    /// What becomes of a launch whose answer never came.
    package enum WhenUnsure: String, Sendable, Hashable, CaseIterable {
        case retry
        case park
    }

    /// What becomes of launches of a batch that the answer does not name.
    package enum Unreported: String, Sendable, Hashable, CaseIterable {
        case accept
        case park
    }

    /// A pace.
    package struct Rate: Sendable, Hashable {
        /// Launches a second.
        package let perSecond: Double
        /// How many may go at once.
        package let burst: Int

        /// Makes a pace.
        package init(perSecond: Double, burst: Int) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    /// Several launches in one call.
    package struct Batch: Sendable, Hashable {
        /// How many launches one call carries.
        package let maxItems: Int
        /// How long a launch waits for company.
        package let maxWait: Duration
        /// Whether the platform works it off as a task.
        package let isTask: Bool
        /// What becomes of launches that the answer does not name; nil leaves it to the bridge's settings.
        package let unreported: Unreported?

        /// Makes a way of sharing calls.
        package init(maxItems: Int, maxWait: Duration, isTask: Bool, unreported: Unreported?) {
            self.maxItems = maxItems
            self.maxWait = maxWait
            self.isTask = isTask
            self.unreported = unreported
        }
    }

    /// For how long a repeated launch is recognised across events; nil when only a redelivery of the same event is.
    package var dedupWindow: Duration? = .seconds(7 * 86_400)
    /// How old an event may be when its turn comes.
    package var expireAfter: Duration?
    /// How many launches a second at most.
    package var rate: Rate?
    /// Who goes first.
    package var priority = Priority.normal
    /// Several launches in one call.
    package var batch: Batch?
    /// What becomes of a launch whose answer never came.
    package var whenUnsure = WhenUnsure.retry
    /// How often a launch is tried.
    package var attempts = 10

    /// Makes a policy with the documented defaults.
    package init() {}
}

/// What becomes of an event that gives no launch.
struct OnPolicy: Sendable, Hashable {
    enum Choice: String, Sendable {
        case park
        case skip
    }

    var noRecipient = Choice.park
    var missing = Choice.park
    var invalid = Choice.park
}
