import Poll

/// Looks at what is there without changing it: nothing is made, consumed or kept.
///
/// A refusal closes the channel only, and the broker logs each one.
extension BrokerSession {
    /// What a queue is, as far as the broker tells over AMQP.
    ///
    /// - Throws: only when the connection itself is lost.
    package mutating func inspect(
        queue name: String, _ arguments: [QueueArgument]
    ) throws(BrokerError) -> QueueInspection {
        let presence = try presence(of: name)
        guard case .present = presence else {
            return QueueInspection(presence: presence, declaring: try mayDeclare(name))
        }
        var interview = QueueInterview(name, arguments)
        while let declaration = interview.next() {
            do throws(BrokerError) {
                _ = try queue(declaration)
                interview.taken()
            } catch {
                guard isUsable else { throw error }
                guard case .preconditionFailed(let text) = error.fault else {
                    return QueueInspection(presence: presence, facts: interview.facts, declaring: Permission(error))
                }
                if interview.refused(text.description) == .missing {
                    return QueueInspection(presence: .missing, declaring: .granted)
                }
            }
        }
        return QueueInspection(presence: presence, facts: interview.facts, declaring: .granted)
    }

    /// Whether an exchange is there; nil where the broker does not tell.
    ///
    /// - Throws: only when the connection itself is lost.
    package mutating func hasExchange(_ name: String) throws(BrokerError) -> Bool? {
        guard !name.isEmpty else { return true }
        do throws(BrokerError) {
            _ = try request(
                .declareExchange(name: AMQPText(name), kind: "direct", passive: true),
                missing: .exchangeMissing(name: name))
            return true
        } catch {
            guard isUsable else { throw error }
            if case .exchangeMissing = error.fault { return false }
            return nil
        }
    }

    /// Whether our user may consume a queue that is there.
    ///
    /// It asks with a priority that is no number: permissions are looked at before arguments, and consuming does not
    /// begin. Call it last: a broker that takes it all the same may send a delivery, which ends the session and is the
    /// queue's again.
    /// - Throws: only when the connection itself is lost.
    package mutating func mayConsume(_ name: String) throws(BrokerError) -> Permission {
        do throws(BrokerError) {
            let arguments: AMQPTable = ["x-priority": .text("none-such")]
            _ = try request(
                .consume(queue: AMQPText(name), consumer: "trigger-bridge-doctor", arguments: arguments),
                missing: .queueMissing(name: name))
            try closeChannel()
            return .granted
        } catch {
            guard isUsable else { throw error }
            if case .preconditionFailed = error.fault { return .granted }
            return Permission(error)
        }
    }

    /// Whether our user may publish to queues, by the default exchange.
    ///
    /// It publishes an empty message to no queue at all, which the broker drops, and asks something behind it.
    /// - Throws: when the connection is lost; `requestTimeout` where the broker blocks publishers, with ``blocking`` set.
    package mutating func mayPublish() throws(BrokerError) -> Permission {
        let fence = OutboundFrame.declareExchange(name: "amq.direct", kind: "direct", passive: true)
        do throws(BrokerError) {
            _ = try request(fence)
            let key = AMQPText("trigger-bridge.doctor.\(UInt64.random(in: .min ... .max))")
            try send([
                .publish(exchange: "", routingKey: key, mandatory: false),
                .header(bodySize: 0, properties: Self.noProperties),
            ])
            _ = try request(fence)
            return .granted
        } catch {
            guard isUsable else { throw error }
            return Permission(error)
        }
    }

    /// The flags of properties of which none is set.
    private static let noProperties: [UInt8] = [0, 0]

    private mutating func send(_ frames: [OutboundFrame]) throws(BrokerError) {
        do throws(BrokerFault) {
            for frame in frames {
                guard handle.readiness(waitingMilliseconds: 5_000, for: .writable).contains(.writable) else {
                    throw .requestTimeout
                }
                try handle.send(frame)
            }
        } catch {
            throw BrokerError(error, peer: peer)
        }
    }

    private mutating func presence(of name: String) throws(BrokerError) -> QueuePresence {
        do throws(BrokerError) {
            return .present(try queue(name, passive: true))
        } catch {
            guard isUsable else { throw error }
            if case .queueMissing = error.fault { return .missing }
            return .closed(error.fault.happened)
        }
    }

    /// Whether our user may declare a queue that is not there: by asking for one that cannot be.
    private mutating func mayDeclare(_ name: String) throws(BrokerError) -> Permission {
        let arguments: AMQPTable = ["x-queue-type": QueueArgument.type.impossible]
        do throws(BrokerError) {
            _ = try queue(OutboundFrame.QueueDeclaration(name: AMQPText(name), arguments: arguments))
            return .granted
        } catch {
            guard isUsable else { throw error }
            if case .preconditionFailed = error.fault { return .granted }
            return Permission(error)
        }
    }
}

extension Permission {
    /// What a refusal says.
    fileprivate init(_ error: BrokerError) {
        switch error.fault {
        case .accessRefused(let text): self = .refused(text.description)
        default: self = .unseen(error.fault.happened)
        }
    }
}
