/// What a queue was declared with, as far as a broker lets it be seen over AMQP.
///
/// What a policy sets on top of it cannot be seen this way.
package struct QueueFacts: Sendable, Equatable {
    /// What is known of one argument.
    package enum Reading: Sendable, Equatable {
        /// The queue was declared without it.
        case absent
        /// The value it was declared with.
        case value(String)
        /// The broker did not tell.
        case unseen
    }

    /// Whether the queue outlives the broker.
    package var isDurable: Bool
    /// Whether the queue goes with its last consumer.
    package var isAutoDelete: Bool
    private var readings: [QueueArgument: Reading]

    /// Facts of a queue; tests make up their own.
    package init(
        isDurable: Bool = true, isAutoDelete: Bool = false, _ readings: [QueueArgument: Reading] = [:]
    ) {
        self.isDurable = isDurable
        self.isAutoDelete = isAutoDelete
        self.readings = readings
    }

    /// What is known of an argument; `unseen` where nobody asked.
    package subscript(argument: QueueArgument) -> Reading {
        get { readings[argument] ?? .unseen }
        set { readings[argument] = newValue }
    }
}

/// What was found where a queue was expected.
package enum QueuePresence: Sendable, Equatable {
    /// It is there.
    case present(QueueStatus)
    /// It is not there.
    case missing
    /// It cannot be looked at, with the broker's reason: an exclusive queue of somebody else, say.
    case closed(String)
}

/// Whether our user may do something.
package enum Permission: Sendable, Equatable {
    /// The broker would let it.
    case granted
    /// The broker refuses, in its own words.
    case refused(String)
    /// It cannot be told, with the reason.
    case unseen(String)
}

/// A queue as it was found.
package struct QueueInspection: Sendable, Equatable {
    /// Whether it is there.
    package let presence: QueuePresence
    /// What it was declared with; all unseen where it is not there.
    package let facts: QueueFacts
    /// Whether our user may declare it.
    package let declaring: Permission

    /// What was found; tests make up their own.
    package init(presence: QueuePresence, facts: QueueFacts = QueueFacts(), declaring: Permission) {
        self.presence = presence
        self.facts = facts
        self.declaring = declaring
    }
}
