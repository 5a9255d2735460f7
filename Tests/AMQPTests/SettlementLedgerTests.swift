import AMQP
import TestSupport
import Testing

/// What a broker does with settlements, as plainly as can be said: it keeps the open tags in a list.
struct BrokerModel {
    private(set) var open: [UInt64] = []
    private(set) var fates: [UInt64: SettlementLedger.Settlement] = [:]
    private var last: UInt64 = 0

    mutating func deliver() -> UInt64 {
        last += 1
        open.append(last)
        return last
    }

    /// False where RabbitMQ would close the channel with 406 (unknown delivery tag).
    mutating func take(_ frame: SettlementLedger.Frame) -> Bool {
        switch frame {
        case .acknowledge(let tag, let multiple):
            guard open.contains(tag) else { return false }
            for covered in open where covered == tag || (multiple && covered < tag) { fates[covered] = .acknowledged }
            open.removeAll { fates[$0] != nil }
        case .negativelyAcknowledge(let tag, let requeue):
            return settle(tag, .negativelyAcknowledged(requeue: requeue))
        case .reject(let tag, let requeue): return settle(tag, .rejected(requeue: requeue))
        }
        return true
    }

    private mutating func settle(_ tag: UInt64, _ fate: SettlementLedger.Settlement) -> Bool {
        guard let place = open.firstIndex(of: tag) else { return false }
        open.remove(at: place)
        fates[tag] = fate
        return true
    }
}

@Suite(.timeLimit(.minutes(1)))
struct SettlementLedgerTests {
    private func frames(_ ledger: inout SettlementLedger) -> [SettlementLedger.Frame] {
        var frames: [SettlementLedger.Frame] = []
        while let frame = ledger.nextFrame() { frames.append(frame) }
        return frames
    }

    private func ledger(_ count: UInt64) -> SettlementLedger {
        var ledger = SettlementLedger()
        for tag in 1...count { #expect(ledger.delivered(tag) == true) }
        return ledger
    }

    @Test(
        arguments: [
            ([1], [.acknowledge(tag: 1, multiple: false)]),
            ([1, 2, 3], [.acknowledge(tag: 3, multiple: true)]),
            ([3, 1, 2], [.acknowledge(tag: 3, multiple: true)]),
            ([2], [.acknowledge(tag: 2, multiple: false)]),
            ([1, 3], [.acknowledge(tag: 1, multiple: false), .acknowledge(tag: 3, multiple: false)]),
            (
                [1, 2, 4, 6],
                [
                    .acknowledge(tag: 2, multiple: true), .acknowledge(tag: 4, multiple: false),
                    .acknowledge(tag: 6, multiple: false),
                ]
            ),
        ] as [([UInt64], [SettlementLedger.Frame])])
    func coalesces(acknowledged: [UInt64], expected: [SettlementLedger.Frame]) {
        var ledger = ledger(6)
        for tag in acknowledged { #expect(ledger.settle(tag, .acknowledged) == .taken) }
        #expect(frames(&ledger) == expected)
        #expect(!ledger.hasPending)
        #expect(ledger.openCount == 6 - acknowledged.count)
    }

    @Test func aFilledGapIsCoveredByOneFrame() {
        var ledger = ledger(5)
        for tag in [2, 4] as [UInt64] { _ = ledger.settle(tag, .acknowledged) }
        #expect(frames(&ledger).count == 2)
        for tag in [1, 3, 5] as [UInt64] { _ = ledger.settle(tag, .acknowledged) }
        #expect(frames(&ledger) == [.acknowledge(tag: 5, multiple: true)])
    }

    @Test func returnsGoOutBeforeWhatCouldCoverThem() {
        var ledger = ledger(3)
        _ = ledger.settle(1, .acknowledged)
        _ = ledger.settle(3, .acknowledged)
        _ = ledger.settle(2, .rejected(requeue: false))
        #expect(frames(&ledger) == [.reject(tag: 2, requeue: false), .acknowledge(tag: 3, multiple: true)])
    }

    @Test func refusesWhatIsNotOpen() {
        var ledger = ledger(2)
        #expect(ledger.settle(0, .acknowledged) == .unknown)
        #expect(ledger.settle(3, .acknowledged) == .unknown)
        #expect(ledger.settle(1, .acknowledged) == .taken)
        #expect(ledger.settle(1, .acknowledged) == .repeated)
        #expect(ledger.settle(1, .rejected(requeue: true)) == .repeated)
        _ = frames(&ledger)
        #expect(ledger.settle(1, .acknowledged) == .repeated)
        #expect(ledger.delivered(2) == false)
        #expect(ledger.delivered(9) == false)
    }

    /// Every way to settle up to four deliveries, in every order, with every choice of when to send.
    @Test func allSmallSchedulesEndAsAsked() {
        let fates: [SettlementLedger.Settlement] = [.acknowledged, .negativelyAcknowledged(requeue: true)]
        for count in 1...4 {
            for order in permutations(Array(1...UInt64(count))) {
                for choice in 0..<(1 << (2 * count)) {
                    var (ledger, broker) = (SettlementLedger(), BrokerModel())
                    for _ in 0..<count { #expect(ledger.delivered(broker.deliver()) == true) }
                    for (place, tag) in order.enumerated() {
                        _ = ledger.settle(tag, fates[choice >> place & 1])
                        if choice >> (count + place) & 1 == 1 { send(&ledger, &broker) }
                    }
                    send(&ledger, &broker)
                    let asked = Dictionary(
                        uniqueKeysWithValues: order.enumerated().map { ($1, fates[choice >> $0 & 1]) })
                    #expect(broker.fates == asked && broker.open.isEmpty)
                }
            }
        }
    }

    /// Long random schedules: the broker never refuses a frame, and what it holds is what was not settled.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func randomSchedulesNeverCoverWhatIsOpen(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var (ledger, broker) = (SettlementLedger(), BrokerModel())
        var open: [UInt64] = []
        var asked: [UInt64: SettlementLedger.Settlement] = [:]
        for _ in 0..<1500 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4 where open.count < 200:
                let tag = broker.deliver()
                #expect(ledger.delivered(tag) == true)
                open.append(tag)
            case 4..<8 where !open.isEmpty:
                let near = min(open.count, generator.chance(80) ? 8 : open.count)
                let tag = open.remove(at: Int.random(in: 0..<near, using: &generator))
                let fate: SettlementLedger.Settlement =
                    generator.chance(85)
                    ? .acknowledged
                    : generator.pick(
                        [.negativelyAcknowledged(requeue: true), .rejected(requeue: false)], or: .acknowledged)
                #expect(ledger.settle(tag, fate) == .taken)
                #expect(ledger.settle(tag, .acknowledged) == .repeated)
                asked[tag] = fate
            default: send(&ledger, &broker, atMost: Int.random(in: 0...6, using: &generator))
            }
            #expect(ledger.openCount == open.count)
        }
        send(&ledger, &broker)
        #expect(broker.open == open)
        #expect(broker.fates == asked)
    }

    private func send(_ ledger: inout SettlementLedger, _ broker: inout BrokerModel, atMost: Int = .max) {
        var sent = 0
        while sent < atMost, let frame = ledger.nextFrame() {
            #expect(broker.take(frame) == true, "the broker would close the channel at \(frame)")
            sent += 1
        }
    }

    private func permutations(_ tags: [UInt64]) -> [[UInt64]] {
        guard tags.count > 1 else { return [tags] }
        return tags.indices.flatMap { place in
            var rest = tags
            let tag = rest.remove(at: place)
            return permutations(rest).map { [tag] + $0 }
        }
    }
}
