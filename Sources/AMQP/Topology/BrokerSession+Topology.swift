extension BrokerSession {
    /// Takes all steps, going on after one that failed, so that an operator learns of everything at once.
    ///
    /// - Throws: only when the connection itself is lost.
    package mutating func apply(_ topology: Topology) throws(BrokerError) -> TopologyReport {
        var report = TopologyReport()
        for step in topology.steps {
            do throws(BrokerError) {
                try apply(step, &report)
            } catch {
                guard isUsable else { throw error }
                report.failures.append(TopologyReport.Failure(step: step, error: error))
            }
        }
        return report
    }

    private mutating func apply(_ step: Topology.Step, _ report: inout TopologyReport) throws(BrokerError) {
        switch step {
        case .expectQueue(let name):
            report.queues[name] = try queue(name, passive: true)
        case .declareQueue(let name):
            report.queues[name] = try queue(name, QueueArguments.events)
        case .declareParkingQueue(let name):
            report.queues[name] = try queue(name, QueueArguments.parking(server.version))
        case .declareDelayQueue(let name, let delay, let source):
            report.queues[name] = try queue(
                name, QueueArguments.delay(milliseconds: delay, returningTo: source))
        case .declarePassingQueue(let name):
            let declaration = OutboundFrame.QueueDeclaration(
                name: AMQPText(name), autoDelete: true, arguments: QueueArguments.passing)
            report.queues[name] = try queue(declaration)
        case .expectExchange(let name):
            guard !name.isEmpty else { return }
            _ = try request(
                .declareExchange(name: AMQPText(name), kind: "direct", passive: true),
                missing: .exchangeMissing(name: name))
        case .bind(let queue, let exchange, let routingKey):
            _ = try request(
                .bind(queue: AMQPText(queue), exchange: AMQPText(exchange), routingKey: AMQPText(routingKey)))
        }
    }

    mutating func queue(
        _ name: String, passive: Bool = false, _ arguments: AMQPTable = AMQPTable()
    ) throws(BrokerError) -> QueueStatus {
        try queue(OutboundFrame.QueueDeclaration(name: AMQPText(name), passive: passive, arguments: arguments))
    }

    /// Declares a queue, or looks for it.
    mutating func queue(_ declaration: OutboundFrame.QueueDeclaration) throws(BrokerError) -> QueueStatus {
        let missing = BrokerFault.queueMissing(name: declaration.name.description)
        let reply = try request(.declareQueue(declaration), missing: missing)
        guard case .queue(let messages, let consumers) = reply else { throw BrokerError(outOfTurn, peer: peer) }
        return QueueStatus(messages: messages, consumers: consumers)
    }
}
