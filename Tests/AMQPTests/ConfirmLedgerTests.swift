import TestSupport
import Testing

@testable import AMQP

@Suite(.timeLimit(.minutes(1)))
struct ConfirmLedgerTests {
    private static let lost = BrokerError(.connectionLost, peer: "h:1")

    private func ledger(_ count: UInt64) -> ConfirmLedger {
        var ledger = ConfirmLedger()
        for id in 1...count {
            #expect(ledger.nextSequence == id)
            ledger.sent(id: id * 100)
        }
        return ledger
    }

    @Test func confirmsOneOrMany() {
        var ledger = ledger(5)
        #expect(ledger.settle(2, multiple: false, accepted: true)?.map(\.id) == [200])
        #expect(ledger.settle(4, multiple: true, accepted: true)?.map(\.id) == [100, 300, 400])
        #expect(ledger.settle(5, multiple: false, accepted: false) == [.init(id: 500, outcome: .nacked)])
        #expect(ledger.count == 0)
    }

    @Test func zeroWithMultipleMeansAll() {
        var ledger = ledger(3)
        #expect(ledger.settle(0, multiple: true, accepted: true)?.count == 3)
    }

    @Test func aReturnedOneIsNeverConfirmed() {
        var ledger = ledger(3)
        #expect(ledger.returned(2, code: 312, text: "NO_ROUTE") == true)
        let settled = ledger.settle(3, multiple: true, accepted: true)
        #expect(
            settled?.map(\.outcome) == [.confirmed, .returned(code: 312, text: "NO_ROUTE"), .confirmed])
    }

    @Test func whatWasNotPublishedIsNonsense() {
        var ledger = ledger(2)
        #expect(ledger.settle(3, multiple: false, accepted: true) == nil)
        #expect(ledger.settle(0, multiple: false, accepted: true) == nil)
        #expect(ledger.returned(9, code: 312, text: "") == false)
        #expect(ledger.settle(1, multiple: false, accepted: true)?.count == 1)
        #expect(ledger.settle(1, multiple: false, accepted: true) == nil)
        #expect(ledger.returned(1, code: 312, text: "") == false)
    }

    @Test func aLostConnectionFailsAllThatWaits() {
        var ledger = ledger(3)
        _ = ledger.settle(2, multiple: false, accepted: true)
        #expect(ledger.returned(3, code: 312, text: "x") == true)
        let settled = ledger.failAll(Self.lost)
        #expect(settled.map(\.id) == [100, 300])
        #expect(settled.map(\.outcome) == [.failed(Self.lost), .returned(code: 312, text: "x")])
        #expect(ledger.count == 0 && ledger.nextSequence == 1)
    }

    /// Every publication gets exactly one outcome, whatever the order of confirms.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func exactlyOneOutcomeEach(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var ledger = ConfirmLedger()
        var waiting: Set<UInt64> = []
        var outcomes: [UInt64: Int] = [:]
        func note(_ settled: [ConfirmLedger.Settled]) {
            for one in settled { outcomes[one.id, default: 0] += 1 }
        }
        for _ in 0..<1000 {
            if generator.chance(55) {
                waiting.insert(ledger.nextSequence)
                ledger.sent(id: ledger.nextSequence)
            } else if let tag = waiting.randomElement(using: &generator) {
                let multiple = generator.chance(20)
                let covered = waiting.filter { $0 == tag || (multiple && $0 < tag) }
                note(ledger.settle(tag, multiple: multiple, accepted: generator.chance(90)) ?? [])
                waiting.subtract(covered)
            }
            #expect(ledger.count == waiting.count)
        }
        note(ledger.failAll(Self.lost))
        #expect(outcomes.values.allSatisfy { $0 == 1 })
    }
}
