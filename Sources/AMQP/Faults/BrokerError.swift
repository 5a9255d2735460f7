/// What went wrong with a broker, and with which one.
package struct BrokerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What happened.
    package let fault: BrokerFault
    /// The host and port, and for what concerns it the virtual host: `rabbit-1:5672`.
    package let peer: String

    /// A fault of a peer.
    package init(_ fault: BrokerFault, peer: String) {
        self.fault = fault
        self.peer = peer
    }

    /// One line: who, what happened, what to do.
    package var description: String {
        "broker \(peer): \(fault.happened); \(fault.advice)"
    }
}
