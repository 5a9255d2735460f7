import AMQP
import Relay

/// Carries out what the relay wants done: one exhaustive switch.
extension Reactor {
    /// Takes and carries out actions until the relay has none left; some of them are inputs again.
    func carryOut() {
        while true {
            relay.takeActions(into: &actions)
            guard !actions.isEmpty else { return }
            for action in actions { perform(action) }
        }
    }

    private func perform(_ action: Action) {
        switch action {
        case .send(let id): send(id)
        case .sendBatch(let id): send(id)
        case .askTask(let id): askTask(id)
        case .probe: probe()
        case .lookUp(let id): lookUp(id)
        case .recordIntent(let id): recordIntent(id)
        case .withdrawIntent(let id): withdrawIntent(id)
        case .record(let id): record(id)
        case .plan(let id): plansDue.append(id)
        case .park(let id): park(id)
        case .delay(let id): delay(id)
        case .acknowledge(let id, let receipt):
            consumer?.acknowledge(DeliveryReceipt(generation: wide(receipt.generation), tag: receipt.tag))
            release(id)
        case .void(let id): release(id)
        case .giveBackAll(let generation): giveBack(generation)
        case .pauseConsumption: pauseConsumption()
        case .resumeConsumption: resumeConsumption()
        case .observe(let observation): report(observation)
        case .finished: isFinished = true
        }
    }

    private func giveBack(_ generation: UInt32) {
        guard let consumer, generation == self.generation else { return }
        consumer.giveBack()
    }

    /// The consumer's generation for a receipt of the relay's: the upper half is that of the present one.
    private func wide(_ generation: UInt32) -> UInt64 {
        let present = consumer?.generation ?? 0
        return present & ~UInt64(UInt32.max) | UInt64(generation)
    }
}
