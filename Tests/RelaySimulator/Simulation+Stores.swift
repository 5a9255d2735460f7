import Outcome
import Poll
import Relay

extension Simulation {
    /// The ledger answers a look-up.
    func lookedUp(_ life: Int, _ id: LaunchID, _ part: Int) {
        guard life == self.life, isAlive else { return }
        steps += 1
        let key = oracle.keys[scenario.parts[part].key]
        var answer: LedgerAnswer = key.isRecorded ? .launched : key.isIntended ? .intended : .absent
        if holds(.noLedger) { answer = .failed }
        if mutation == .blindLedger { answer = .absent }
        log("ledger knows of part \(part): \(answer)")
        relay.lookedUp(id, answer, at: moment)
        carryOut()
    }

    /// The bridge hands a write to the ledger, which commits in groups.
    func write(_ id: LaunchID, _ write: LedgerWrite) {
        let part = part(id)
        if write == .record, mutation == .acknowledgeBeforeRecord { acknowledgeEarly(id) }
        if isWriteLost(write) { return plan(.committed(life: life, id, isFailed: false), in: 0...1) }
        let isFailed = holds(.fullDisk) || holds(.noLedger)
        plan(.commit(life: life, id, part: part.index, write, isFailed: isFailed), in: 1...8)
    }

    private func isWriteLost(_ write: LedgerWrite) -> Bool {
        switch (mutation, write) {
        case (.loseRecord, .record), (.skipIntent, .intent), (.keepIntent, .withdrawal): true
        default: false
        }
    }

    /// What a relay would do that does not wait for the record.
    private func acknowledgeEarly(_ id: LaunchID) {
        guard let delivery = relay.delivery(of: id), let receipt = relay.receipt(of: delivery) else { return }
        sendAcknowledgement(receipt.generation, receipt.tag)
    }

    /// The ledger commits, if the bridge still lives.
    func commit(_ life: Int, _ id: LaunchID, _ part: Int, _ write: LedgerWrite, _ isFailed: Bool) {
        guard life == self.life, isAlive else { return }
        if !isFailed {
            let key = scenario.parts[part].key
            switch write {
            case .record:
                oracle.require(oracle.keys[key].isTold, "part \(part) is recorded, and was not accepted")
                oracle.keys[key].isRecorded = true
                oracle.keys[key].isIntended = false
            case .intent: oracle.keys[key].isIntended = true
            case .withdrawal:
                oracle.require(
                    !oracle.keys[key].isUnsure, "the intent of part \(part) is withdrawn, and it may be made")
                oracle.keys[key].isIntended = false
            }
        }
        plan(.committed(life: life, id, isFailed: isFailed), in: 0...3)
    }

    /// The bridge learns of the commit.
    func committed(_ life: Int, _ id: LaunchID, _ isFailed: Bool) {
        guard life == self.life, isAlive else { return }
        steps += 1
        log(isFailed ? "the ledger fails" : "committed for launch \(id.slot)")
        relay.ledgerWrote(id, isCommitted: !isFailed, at: moment)
        carryOut()
    }

    /// The bridge publishes a message.
    func publish(_ id: DeliveryID, _ publication: Publication) {
        guard let message = relay.receipt(of: id).flatMap({ broker.message($0.tag) }) else {
            // The channel is gone, and the bridge has yet to learn it: what it publishes is one copy more.
            return
        }
        guard isPublisherUp else { return }
        let copy = keep(message, id, publication)
        let isFailed = holds(.noPublishing)
        log("publish to \(publication)\(isFailed ? ", which fails" : "")")
        if mutation == .confirmBeforePublish, once() {
            return plan(.confirm(life: life, publisher: publisher, id, publication, isFailed: false), in: 0...0)
        }
        let latency = delay(1...10)
        if !isFailed {
            queue.plan(.landed(life: life, publisher: publisher, id, publication, copy: copy), at: now + latency)
        }
        let back = now + latency + delay(0...5)
        queue.plan(.confirm(life: life, publisher: publisher, id, publication, isFailed: isFailed), at: back)
    }

    /// The message as it is published.
    private func keep(_ message: Message, _ id: DeliveryID, _ publication: Publication) -> Int {
        var owed: [OwedPart] = []
        switch publication {
        case .parking:
            owed = relay.parkNotice(id).parts.compactMap { part in
                part.element.map { OwedPart(part: $0, history: LaunchHistory()) }
            }
        case .delay:
            owed = relay.delayNotice(id).owed.compactMap { owed in
                owed.element.map { OwedPart(part: $0, history: owed.history) }
            }
            if mutation == .forgetOwed, once() { owed.removeFirst() }
            if mutation == .forgetAttempts { owed = owed.map { OwedPart(part: $0.part, history: LaunchHistory()) } }
        }
        broker.copies.append(Message(event: message.event, owed: owed))
        return broker.copies.count - 1
    }

    /// A published message reaches its queue; from now on the broker has it.
    func land(_ life: Int, _ publisher: Int, _ id: DeliveryID, _ publication: Publication, _ copy: Int) {
        guard publisher == self.publisher else { return spareCopies += 1 }
        let message = broker.copies[copy]
        switch publication {
        case .parking:
            if let owed = message.owed, !owed.isEmpty {
                for part in owed { oracle.parts[part.part].parked += 1 }
            } else {
                oracle.parkedEvents[message.event] += 1
            }
        case .delay:
            for part in message.owed ?? [] { oracle.parts[part.part].delayed += 1 }
            broker.delayed += 1
            let step = isAlive && life == self.life ? relay.delayNotice(id).step : 0
            let steps = scenario.settings.ladder
            let wait = steps[min(step, steps.count - 1)].nanoseconds
            queue.plan(.returned(copy: copy), at: now + wait)
        }
    }

    /// The bridge learns that its message has landed.
    func confirm(_ life: Int, _ publisher: Int, _ id: DeliveryID, _ publication: Publication, _ isFailed: Bool) {
        guard life == self.life, isAlive, publisher == self.publisher else { return }
        steps += 1
        relay.published(id, publication, isConfirmed: !isFailed, at: moment)
        carryOut()
    }
}
