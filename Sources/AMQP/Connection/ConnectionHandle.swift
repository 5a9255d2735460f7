import CRabbitMQ
import Glibc
import Poll

/// The one owner of a librabbitmq connection: whoever has this value may use it, and nobody else can name it.
///
/// Not copyable and not sendable: it lives on one thread and moves only as a whole. Freeing it closes the socket.
///
/// librabbitmq's own heartbeats are off once the login is through: it sends them from inside calls that read, into
/// a socket that may not be writable, and both hangs of its version 0.11 (upstream issue 780) start from its
/// heartbeat deadlines. `Heartbeat` keeps the time instead, and this owner writes only to a writable socket.
@safe struct ConnectionHandle: ~Copyable {
    /// The only channel that is used, beside 0 for the connection itself.
    static let channel: UInt16 = 1
    /// What a frame may hold at most; RabbitMQ's default, and librabbitmq's.
    static let frameMaximum: Int32 = 131_072
    /// A frame's header and end mark.
    static let frameOverhead = 8
    /// What a header frame carries before the properties: class, weight, size of the body.
    static let headerOverhead = 12

    let state: OpaquePointer

    /// A connection that is not connected to anything yet; nil when there is no memory.
    init?() {
        guard let state = unsafe amqp_new_connection() else { return nil }
        unsafe self.state = state
    }

    deinit {
        // A TLS shutdown inside must not wait for the peer.
        if descriptor >= 0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        unsafe amqp_destroy_connection(state)
    }

    /// The socket to wait on; below zero when librabbitmq has closed it.
    var descriptor: Int32 { unsafe amqp_get_sockfd(state) }

    /// Whether frames, or bytes of one, have been read from the socket already: `poll` does not know of them.
    var hasBufferedInput: Bool {
        unsafe amqp_frames_enqueued(state) != 0 || amqp_data_in_buffer(state) != 0
    }

    /// Largest frame that was agreed on.
    var frameLimit: Int { Int(unsafe amqp_get_frame_max(state)) }

    /// What the socket is ready for now; asks, never waits.
    var readiness: Readiness { readiness(waitingMilliseconds: 0, for: [.readable, .writable]) }

    /// What the socket is ready for, after at most this time.
    func readiness(waitingMilliseconds: Int32, for interest: Readiness) -> Readiness {
        var entry = pollfd(fd: descriptor, events: interest.rawValue, revents: 0)
        guard entry.fd >= 0, unsafe poll(&entry, 1, waitingMilliseconds) > 0 else { return [] }
        return Readiness(rawValue: entry.revents)
    }

    /// Frees what decoded frames took, unless a frame is half read.
    func releaseBuffers() {
        unsafe amqp_maybe_release_buffers(state)
    }
}
