import AMQP
import Relay
import Telemetry

/// What is told about publishing and the ledger.
extension Reporter {
    func published(_ purpose: RelayPublication, _ outcome: PublishOutcome) {
        observer.metrics.publishes.count(purpose == .parking ? .park : .delay, Self.word(outcome))
    }

    private static func word(_ outcome: PublishOutcome) -> PublishCounters.Outcome {
        switch outcome {
        case .confirmed: .confirmed
        case .returned: .returned
        case .nacked: .nacked
        case .failed, .unsent, .refused: .lost
        }
    }

    /// A parking or delay queue is not there, or the broker refuses us: a person must change that.
    ///
    /// Nothing more is taken until then. Told once for each cause, as it is tried again and again.
    func publishingImpossible(_ error: BrokerError, _ queues: QueueNames) {
        guard observer.health.snapshot.alarms[.parking]?.hasPrefix(error.description) != true else { return }
        observer.observe(
            .alarmRaised(
                .parking, reason: TopologyPlan.words(error, queues),
                advice: "tried again by itself: no restart is needed"))
    }

    /// The broker takes no publishes.
    func publishingBlocked(_ reason: AMQPText) {
        observer.observe(
            .alarmRaised(
                .brokerBlocked, reason: "the broker blocks publishers: \(reason)",
                advice: "free memory or disk on the broker; parking and retries wait for it"))
    }

    func publishingWorks() {
        let alarms = observer.health.snapshot.alarms
        for alarm in [Alarm.parking, .brokerBlocked] where alarms[alarm] != nil {
            observer.observe(.alarmCleared(alarm))
        }
    }

    /// A store that launching depends on cannot be used.
    func storeFailed(_ store: Store, detail: String, wait: Duration) {
        switch store {
        case .ledger:
            observer.observe(
                .alarmRaised(
                    .ledger,
                    reason: "launches cannot be recorded\(detail.isEmpty ? "" : ": \(detail)"); nothing is launched",
                    advice: "free the disk or mend the ledger's file; tried again in \(Diagnosis.rough(wait))"))
        case .publisher:
            observer.observe(
                .alarmRaised(
                    .parking, reason: "messages cannot be parked or delayed\(detail.isEmpty ? "" : ": \(detail)")",
                    advice: "nothing is lost, and nothing more is taken until it works again; look at the publishing "
                        + "connection and the queues \(queue).parked and \(queue).delay.…"))
        }
    }

    func storeRecovered(_ store: Store) {
        let alarm: Alarm = store == .ledger ? .ledger : .parking
        if observer.health.snapshot.alarms[alarm] != nil { observer.observe(.alarmCleared(alarm)) }
    }
}
