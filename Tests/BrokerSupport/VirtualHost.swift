package import AMQP

/// A virtual host of the private broker, for one test.
package struct VirtualHost: Sendable {
    /// The broker it is on.
    package let broker: PrivateBroker
    /// Its name.
    package let name: String

    /// The URL of a user on it, `guest` by default.
    package func url(user: String = "guest", password: String = "guest") -> String {
        "amqp://\(user):\(password)@127.0.0.1:\(broker.port)/\(name)"
    }

    /// The URL over TLS, with the host by a name or an address.
    package func encryptedURL(host: String = "localhost") -> String {
        "amqps://guest:guest@\(host):\(broker.port + 1)/\(name)"
    }

    /// Settings to connect with.
    package func settings(_ connectionName: String = "test", heartbeatSeconds: Int = 15) throws -> ConnectionSettings {
        ConnectionSettings(
            address: try BrokerAddress(parsing: url()), connectionName: connectionName,
            heartbeatSeconds: heartbeatSeconds)
    }

    /// TLS that trusts the private broker's authority.
    package var tls: BrokerTLS { BrokerTLS(authoritiesFile: file("ca.pem")) }

    /// The path of one of the broker's certificates or keys.
    package func file(_ name: String) -> String {
        "\(broker.directory)/tls/\(name)"
    }

    /// How many messages a queue holds, ready and unacknowledged.
    package func count(_ queue: String) throws -> (ready: Int, unacknowledged: Int) {
        let rows = try broker.control(
            "list_queues", "-p", name, "--no-table-headers", "name", "messages_ready", "messages_unacknowledged")
        for row in rows.split(separator: "\n") {
            let columns = row.split(separator: "\t")
            guard columns.count == 3, columns[0] == queue, let ready = Int(columns[1]), let open = Int(columns[2])
            else { continue }
            return (ready, open)
        }
        return (-1, -1)
    }

    /// Deletes a queue as an operator would.
    package func deleteQueue(_ queue: String) throws {
        try broker.control("delete_queue", "-p", name, queue)
    }
}
