package import AMQP

/// What other threads ask of the reactor, through its mailbox.
package enum ReactorCommand: Sendable {
    /// A new set of mappings is live from the next event on; those in flight finish on theirs.
    case useMappings(LiveMappings)
    /// The token file was read again and held another token, which is the current one now.
    case tokenRenewed
    /// How full the queues are, and who consumes them.
    case queuesSeen(TopologyReport)
    /// Begin to stop.
    case stop
}
