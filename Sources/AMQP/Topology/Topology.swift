/// What must be there on the broker before consuming or publishing, in the order in which it is asked for.
package struct Topology: Sendable, Equatable {
    /// One thing that is asked for or declared.
    package enum Step: Sendable, Equatable {
        /// The queue must exist; nothing is created.
        case expectQueue(String)
        /// The exchange must exist; nothing is created. The default exchange (empty name) always does.
        case expectExchange(String)
        /// A durable quorum queue for events.
        case declareQueue(String)
        /// A durable quorum queue without a delivery limit, as looking at what is parked raises the delivery count.
        case declareParkingQueue(String)
        /// A durable quorum queue that gives its messages back after the delay, through the default exchange.
        case declareDelayQueue(String, delayMilliseconds: Int64, returningTo: String)
        /// A queue that goes with its last consumer, or after a while without any: for looking on.
        ///
        /// It is bounded, so that it cannot fill the broker; its oldest messages go first.
        case declarePassingQueue(String)
        /// Messages of the exchange with this routing key reach the queue.
        case bind(queue: String, exchange: String, routingKey: String)
    }

    /// The steps in order.
    package var steps: [Step]

    /// A topology from steps.
    package init(_ steps: [Step] = []) {
        self.steps = steps
    }
}

/// How full a queue was when it was asked for.
package struct QueueStatus: Sendable, Equatable {
    /// Messages ready for delivery.
    package let messages: UInt32
    /// Consumers of the queue; ours is none of them when a connection is made, as it asks before it consumes.
    package let consumers: UInt32

    /// A status; tests make up their own.
    package init(messages: UInt32, consumers: UInt32) {
        self.messages = messages
        self.consumers = consumers
    }
}

/// What came of a topology.
package struct TopologyReport: Sendable, Equatable {
    /// A step that failed.
    package struct Failure: Sendable, Equatable {
        /// The step.
        package let step: Topology.Step
        /// Why.
        package let error: BrokerError

        /// A failure; tests make up their own.
        package init(step: Topology.Step, error: BrokerError) {
            self.step = step
            self.error = error
        }
    }

    /// Every queue that was found or declared.
    package internal(set) var queues: [String: QueueStatus] = [:]
    /// What failed, in order; empty when all is there.
    package internal(set) var failures: [Failure] = []

    /// A report; tests make up their own.
    package init(queues: [String: QueueStatus] = [:], failures: [Failure] = []) {
        self.queues = queues
        self.failures = failures
    }
}
