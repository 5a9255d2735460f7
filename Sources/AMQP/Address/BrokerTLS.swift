/// How an encrypted connection is made: whom to trust and who we are.
///
/// TLS 1.2 is the least.
package struct BrokerTLS: Sendable, Equatable {
    /// A client certificate and its key, both PEM files; the key must not be locked by a passphrase.
    package struct Identity: Sendable, Equatable {
        /// The certificate, with its chain after it.
        package let certificateFile: String
        /// The private key.
        package let keyFile: String

        /// A certificate and its key.
        package init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// Debian's bundle of public authorities; librabbitmq 0.11 does not know the system's default by itself.
    package static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    /// PEM file with the authorities that may vouch for the broker.
    package var authoritiesFile: String
    /// Who we are; nil shows no certificate.
    package var identity: Identity?
    /// Whether the broker's certificate is verified.
    package var verifiesPeer: Bool
    /// Whether the certificate must be for the host in the URL.
    package var verifiesHostName: Bool

    /// TLS with verification on.
    package init(
        authoritiesFile: String = Self.systemAuthorities,
        identity: Identity? = nil,
        verifiesPeer: Bool = true,
        verifiesHostName: Bool = true
    ) {
        self.authoritiesFile = authoritiesFile
        self.identity = identity
        self.verifiesPeer = verifiesPeer
        self.verifiesHostName = verifiesHostName
    }
}
