import CRabbitMQ
import CRabbitMQShim
import Glibc
import Poll

extension ConnectionHandle {
    /// Connects to one host, with TLS when the address is encrypted.
    ///
    /// Waits; never on the reactor's thread.
    mutating func connect(to host: BrokerAddress.Host, _ settings: ConnectionSettings) throws(BrokerFault) {
        let encrypted = settings.address.encrypted
        let socket = encrypted ? unsafe amqp_ssl_socket_new(state) : unsafe amqp_tcp_socket_new(state)
        guard let socket = unsafe socket else { throw .exhausted("memory for a socket") }
        if encrypted { try unsafe prepareTLS(socket, host: host.name, settings.tls) }

        var timeout = settings.connectTimeout.timeval
        let status = unsafe amqp_socket_open_noblock(socket, host.name, Int32(host.port), &timeout)
        guard status == AMQP_STATUS_OK.rawValue else {
            throw Self.connectFault(status, host: host, encrypted: encrypted)
        }
        limitUnacknowledgedTime(seconds: 2 * settings.heartbeatSeconds)
    }

    private func prepareTLS(_ socket: OpaquePointer, host: String, _ tls: BrokerTLS) throws(BrokerFault) {
        guard unsafe tb_tls_prepare(socket, host, tls.verifiesPeer ? 1 : 0, tls.verifiesHostName ? 1 : 0) != 0 else {
            throw .tls("OpenSSL does not take our settings for \"\(host)\"")
        }
        if tls.verifiesPeer {
            let status = unsafe amqp_ssl_socket_set_cacert(socket, tls.authoritiesFile)
            guard status == AMQP_STATUS_OK.rawValue else {
                throw .tlsFile(role: .authorities, path: tls.authoritiesFile)
            }
        }
        if let identity = tls.identity {
            let status = unsafe amqp_ssl_socket_set_key(socket, identity.certificateFile, identity.keyFile)
            guard status == AMQP_STATUS_OK.rawValue else {
                throw .tlsFile(role: .identity, path: "\(identity.certificateFile)\" or \"\(identity.keyFile)")
            }
        }
    }

    private static func connectFault(_ status: Int32, host: BrokerAddress.Host, encrypted: Bool) -> BrokerFault {
        switch status {
        case AMQP_STATUS_HOSTNAME_RESOLUTION_FAILED.rawValue: .nameNotResolved(host: host.name)
        case AMQP_STATUS_TIMEOUT.rawValue: .connectTimeout
        case AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED.rawValue: .certificateHost(host: host.name)
        case AMQP_STATUS_SSL_PEER_VERIFY_FAILED.rawValue, AMQP_STATUS_SSL_CONNECTION_FAILED.rawValue,
            AMQP_STATUS_SSL_ERROR.rawValue:
            TLSDiagnosis.lastFault(host: host.name)
        case AMQP_STATUS_NO_MEMORY.rawValue: .exhausted("memory")
        default: ConnectDiagnosis.fault(host: host)
        }
    }

    /// Ends the connection when the peer's system does not take our bytes for so long: neither the broker's
    /// heartbeats nor ours are seen by a call that is stuck in a write.
    ///
    /// A broker that says it is blocked is such a system, and alive: 0 takes the limit away.
    func limitUnacknowledgedTime(seconds: Int) {
        var milliseconds = UInt32(clamping: seconds * 1000)
        _ = unsafe setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds, socklen_t(MemoryLayout<UInt32>.size))
    }

    /// Logs in to the virtual host, and takes heartbeats over from librabbitmq.
    ///
    /// - Returns: the agreed heartbeat in seconds, never 0.
    mutating func login(_ settings: ConnectionSettings) throws(BrokerFault) -> Int {
        var timeout = settings.handshakeTimeout.timeval
        guard unsafe amqp_set_handshake_timeout(state, &timeout) == AMQP_STATUS_OK.rawValue else {
            throw .exhausted("memory for a time")
        }
        let properties = try LibraryTable(ClientProperties.table(connectionName: settings.connectionName))
        let reply = loginReply(settings, properties)
        guard reply.outcome == 0 else { throw Self.loginFault(reply, settings) }

        let agreed = unsafe amqp_get_heartbeat(state)
        let seconds = agreed > 0 ? Int(agreed) : settings.heartbeatSeconds
        limitUnacknowledgedTime(seconds: 2 * seconds)
        let status = unsafe amqp_tune_connection(state, amqp_get_channel_max(state), amqp_get_frame_max(state), 0)
        guard status == AMQP_STATUS_OK.rawValue else { throw BrokerFault(status: status) }
        return seconds
    }

    private func loginReply(_ settings: ConnectionSettings, _ properties: LibraryTable) -> tb_login_reply {
        let address = settings.address
        return unsafe address.virtualHost.withCString { virtualHost in
            unsafe withUnsafePointer(to: properties.table) { table in
                let request = unsafe tb_login_request(
                    vhost: virtualHost, frame_max: Self.frameMaximum, heartbeat: Int32(settings.heartbeatSeconds),
                    client_properties: table)
                return switch settings.authentication {
                case .password: unsafe tb_login_plain(state, request, address.login.user, address.login.password)
                case .certificate: unsafe tb_login_external(state, request, address.login.user)
                }
            }
        }
    }

    private static func loginFault(_ reply: tb_login_reply, _ settings: ConnectionSettings) -> BrokerFault {
        guard reply.outcome == 2 else {
            return switch reply.status {
            case AMQP_STATUS_TIMEOUT.rawValue, AMQP_STATUS_HEARTBEAT_TIMEOUT.rawValue: .loginTimeout
            case AMQP_STATUS_BROKER_UNSUPPORTED_SASL_METHOD.rawValue: .mechanismRefused
            default:
                BrokerFault(status: reply.status) == .connectionLost
                    ? .cutDuringLogin : BrokerFault(status: reply.status)
            }
        }
        let text = unsafe withUnsafeBytes(of: reply.text) { unsafe AMQPText(bytes: $0.prefix(Int(reply.text_length))) }
        return switch reply.code {
        case 403: .loginRefused(text)
        case 530: .virtualHostRefused(name: settings.address.virtualHost, text)
        default: BrokerFault(replyCode: reply.code, text: text)
        }
    }

    /// What the broker said of itself.
    func serverProperties() -> AMQPTable {
        guard let table = unsafe amqp_get_server_properties(state) else { return AMQPTable() }
        let wire = unsafe [UInt8](unsafeUninitializedCapacity: Int(Self.frameMaximum)) { buffer, count in
            var offset = 0
            let bytes = unsafe amqp_bytes_t(len: buffer.count, bytes: UnsafeMutableRawPointer(buffer.baseAddress))
            let status = unsafe amqp_encode_table(bytes, table, &offset)
            count = status == AMQP_STATUS_OK.rawValue ? offset : 0
        }
        // What we cannot read of it we do without: nothing depends on it but the version.
        return (try? AMQPTable(wire: wire)) ?? AMQPTable()
    }
}

extension Duration {
    /// For calls that take a `timeval`.
    fileprivate var timeval: timeval {
        let nanoseconds = max(nanoseconds, 0)
        return Glibc.timeval(
            tv_sec: Int(nanoseconds / 1_000_000_000), tv_usec: Int(nanoseconds % 1_000_000_000 / 1000))
    }
}
