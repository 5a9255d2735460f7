/// What the relay wants done.
///
/// The caller carries actions out in the order given.
///
/// An identifier in an action may be asked about (`plannedLaunch`, `failure`, `parkNotice`, `delayNotice`) until the next
/// `takeActions`; its place is not given to another before.
package enum Action: Sendable, Hashable {
    /// Write the request of this launch; answer with `answered`.
    case send(LaunchID)
    /// Write the request of this batch (`batchRequest`); answer with `answered`.
    case sendBatch(BatchID)
    /// Ask how the task of this batch stands (`batchTask`); answer with `taskAnswered`.
    case askTask(BatchID)
    /// Ask the platform something that launches nothing, reading the token again before; answer with `probed`.
    case probe
    /// Ask the ledger for the launch's key; answer with `lookedUp`.
    case lookUp(LaunchID)
    /// Commit an intent for the launch's key; answer with `ledgerWrote`.
    case recordIntent(LaunchID)
    /// Remove the intent: the launch was certainly not made; answer with `ledgerWrote` once committed.
    case withdrawIntent(LaunchID)
    /// Commit that the launch was made; answer with `ledgerWrote`.
    case record(LaunchID)
    /// Evaluate more of the delivery's launches; answer with `planned`.
    case plan(DeliveryID)
    /// Publish the message to the parking queue with `parkNotice`; answer with `published`.
    case park(DeliveryID)
    /// Publish the message to the delay queue of `delayNotice.step`; answer with `published`.
    case delay(DeliveryID)
    /// Acknowledge: the delivery is settled and forgotten.
    case acknowledge(DeliveryID, Receipt)
    /// The delivery is the broker's again, unsettled: forget it. Each delivery ends with this or with `acknowledge`.
    case void(DeliveryID)
    /// Close the channel of this generation, so that the broker gets back what is unsettled in the order received, open
    /// the next one without consuming, and report `consumerConnected`.
    case giveBackAll(generation: UInt32)
    /// Stop consuming (`basic.cancel`); the channel stays, and what is on its way is still delivered.
    case pauseConsumption
    /// Consume on the channel that was reported last.
    case resumeConsumption
    /// Note what happened: a log line, a metric.
    case observe(Observation)
    /// Everything that can be finished is: close up.
    case finished
}
