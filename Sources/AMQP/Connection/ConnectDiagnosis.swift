import Glibc

/// Says why a TCP connection failed; librabbitmq has one status for all, and errno is gone by then.
///
/// It tries once more by itself, without sending anything.
enum ConnectDiagnosis {
    /// How long this second look may take.
    private static let waitMilliseconds: Int32 = 2000

    /// The fault of a host that could not be connected to a moment ago.
    static func fault(host: BrokerAddress.Host) -> BrokerFault {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host.name, String(host.port), &hints, &list) == 0 else {
            return .nameNotResolved(host: host.name)
        }
        defer { unsafe freeaddrinfo(list) }
        var code = ECONNREFUSED
        var next = unsafe list
        while let address = unsafe next {
            code = unsafe attempt(address.pointee)
            unsafe next = address.pointee.ai_next
        }
        return switch code {
        case 0: .connectionLost
        case ECONNREFUSED: .refused
        case ETIMEDOUT: .connectTimeout
        case EMFILE, ENFILE: .exhausted("descriptors")
        default: .unreachable(unsafe String(cString: strerror(code)))
        }
    }

    /// The errno of connecting to one address; 0 when it works now.
    private static func attempt(_ address: addrinfo) -> Int32 {
        let type = unsafe address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = unsafe socket(address.ai_family, type, address.ai_protocol)
        guard descriptor >= 0 else { return errno }
        defer { _ = close(descriptor) }
        guard unsafe connect(descriptor, address.ai_addr, address.ai_addrlen) != 0 else { return 0 }
        guard errno == EINPROGRESS else { return errno }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&entry, 1, waitMilliseconds) > 0 else { return ETIMEDOUT }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return code
    }
}
