import Glibc

/// A listener that accepts nothing and whose queue is full: connecting to it gets no answer at all.
package final class FullListener: Sendable {
    /// The port on 127.0.0.1.
    package let port: UInt16
    private let listener: Int32
    private let fillers: [Int32]

    /// Listens with the shortest queue and fills it.
    package init() throws {
        (listener, port) = try Socket.listen(backlog: 0)
        var fillers: [Int32] = []
        // A queue of 0 holds one connection; two more make sure. They do not wait for their connection.
        for _ in 0..<3 { fillers.append(Socket.connectWithoutWaiting(port)) }
        // The first one is in the queue once it is connected.
        _ = Socket(fillers[0]).wait(for: POLLOUT, milliseconds: 5000)
        self.fillers = fillers
    }

    deinit {
        for descriptor in fillers { close(descriptor) }
        close(listener)
    }
}
