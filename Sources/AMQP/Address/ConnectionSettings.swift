/// All that is needed to connect and log in.
package struct ConnectionSettings: Sendable, Equatable {
    /// How we prove who we are.
    package enum Authentication: Sendable, Equatable {
        /// User and password of the address (SASL PLAIN).
        case password
        /// The client certificate (SASL EXTERNAL, the broker's plugin rabbitmq_auth_mechanism_ssl).
        case certificate
    }

    /// The hosts, the virtual host and the login.
    package var address: BrokerAddress
    /// Used when the address is `amqps`.
    package var tls: BrokerTLS
    /// How we prove who we are.
    package var authentication: Authentication
    /// The name that operators see in `list_connections` and the management page.
    package var connectionName: String
    /// Heartbeat asked for, in seconds; the broker may ask for less.
    ///
    /// Never 0: between 1 and 600.
    package let heartbeatSeconds: Int
    /// Longest time for the TCP and TLS connection to one address of a host.
    package var connectTimeout: Duration
    /// Longest time for the login.
    package var handshakeTimeout: Duration
    /// Longest time for the broker to answer one request (declare, bind, consume, close).
    package var requestTimeout: Duration
    /// Longest time without any confirm while publications wait for one and the broker is not blocked.
    ///
    /// A quorum queue without a leader never confirms: its channel stands still while heartbeats go on (seen with
    /// RabbitMQ 3.10.8, killed within a second of the queue's declaration and started again).
    package var confirmTimeout: Duration

    /// Heartbeat when none is given: RabbitMQ calls 5 to 20 seconds good, and below 5 false alarms begin.
    package static let defaultHeartbeatSeconds = 15

    /// Settings with defaults for everything but where and under which name.
    package init(
        address: BrokerAddress,
        connectionName: String,
        tls: BrokerTLS = BrokerTLS(),
        authentication: Authentication = .password,
        heartbeatSeconds: Int = Self.defaultHeartbeatSeconds,
        connectTimeout: Duration = .seconds(10),
        handshakeTimeout: Duration = .seconds(10),
        requestTimeout: Duration = .seconds(15),
        confirmTimeout: Duration = .seconds(30)
    ) {
        self.address = address
        self.connectionName = connectionName
        self.tls = tls
        self.authentication = authentication
        self.heartbeatSeconds = min(max(heartbeatSeconds, 1), 600)
        self.connectTimeout = connectTimeout
        self.handshakeTimeout = handshakeTimeout
        self.requestTimeout = requestTimeout
        self.confirmTimeout = confirmTimeout
    }
}
