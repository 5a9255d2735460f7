/// How a request ended that has no answer, in the words of the HTTP layer.
///
/// The line between the two cases is the one between `busy` and `unknown`: only what was certainly never written may
/// be sent again without asking whether that sends it twice.
package enum TransportFailure: Error, Sendable, Hashable {
    /// Not one byte of the body left this machine.
    case certainlyNotWritten(Kind)
    /// The platform may have read the request.
    case maybeWritten(Kind)

    /// What went wrong.
    package enum Kind: Sendable, Hashable, CaseIterable {
        /// No connection: name look-up, refusal, TLS.
        case connect
        /// The deadline passed.
        case timeout
        /// The connection broke.
        case cut
        /// What came back is no HTTP, or more of it than is read.
        case badAnswer
    }
}
