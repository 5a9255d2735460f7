import TestSupport
import Testing

@testable import AMQP

/// Confirms, refusals and returns in any order, against a list that is looked through from the start each time.
@Suite(.timeLimit(.minutes(1)))
struct ConfirmModelTests {
    private static let lost = BrokerError(.connectionLost, peer: "h:1")

    /// What became of publications, as plainly as can be said.
    struct Model {
        struct Row {
            let sequence: UInt64
            let id: UInt64
            var returned: PublishOutcome?
        }

        var open: [Row] = []
        var last: UInt64 = 0

        mutating func sent(_ id: UInt64) {
            last += 1
            open.append(Row(sequence: last, id: id))
        }

        mutating func returned(_ sequence: UInt64, _ outcome: PublishOutcome) -> Bool {
            guard let place = open.firstIndex(where: { $0.sequence == sequence && $0.returned == nil }) else {
                return false
            }
            open[place].returned = outcome
            return true
        }

        mutating func settle(_ sequence: UInt64, multiple: Bool, _ outcome: PublishOutcome) -> [ConfirmLedger.Settled] {
            guard sequence <= last else { return [] }
            let covered = open.filter { row in
                multiple ? sequence == 0 || row.sequence <= sequence : row.sequence == sequence
            }
            open.removeAll { row in covered.contains { $0.sequence == row.sequence } }
            return covered.map { .init(id: $0.id, outcome: $0.returned ?? outcome) }
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func agreesWithAPlainList(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var (ledger, model) = (ConfirmLedger(), Model())
        for _ in 0..<600 {
            // Near the open ones, and now and then far off.
            let near = model.open.randomElement(using: &generator)?.sequence ?? model.last
            let sequence = generator.chance(85) ? near : UInt64.random(in: 0...(model.last + 3), using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4:
                #expect(ledger.nextSequence == model.last + 1)
                ledger.sent(id: model.last * 7)
                model.sent(model.last * 7)
            case 4:
                let outcome = PublishOutcome.returned(code: 312, text: "NO_ROUTE")
                let isKnown = ledger.returned(sequence, code: 312, text: "NO_ROUTE")
                #expect(isKnown == model.returned(sequence, outcome))
            default:
                let (multiple, accepted) = (generator.chance(25), generator.chance(85))
                let wanted = model.settle(sequence, multiple: multiple, accepted ? .confirmed : .nacked)
                let settled = ledger.settle(sequence, multiple: multiple, accepted: accepted)
                #expect(settled ?? [] == wanted)
                if settled == nil { #expect(wanted.isEmpty) }
            }
            #expect(ledger.count == model.open.count)
        }
        let rest = ledger.failAll(Self.lost)
        #expect(rest == model.open.map { .init(id: $0.id, outcome: $0.returned ?? .failed(Self.lost)) })
        #expect(ledger.count == 0)
    }

    /// Three publications, and every order in which single confirms can come: each is settled by its own, at once.
    @Test func everyOrderOfThree() {
        for order in [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]] as [[UInt64]] {
            var ledger = ConfirmLedger()
            for id in [10, 20, 30] as [UInt64] { ledger.sent(id: id) }
            for (place, sequence) in order.enumerated() {
                let settled = ledger.settle(sequence, multiple: false, accepted: sequence != 2)
                #expect(settled == [.init(id: sequence * 10, outcome: sequence == 2 ? .nacked : .confirmed)])
                #expect(ledger.count == 2 - place)
            }
            #expect(ledger.nextSequence == 4)
        }
    }

    @Test func aNackOfManyIsOneForEachThatWaits() {
        var ledger = ConfirmLedger()
        for id in 1...5 as ClosedRange<UInt64> { ledger.sent(id: id) }
        _ = ledger.settle(2, multiple: false, accepted: true)
        let wasReturned = ledger.returned(3, code: 313, text: "NO_CONSUMERS")
        #expect(wasReturned)
        #expect(
            ledger.settle(4, multiple: true, accepted: false) == [
                .init(id: 1, outcome: .nacked), .init(id: 3, outcome: .returned(code: 313, text: "NO_CONSUMERS")),
                .init(id: 4, outcome: .nacked),
            ])
        #expect(ledger.settle(4, multiple: true, accepted: true) == [])
        #expect(ledger.settle(5, multiple: false, accepted: true) == [.init(id: 5, outcome: .confirmed)])
    }

    /// A thousand that wait behind one do not make each confirm slower: what is done is cut off when that one goes.
    @Test func oneThatWaitsHoldsTheNumbersNotTheOthers() {
        var ledger = ConfirmLedger()
        for id in 1...2_000 as ClosedRange<UInt64> { ledger.sent(id: id) }
        for sequence in 2...2_000 as ClosedRange<UInt64> {
            let settled = ledger.settle(sequence, multiple: false, accepted: true)
            #expect(settled?.count == 1)
        }
        #expect(ledger.count == 1)
        #expect(ledger.nextSequence == 2_001)
        #expect(ledger.settle(1, multiple: false, accepted: true) == [.init(id: 1, outcome: .confirmed)])
        #expect(ledger.count == 0)
        ledger.sent(id: 7)
        #expect(ledger.settle(2_001, multiple: false, accepted: true) == [.init(id: 7, outcome: .confirmed)])
    }
}
