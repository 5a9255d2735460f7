import Glibc

/// The few blocking socket calls of the fake broker.
struct LoopbackSocket: Sendable {
    let descriptor: Int32

    /// A listening socket on a free port of 127.0.0.1.
    static func listen() throws -> (socket: LoopbackSocket, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard unsafe bind(descriptor, generic, size) == 0, Glibc.listen(descriptor, 64) == 0 else {
                    return Int32(-1)
                }
                return unsafe getsockname(descriptor, generic, &size)
            }
        }
        guard status == 0 else { throw Command.Failure(command: ["listen"], output: "errno \(errno)") }
        return (LoopbackSocket(descriptor: descriptor), UInt16(bigEndian: address.sin_port))
    }

    /// The next connection; nil when the listening socket was shut down.
    func accept() -> LoopbackSocket? {
        let accepted = Glibc.accept(descriptor, nil, nil)
        return accepted >= 0 ? LoopbackSocket(descriptor: accepted) : nil
    }

    /// Makes the buffer for what the peer sends as small as Linux allows, so that a peer soon cannot write.
    func shrinkReceiveBuffer() {
        var size: Int32 = 1
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Up to `count` bytes; empty at the end.
    func receive(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, received in
            received = unsafe max(0, recv(descriptor, buffer.baseAddress, count, 0))
        }
    }

    /// Writes everything; false when the peer has gone.
    @discardableResult
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

    /// Waits until the peer has ended the connection, without reading what it sent; 30 seconds at most.
    func awaitHangUp() {
        // poll's POLLRDHUP, which Swift does not import.
        var entry = pollfd(fd: descriptor, events: 0x2000, revents: 0)
        _ = unsafe poll(&entry, 1, 30_000)
    }

    /// Lets `close` end the connection with a reset: what the peer has not read yet stays, and no end follows it.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    func close() { _ = Glibc.close(descriptor) }
}
