import Altcraft

/// What the relay goes by; each value is a setting of `trigger-bridge` or follows from one.
package struct RelaySettings: Sendable {
    /// Requests in flight at once (`altcraft.in_flight`).
    package var inFlight = 64
    /// What the broker hands out unacknowledged (`broker.prefetch`); one lane, all of bulk, or one mapping that its rate
    /// holds back have at most half of it.
    package var prefetch = 200
    /// The broker's acknowledgement timeout; nothing is held longer than half of it where something can go on.
    package var acknowledgementTimeout: Duration = .seconds(1800)
    /// Delays of the ladder's queues, growing (`retry.ladder`).
    package var ladder: [Duration] = [.seconds(5), .seconds(30), .seconds(120), .seconds(600), .seconds(3600)]
    /// Waits that are held in flight.
    package var backoff = Backoff(first: .milliseconds(250), ceiling: .seconds(2))
    /// How many failures are waited out in flight before the ladder.
    package var shortWaits = 4
    /// Waits between probes (`circuit.probe_min`, `circuit.probe_max`).
    package var probe = Backoff(first: .seconds(1), ceiling: .seconds(30))
    /// Refusals in a row, for different recipients of one target, that open the target's circuit (`circuit.refusals`).
    package var refusals = 20
    /// How fast all launches together may go (`altcraft.rate`).
    package var rate: RateLimit?
    /// How large a batch's body may get; how many launches it may carry says each mapping.
    package var batchBytes = BatchLimits.documentedBytes
    /// The same with files.
    package var batchBytesWithFiles = BatchLimits.documentedBytesWithFiles
    /// Waits between questions after a task.
    package var taskPoll = Backoff(first: .milliseconds(500), ceiling: .seconds(15))
    /// How long a task is followed (`altcraft.task_timeout`); at most half the acknowledgement timeout.
    package var taskTimeout: Duration = .seconds(600)
    /// Whether launches are recorded (`ledger.enabled`).
    package var hasLedger = true
    /// How many fates are remembered without a ledger, for redeliveries within one life of the process.
    package var rememberedFates = 8192
    /// How many launches may wait for the ledger at once; above it no request is begun.
    package var ledgerBacklog = 4096

    /// The documented defaults.
    package init() {}
}
