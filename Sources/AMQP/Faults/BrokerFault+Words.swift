extension BrokerFault {
    /// What happened, in half a sentence; may hold the broker's own words, never a password.
    package var happened: String {
        switch self {
        case .nameNotResolved(let host): "the name \"\(host)\" has no address"
        case .refused: "connection refused, nobody listens there"
        case .unreachable(let reason): "the host cannot be reached: \(reason)"
        case .connectTimeout: "no connection in time"
        case .cutDuringLogin: "the connection was cut during the login"
        case .loginTimeout: "the login was not answered in time"
        case .tlsFile(let role, let path): "the \(role.rawValue) \"\(path)\" cannot be used"
        case .certificateHost(let host): "its certificate is not for \"\(host)\""
        case .certificateAuthority(let reason): "no authority we trust vouches for its certificate: \(reason)"
        case .certificateTime(let reason): "its certificate is not valid now: \(reason)"
        case .certificate(let reason): "its certificate was refused: \(reason)"
        case .notTLS: "the port does not speak TLS"
        case .tls(let reason): "the TLS handshake failed: \(reason)"
        default: happenedAfterConnecting
        }
    }

    private var happenedAfterConnecting: String {
        switch self {
        case .loginRefused(let text): "the login was refused: \(text)"
        case .mechanismRefused: "it does not offer our way to log in"
        case .virtualHostRefused(let name, let text): "virtual host \"\(name)\" was refused: \(text)"
        case .queueMissing(let name): "there is no queue \"\(name)\""
        case .exchangeMissing(let name): "there is no exchange \"\(name)\""
        case .preconditionFailed(let text): "it refused as the precondition failed: \(text)"
        case .accessRefused(let text): "access was refused: \(text)"
        case .resourceLocked(let text): "the resource is locked: \(text)"
        case .connectionForced(let text): "it ended the connection: \(text)"
        case .closed(let code, let text): "it closed with \(code): \(text)"
        case .heartbeatTimeout: "no heartbeat came in time"
        case .requestTimeout: "a request was not answered in time"
        case .confirmTimeout: "it did not confirm a message in time"
        case .publishesRefused: "it refused messages in a row (nack): their queue is full, or a policy limits it"
        case .protocolViolation(let what): "it sent what is not AMQP 0-9-1: \(what)"
        case .exhausted(let what): "no resources left: \(what)"
        default: "the connection was lost"
        }
    }

    /// What to do about it, in half a sentence.
    package var advice: String {
        switch self {
        case .nameNotResolved: "check the host in broker.url, and DNS"
        case .refused: "check host and port in broker.url, and whether the broker runs"
        case .unreachable, .connectTimeout: "check host and port in broker.url, routes and firewalls"
        case .cutDuringLogin: "if the port speaks TLS, write amqps:// in broker.url; else look into the broker's log"
        case .loginTimeout: "check that the port is a broker's; it may be overloaded"
        case .tlsFile: "check that the path is right, the file readable, in PEM, and its key not locked by a passphrase"
        case .certificateHost: "write the host in broker.url as the certificate names it"
        case .certificateAuthority: "name the file of its authority in the TLS settings"
        case .certificateTime: "renew the broker's certificate, or set this machine's clock"
        case .certificate: "let the broker's certificate be issued anew"
        case .notTLS: "write amqp:// in broker.url, or the broker's TLS port (usually 5671)"
        case .tls: "look into the broker's log; it must speak TLS 1.2 or later"
        default: adviceAfterConnecting
        }
    }

    private var adviceAfterConnecting: String {
        switch self {
        case .loginRefused: "check user and password in broker.url, or the client certificate"
        case .mechanismRefused: "enable PLAIN (or rabbitmq_auth_mechanism_ssl for EXTERNAL) on the broker"
        case .virtualHostRefused: "check the virtual host in broker.url, and the user's permissions on it"
        case .queueMissing: "create it, correct the name, or set broker.declare"
        case .exchangeMissing: "create it, or correct the name"
        case .preconditionFailed: "make the declaration and what is there agree"
        case .accessRefused: "give the user the permission (rabbitmqctl set_permissions)"
        case .resourceLocked: "end the exclusive consumer or owner"
        case .connectionForced: "the connection is made again; if it goes on, look into the broker's log"
        case .closed: "look into the broker's log"
        case .heartbeatTimeout: "check the network and the broker's load"
        case .requestTimeout, .confirmTimeout: "check the broker's load, and that its queues have leaders"
        case .publishesRefused: "make room, or lift the limit: rabbitmqctl list_policies shows it"
        case .protocolViolation: "check that broker.url leads to RabbitMQ and nothing in between changes bytes"
        case .exhausted: "raise the limits of this process"
        default: "the connection is made again"
        }
    }
}
