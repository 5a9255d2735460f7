import Poll

/// A connection that is logged in and driven by requests that wait for their answers.
///
/// For the thread that connects, and for commands; the reactor gets a `ConsumerConnection` made from one.
package struct BrokerSession: ~Copyable {
    var handle: ConnectionHandle
    /// What the broker says of itself.
    package let server: ServerIdentity
    /// Host and port, for messages.
    package let peer: String
    /// Agreed with the broker, never 0.
    package let heartbeatSeconds: Int
    let requestTimeout: Duration
    private(set) var channelIsOpen = false
    /// Whether the connection itself still stands.
    package internal(set) var isUsable = true
    /// Why the broker reads nothing more from publishers; nil while it does.
    package private(set) var blocking: AMQPText?
    /// Frames of deliveries that came while an answer was awaited, oldest first.
    ///
    /// Nil where none are due: then such a frame is nonsense. A `QueueReader` asks for them.
    var deliveryFrames: [InboundFrame.Content]?

    /// Connects and logs in, trying the hosts in turn.
    ///
    /// Waits up to the settings' times for each host, and for the look-up of names as long as the resolver does.
    /// - Throws: the fault of the first host that needs an operator, else of the last.
    package static func open(_ settings: ConnectionSettings) throws(BrokerError) -> BrokerSession {
        var failure: BrokerError?
        for host in settings.address.hosts {
            do throws(BrokerFault) {
                return try BrokerSession(host: host, settings)
            } catch {
                if failure?.fault.needsOperator != true { failure = BrokerError(error, peer: host.description) }
            }
        }
        throw failure ?? BrokerError(.nameNotResolved(host: ""), peer: "none")
    }

    private init(host: BrokerAddress.Host, _ settings: ConnectionSettings) throws(BrokerFault) {
        guard var handle = ConnectionHandle() else { throw .exhausted("memory for a connection") }
        try handle.connect(to: host, settings)
        heartbeatSeconds = try handle.login(settings)
        server = ServerIdentity(properties: handle.serverProperties())
        peer = host.description
        requestTimeout = settings.requestTimeout
        self.handle = handle
    }

    /// Sends a request and waits for its answer.
    ///
    /// A refusal closes the channel only: `isUsable` stays true and the next request opens it again.
    mutating func request(
        _ frame: OutboundFrame, missing: BrokerFault? = nil
    ) throws(BrokerError) -> InboundFrame.Reply {
        do throws(BrokerFault) {
            if !channelIsOpen {
                guard try exchange(.openChannel) == .channelOpened else { throw outOfTurn }
                channelIsOpen = true
            }
            return try exchange(frame, missing: missing)
        } catch {
            throw BrokerError(error, peer: peer)
        }
    }

    /// Closes the channel if it is open, so that whoever takes the connection over starts from none.
    mutating func closeChannel() throws(BrokerError) {
        guard channelIsOpen else { return }
        guard try request(.closeChannel(code: 200, text: "done")) == .channelClosed else {
            throw BrokerError(outOfTurn, peer: peer)
        }
        channelIsOpen = false
    }

    /// Ends the connection in order, without waiting for the broker's answer.
    package consuming func close() {
        guard isUsable, handle.readiness.contains(.writable) else { return }
        // The broker needs no more than this; that it may be gone already is no loss.
        try? handle.send(.closeConnection(code: 200, text: "done"))
    }

    /// What an answer to another request than ours is.
    var outOfTurn: BrokerFault { .protocolViolation("an answer that was not asked for") }

    private mutating func exchange(
        _ frame: OutboundFrame, missing: BrokerFault? = nil
    ) throws(BrokerFault) -> InboundFrame.Reply {
        // Whatever throws on the way, but the refusal of a channel, leaves a connection in an unknown state.
        isUsable = false
        let deadline = MonotonicTime.now().advanced(by: requestTimeout)
        try write(frame, deadline)
        while true {
            guard let received = try handle.nextFrame() else {
                try wait(for: .readable, deadline)
                continue
            }
            guard let reply = try reply(in: received.content, missing: missing, deadline) else { continue }
            isUsable = true
            return reply
        }
    }

    /// The answer in a frame; nil when the frame is about something else.
    private mutating func reply(
        in content: InboundFrame.Content, missing: BrokerFault?, _ deadline: MonotonicTime
    ) throws(BrokerFault) -> InboundFrame.Reply? {
        switch content {
        case .reply(let reply): return reply
        case .channelClosed(let code, let text):
            try write(.channelCloseReceived, deadline)
            channelIsOpen = false
            isUsable = true
            throw BrokerFault(replyCode: code, text: text, missing: code == 404 ? missing : nil)
        case .connectionClosed(let code, let text):
            try? handle.send(.connectionCloseReceived)
            throw BrokerFault(replyCode: code, text: text)
        case .blocked(let reason):
            blocking = reason
            return nil
        case .unblocked:
            blocking = nil
            return nil
        case .deliver, .header, .body:
            guard deliveryFrames != nil else { throw outOfTurn }
            deliveryFrames?.append(content)
            return nil
        default: throw outOfTurn
        }
    }

    /// Sends a frame as soon as the socket takes it.
    mutating func write(_ frame: OutboundFrame, _ deadline: MonotonicTime) throws(BrokerFault) {
        try wait(for: .writable, deadline)
        try handle.send(frame)
    }

    /// Waits until the socket is ready.
    func wait(for interest: Readiness, _ deadline: MonotonicTime) throws(BrokerFault) {
        while true {
            let left = deadline.since(.now()).nanoseconds / 1_000_000
            guard left >= 0 else { throw .requestTimeout }
            let ready = handle.readiness(waitingMilliseconds: Int32(clamping: left + 1), for: interest)
            if !ready.isEmpty { return }
        }
    }
}
