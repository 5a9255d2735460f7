import CRabbitMQShim

/// Says which part of a TLS handshake went wrong; librabbitmq has one status for all.
enum TLSDiagnosis {
    /// OpenSSL's codes for certificates (openssl/x509_vfy.h), which never change.
    private enum Code {
        static let notYetValid: Int32 = 9
        static let expired: Int32 = 10
        static let hostMismatch: Int32 = 62
        static let addressMismatch: Int32 = 64
        /// Issuer not found, self-signed, chain not anchored.
        static let untrusted: Set<Int32> = [2, 18, 19, 20, 21, 27]
    }

    /// OpenSSL's words when the peer answers in something else than TLS.
    private static let otherProtocol = ["wrong version number", "packet length too long", "unknown protocol"]

    /// The fault of the handshake that has just failed on this thread.
    static func lastFault(host: String) -> BrokerFault {
        let code = tb_tls_verification_error()
        guard code == 0 else { return certificateFault(code, host: host) }
        guard let reason = unsafe tb_tls_last_reason() else { return .tls("the peer ended it without a reason") }
        let words = unsafe String(cString: reason)
        return otherProtocol.contains(words) ? .notTLS : .tls(words)
    }

    private static func certificateFault(_ code: Int32, host: String) -> BrokerFault {
        let words = unsafe tb_tls_verification_text(code).map { unsafe String(cString: $0) } ?? "code \(code)"
        return switch code {
        case Code.hostMismatch, Code.addressMismatch: .certificateHost(host: host)
        case Code.notYetValid, Code.expired: .certificateTime(words)
        case let code where Code.untrusted.contains(code): .certificateAuthority(words)
        default: .certificate(words)
        }
    }
}
