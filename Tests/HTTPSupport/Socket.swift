import Glibc

/// The few socket calls that the scripted server makes; all of them block.
struct Socket {
    let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        // Small parts of an answer are to leave one by one.
        var one: Int32 = 1
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    /// A listening socket on a free port of 127.0.0.1.
    static func listen(backlog: Int32 = 256) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var port: UInt16 = 0
        let code = unsafe withLoopback(&port) { address, length in
            guard unsafe bind(descriptor, address, length) == 0, Glibc.listen(descriptor, backlog) == 0 else {
                return -1
            }
            var length = length
            return unsafe getsockname(descriptor, address, &length)
        }
        guard code == 0 else { throw SocketError(call: "listen", code: errno) }
        return (descriptor, port)
    }

    /// A socket that is being connected to a port of 127.0.0.1.
    static func connectWithoutWaiting(_ port: UInt16) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        var port = port
        _ = unsafe withLoopback(&port) { address, length in unsafe connect(descriptor, address, length) }
        return descriptor
    }

    /// A socket that is connected to a port of 127.0.0.1, and on which no call waits longer than this.
    static func connected(to port: UInt16, seconds: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        var port = port
        let code = unsafe withLoopback(&port) { address, length in unsafe connect(descriptor, address, length) }
        guard code == 0 else {
            let error = SocketError(call: "connect", code: errno)
            _ = Glibc.close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Lends 127.0.0.1 and the port as a socket address, and takes back the port that the call may have changed.
    private static func withLoopback(
        _ port: inout UInt16, _ call: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe call(generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        return code
    }

    /// What can be read; empty at the end of the stream.
    func receive() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            count = unsafe max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// Writes everything; false when the client has left.
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Waits for readiness; false after the time.
    func wait(for events: Int32, milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) > 0
    }

    /// Whether the client closes its side within the time: what a dripping server waits for between two bytes.
    ///
    /// The client sends nothing while it waits for an answer, so whatever can be read is the end.
    func hasLeft(within milliseconds: Int32) -> Bool {
        wait(for: POLLIN, milliseconds: milliseconds)
    }

    /// Makes the coming close a reset.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

/// A socket call that failed.
struct SocketError: Error {
    let call: String
    let code: Int32
}
