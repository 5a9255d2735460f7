import AMQP
import Poll

/// Looks at the broker without changing it; belongs to a `DeepStackThread`.
struct BrokerExamination {
    let plan: DoctorPlan
    let connection: ConnectionSettings

    /// What decides what becomes of events.
    private static let sourceArguments: [QueueArgument] = [
        .type, .deadLetterExchange, .deliveryLimit, .timeToLive, .expiry, .maximumMessages, .maximumBytes, .overflow,
        .consumerTimeout,
    ]
    private static let parkingArguments: [QueueArgument] = [
        .type, .deliveryLimit, .deadLetterExchange, .timeToLive, .expiry, .maximumMessages, .maximumBytes, .overflow,
    ]
    private static let delayArguments: [QueueArgument] = [
        .type, .deadLetterExchange, .deadLetterRoutingKey, .deadLetterStrategy, .overflow, .timeToLive,
    ]

    /// Looks at everything; what could not be seen is missing in the facts, with the reason.
    func run() -> BrokerSight {
        do throws(BrokerError) {
            var session = try BrokerSession.open(connection)
            var facts = BrokerFacts(server: session.server, peer: session.peer)
            do throws(BrokerError) {
                try look(&session, &facts)
            } catch {
                facts.interruption = error
            }
            facts.blocking = session.blocking?.description
            session.close()
            tryPublishing(&facts)
            return .seen(facts)
        } catch {
            return .unreachable(error)
        }
    }

    private func look(_ session: inout BrokerSession, _ facts: inout BrokerFacts) throws(BrokerError) {
        let queues = plan.queues
        facts.queues[queues.source] = try session.inspect(queue: queues.source, Self.sourceArguments)
        facts.queues[queues.parking] = try session.inspect(queue: queues.parking, Self.parkingArguments)
        for step in queues.ladder.indices {
            let name = queues.delay(step: step)
            facts.queues[name] = try session.inspect(queue: name, Self.delayArguments)
        }
        for exchange in plan.exchanges { facts.exchanges[exchange] = try session.hasExchange(exchange) }
        if case .present? = facts.queues[queues.source]?.presence {
            facts.consuming = try session.mayConsume(queues.source)
        } else {
            facts.consuming = .unseen("the queue is not there")
        }
    }

    /// On a connection of its own: one that publishes to a broker without memory is not read any more.
    private func tryPublishing(_ facts: inout BrokerFacts) {
        do throws(BrokerError) {
            var session = try BrokerSession.open(connection)
            do throws(BrokerError) {
                facts.publishing = try session.mayPublish()
            } catch {
                facts.publishing = .unseen(error.fault.happened)
            }
            facts.blocking = facts.blocking ?? session.blocking?.description
            session.close()
        } catch {
            facts.publishing = .unseen(error.fault.happened)
        }
    }
}
