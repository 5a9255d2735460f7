/// Everything that can go wrong between us and a broker: a closed set, each with its own words.
///
/// None is final by itself: whoever connects tries again for ever. `needsOperator` says that trying alone will
/// not help.
package enum BrokerFault: Error, Sendable, Equatable {
    /// The host's name has no address.
    case nameNotResolved(host: String)
    /// Nobody listens at the port.
    case refused
    /// The system says why there is no way to the host.
    case unreachable(String)
    /// No TCP or TLS connection in time.
    case connectTimeout
    /// The connection was cut before the login was through.
    case cutDuringLogin
    /// The broker did not answer the login in time.
    case loginTimeout

    /// A file of the TLS settings cannot be used.
    case tlsFile(role: TLSFile, path: String)
    /// The certificate is for another host.
    case certificateHost(host: String)
    /// No authority of ours vouches for the certificate.
    case certificateAuthority(String)
    /// The certificate is past its end or before its start.
    case certificateTime(String)
    /// The certificate is wrong in another way, in OpenSSL's words.
    case certificate(String)
    /// The peer does not answer in TLS.
    case notTLS
    /// The TLS handshake failed, in OpenSSL's words.
    case tls(String)

    /// User, password or certificate were not accepted (403).
    case loginRefused(AMQPText)
    /// The broker does not offer our way to log in.
    case mechanismRefused
    /// The virtual host is not there, or not for us (530).
    case virtualHostRefused(name: String, AMQPText)

    /// The queue is not there (404).
    case queueMissing(name: String)
    /// The exchange is not there (404).
    case exchangeMissing(name: String)
    /// Something is there, but not as we declare it, or an acknowledgement came too late (406).
    case preconditionFailed(AMQPText)
    /// Our user may not do it (403).
    case accessRefused(AMQPText)
    /// Somebody else has the queue to himself (403, 405).
    case resourceLocked(AMQPText)
    /// The broker ends the connection: a shutdown, or an operator (320).
    case connectionForced(AMQPText)
    /// The broker closes for another reason.
    case closed(code: UInt16, AMQPText)

    /// The socket ended without a word.
    case connectionLost
    /// Nothing came for two heartbeats.
    case heartbeatTimeout
    /// A request was not answered in time.
    case requestTimeout
    /// A publication was not confirmed in time, although heartbeats came.
    case confirmTimeout
    /// Publications were refused one after the other (nack): their queue is full or limited.
    case publishesRefused
    /// What came is not AMQP 0-9-1 as we know it.
    case protocolViolation(String)
    /// The system or librabbitmq has no memory, descriptors or threads left.
    case exhausted(String)

    /// The files that TLS settings name.
    package enum TLSFile: String, Sendable {
        case authorities = "file of certificate authorities"
        case identity = "client certificate or key"
    }

    /// Whether it will stay so until somebody changes a setting or the broker.
    package var needsOperator: Bool {
        switch self {
        case .tlsFile, .certificateHost, .certificateAuthority, .certificateTime, .certificate, .notTLS,
            .loginRefused, .mechanismRefused, .virtualHostRefused, .queueMissing, .exchangeMissing,
            .preconditionFailed, .accessRefused, .resourceLocked, .publishesRefused:
            true
        default: false
        }
    }
}
