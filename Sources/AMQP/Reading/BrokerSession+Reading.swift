import Poll

/// What a reader of a queue needs beside requests.
extension BrokerSession {
    /// How full a queue is.
    ///
    /// - Throws: when there is no such queue, or the connection is lost.
    mutating func status(of queue: String) throws(BrokerError) -> QueueStatus {
        let report = try apply(Topology([.expectQueue(queue)]))
        if let status = report.queues[queue] { return status }
        throw report.failures.first?.error ?? BrokerError(outOfTurn, peer: peer)
    }

    /// Sends a frame that has no answer.
    mutating func post(_ frame: OutboundFrame) throws(BrokerError) {
        do throws(BrokerFault) {
            try write(frame, MonotonicTime.now().advanced(by: requestTimeout))
        } catch {
            isUsable = false
            throw BrokerError(error, peer: peer)
        }
    }

    /// The next frame of a delivery; nil when none came until the time.
    ///
    /// Heartbeats go out and are watched for meanwhile.
    mutating func receive(
        until deadline: MonotonicTime, keepingAlive heartbeat: inout Heartbeat, queue: String
    ) throws(BrokerError) -> InboundFrame.Content? {
        do throws(BrokerFault) {
            while true {
                let frame = try handle.nextFrame()
                let now = MonotonicTime.now()
                if frame != nil { heartbeat.received(at: now) }
                try handle.beat(&heartbeat, at: now)
                if let frame {
                    if let content = try delivery(in: frame.content, queue: queue) { return content }
                    continue
                }
                let left = min(deadline, heartbeat.nextChange).since(now).nanoseconds / 1_000_000
                guard deadline > now else { return nil }
                _ = handle.readiness(waitingMilliseconds: Int32(clamping: max(left, 0) + 1), for: .readable)
            }
        } catch {
            isUsable = false
            throw BrokerError(error, peer: peer)
        }
    }

    /// The frame where it is about a delivery; nil for news that change nothing.
    private mutating func delivery(
        in content: InboundFrame.Content, queue: String
    ) throws(BrokerFault) -> InboundFrame.Content? {
        switch content {
        case .deliver, .header, .body: return content
        case .blocked, .unblocked: return nil
        case .cancelled: throw .queueMissing(name: queue)
        case .channelClosed(let code, let text): throw BrokerFault(replyCode: code, text: text)
        case .connectionClosed(let code, let text):
            try? handle.send(.connectionCloseReceived)
            throw BrokerFault(replyCode: code, text: text)
        default: throw outOfTurn
        }
    }
}
