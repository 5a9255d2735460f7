/// Where the broker is and who we are there: what an `amqp://` or `amqps://` URL says.
///
/// The password is in here and nowhere in what it prints: `description` shows the user and `***`.
package struct BrokerAddress: Sendable, Equatable {
    /// One host to try.
    package struct Host: Sendable, Hashable, CustomStringConvertible {
        /// Name or address, an IPv6 address without its brackets.
        package let name: String
        /// TCP port.
        package let port: UInt16

        /// A host and its port.
        package init(name: String, port: UInt16) {
            self.name = name
            self.port = port
        }

        /// As in a URL: IPv6 addresses in brackets.
        package var description: String {
            name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
        }
    }

    /// Who we are, when not the client certificate says it.
    package struct Login: Sendable, Equatable {
        /// The user's name.
        package let user: String
        /// The password; never printed.
        package let password: String

        /// A user and its password.
        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// Hosts in the order in which they are tried; at least one.
    package let hosts: [Host]
    /// Whether the connection is encrypted (`amqps`).
    package let encrypted: Bool
    /// User and password; RabbitMQ's `guest` when the URL names nobody.
    package let login: Login
    /// The virtual host: `/` when the URL has no path.
    package let virtualHost: String

    /// An address from its parts; `hosts` must not be empty.
    package init(hosts: [Host], encrypted: Bool, login: Login, virtualHost: String) {
        self.hosts = hosts
        self.encrypted = encrypted
        self.login = login
        self.virtualHost = virtualHost
    }
}

extension BrokerAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The URL with the password replaced: `amqps://shop:***@a:5671,b:5671/orders`.
    package var description: String {
        let hosts = hosts.map(\.description).joined(separator: ",")
        let path = virtualHost == "/" ? "" : "/\(virtualHost.percentEncoded)"
        return "\(encrypted ? "amqps" : "amqp")://\(login.user.percentEncoded):***@\(hosts)\(path)"
    }

    /// The same as `description`: `dump` and string interpolation of an optional do not reveal the password.
    package var debugDescription: String { description }

    /// No children, for the same reason.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension BrokerAddress.Login: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The user and `***`.
    package var description: String { "\(user):***" }

    /// The same as `description`.
    package var debugDescription: String { description }

    /// No children, so that nothing prints the password.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
