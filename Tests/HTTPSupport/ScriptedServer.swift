import Glibc
import Poll
import Synchronization

/// An HTTP server on loopback that does exactly what a script says, and remembers every byte it read.
///
/// One thread accepts, one thread serves each connection. Nothing in it sleeps: threads block in system calls and
/// are woken by shutting their sockets down.
package final class ScriptedServer: Sendable {
    /// Which exchange is played for a connection (counted from 0) and a request on it (counted from 0).
    package typealias Script = @Sendable (_ connection: Int, _ request: Int) -> Exchange

    /// What the server has seen so far.
    package struct Log: Sendable {
        /// Every request of which something was read, in the order in which reading ended.
        package var requests: [SeenRequest] = []
        /// Connections accepted.
        package var accepted = 0
        /// Connections over, whoever ended them.
        package var ended = 0
        /// Descriptors of the connections being served, so that `stop` can wake their threads.
        var open: Set<Int32> = []
        var stopping = false
    }

    /// The port on 127.0.0.1, chosen by the system.
    package let port: UInt16
    private let listener: Int32
    private let script: Script
    private let state = Mutex(Log())
    /// Signalled at each change of the log.
    private let changed: Wakeup

    /// Starts to listen.
    package init(_ script: @escaping Script) throws {
        signal(SIGPIPE, SIG_IGN)
        self.script = script
        changed = try Wakeup()
        (listener, port) = try Socket.listen()
        spawn { server in
            while let descriptor = server.accept() { server.spawn { $0.serve(descriptor) } }
        }
    }

    /// The same exchange for every request.
    package convenience init(always exchange: Exchange) throws {
        try self.init { _, _ in exchange }
    }

    /// `http://127.0.0.1:PORT` and the path.
    package func url(_ path: String = "/api") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// What was seen so far.
    package var log: Log { state.withLock { $0 } }

    /// Waits until the log satisfies a condition; false when it does not within the limit.
    ///
    /// For one waiter at a time.
    package func waitUntil(within limit: Duration = .seconds(10), _ condition: (Log) -> Bool) -> Bool {
        let deadline = MonotonicTime.now().advanced(by: limit)
        var set = PollSet()
        set.add(changed.descriptor, .readable)
        while !condition(log) {
            let left = deadline.since(.now()).nanoseconds / 1_000_000
            guard left > 0 else { return false }
            _ = set.wait(milliseconds: Int32(clamping: left))
            changed.clear()
        }
        return true
    }

    /// Stops listening and ends all connections, and waits until every thread is done with them.
    package func stop() {
        let open = state.withLock { log in
            log.stopping = true
            // Inside the lock: a thread leaves the set before it closes its descriptor, so no number is reused here.
            for descriptor in log.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return log.open
        }
        shutdown(listener, Int32(SHUT_RDWR))
        if !open.isEmpty { _ = waitUntil { $0.open.isEmpty } }
    }

    private func update(_ change: (inout Log) -> Void) {
        state.withLock { change(&$0) }
        changed.signal()
    }

    private func spawn(_ work: @escaping @Sendable (ScriptedServer) -> Void) {
        BackgroundThread.start { work(self) }
    }

    /// The next connection; nil, and the listener is closed, once the server stops.
    private func accept() -> Int32? {
        let descriptor = Glibc.accept(listener, nil, nil)
        let welcome = state.withLock { log in
            guard descriptor >= 0, !log.stopping else { return false }
            log.open.insert(descriptor)
            log.accepted += 1
            return true
        }
        changed.signal()
        if welcome { return descriptor }
        if descriptor >= 0 { close(descriptor) }
        close(listener)
        return nil
    }

    private func serve(_ descriptor: Int32) {
        let connection = state.withLock { $0.accepted - 1 }
        var session = ServerSession(socket: Socket(descriptor))
        var request = 0
        while session.play(script(connection, request), note: { self.note($0, connection, request) }) { request += 1 }
        _ = state.withLock { $0.open.remove(descriptor) }
        close(descriptor)
        update { $0.ended += 1 }
    }

    private func note(_ bytes: [UInt8], _ connection: Int, _ request: Int) {
        update { $0.requests.append(SeenRequest(connection: connection, index: request, bytes: bytes)) }
    }
}
