extension ConsumerConnection {
    /// Done with: the message leaves the queue.
    package func acknowledge(_ receipt: DeliveryReceipt) {
        settle(receipt, .acknowledged)
    }

    /// Gives a message back that was not attempted; without `requeue` it is dead-lettered.
    package func negativelyAcknowledge(_ receipt: DeliveryReceipt, requeue: Bool) {
        settle(receipt, .negativelyAcknowledged(requeue: requeue))
    }

    /// Gives a message back after a failed attempt (it counts towards a delivery limit); without `requeue` it is
    /// dead-lettered.
    package func reject(_ receipt: DeliveryReceipt, requeue: Bool) {
        settle(receipt, .rejected(requeue: requeue))
    }

    /// Notes a settlement, to be sent by `service`; one of another generation is dropped and counted.
    private func settle(_ receipt: DeliveryReceipt, _ settlement: SettlementLedger.Settlement) {
        guard receipt.generation == generation, life == .open || life == .closing else {
            counters.staleSettlements += 1
            return
        }
        if ledger.settle(receipt.tag, settlement) != .taken { counters.refusedSettlements += 1 }
    }

    /// Voids everything open: the broker gives it again.
    func forgetDeliveries() {
        ledger = SettlementLedger()
        incoming = nil
        assembly = ContentAssembly()
    }
}
