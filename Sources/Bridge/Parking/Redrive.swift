import AMQP
import Altcraft
import Poll
import Relay

/// Sends parked events back to the bridge: published to the source queue with a confirm, then acknowledged here.
///
/// Works in passes, so that neither memory nor the time for which messages are held grows with the queue. Each event goes
/// once: one that fails again at once is parked anew, and a later pass knows it by the number of its redrives.
package struct Redrive {
    /// How it goes.
    package struct Options: Sendable {
        /// Most events.
        package var limit: Int
        /// Most events a second.
        package var perSecond: Double
        /// Says what would be done, and does nothing.
        package var isRehearsal: Bool
        /// Most bytes that one pass holds.
        package var passBytes = 64 << 20

        /// Options from their parts.
        package init(limit: Int, perSecond: Double, isRehearsal: Bool) {
            self.limit = limit
            self.perSecond = perSecond
            self.isRehearsal = isRehearsal
        }
    }

    /// An event that is meant.
    private struct Candidate {
        let record: ParkedRecord
        let verdict: RedriveVerdict
        /// Held for those that go in this pass.
        let delivery: Delivery?
    }

    /// What was redriven so far, and how many events of this pass there are.
    package typealias Progress = (_ redriven: Int, _ of: Int) -> Void

    private let room: ParkingRoom
    private let judge: RedriveJudge
    private let filter: ParkedFilter
    private let options: Options
    private let pace: RedrivePace
    private let progress: Progress
    private var publishing: ConfirmedPublishing?
    private var report = RedriveReport()
    /// The events that have gone, with the number of redrives that they went with.
    private var gone: [ParkedID: Int64] = [:]
    private var judged: Set<ParkedID> = []
    private var isDeferred = false
    private var start = MonotonicTime.now()

    /// Longest time for which a pass holds messages: a third of the broker's usual acknowledgement timeout.
    private static let passTime = Duration.seconds(600)

    /// A redrive that has not begun.
    package init(
        _ room: ParkingRoom, _ judge: RedriveJudge, _ filter: ParkedFilter, _ options: Options,
        progress: @escaping Progress = { _, _ in }
    ) {
        self.room = room
        self.judge = judge
        self.filter = filter
        self.options = options
        self.progress = progress
        pace = RedrivePace(perSecond: options.perSecond)
    }

    /// Does it; what failed on the way is in the report, beside what was done before.
    package consuming func run() -> RedriveReport {
        do throws(BrokerError) {
            if !options.isRehearsal { publishing = try ConfirmedPublishing(room.publishing, queue: room.source) }
            start = .now()
            var goneBefore = -1
            repeat {
                goneBefore = gone.count
                try pass()
            } while isDeferred && gone.count > goneBefore
        } catch {
            report.failure = error.description
        }
        publishing?.close()
        return report
    }

    private mutating func pass() throws(BrokerError) {
        isDeferred = false
        let began = MonotonicTime.now()
        var scan = try ParkingScan(room)
        let index = try choose(&scan)
        try scan.stop()
        let events = index.held
        for event in events {
            guard case .stays = event.payload.verdict else { continue }
            keep(row(event.id, event.payload.record, event.entry.receipts.count, event.payload.verdict))
        }
        if options.isRehearsal {
            for event in events {
                guard case .launches = event.payload.verdict else { continue }
                let record = event.payload.record
                report.redriven.append(row(event.id, record, event.entry.receipts.count, event.payload.verdict))
            }
        } else {
            for (id, entry) in index.entries where index.payload(of: id)?.delivery == nil {
                for receipt in entry.receipts { try scan.giveBack(receipt) }
            }
            let going = events.filter { $0.payload.delivery != nil }
            for event in going {
                guard MonotonicTime.now().since(began) < Self.passTime else {
                    isDeferred = true
                    break
                }
                try send(event.id, event.payload, event.entry.receipts, &scan)
                progress(report.redriven.count, going.count)
            }
        }
        try scan.close()
    }

    /// Reads the queue and decides about each event.
    private mutating func choose(_ scan: inout ParkingScan) throws(BrokerError) -> ParkedIndex<Candidate> {
        var index = ParkedIndex<Candidate>()
        var chosen = (count: 0, bytes: 0)
        let isFirst = report.total == 0
        report.left = 0
        while let message = try scan.next() {
            if isFirst { note(message) }
            if let number = gone[message.id], let record = message.record {
                // A copy that nobody saw before, or the event itself, which has failed again and stays.
                if record.redriven < number { try drop(message, &scan) } else { try scan.giveBack(message.receipt) }
                continue
            }
            let candidate = candidate(message, &chosen)
            index.add(message) { candidate }
        }
        report.looked = max(report.looked, scan.looked)
        report.total = max(report.total, scan.total)
        report.copies += isFirst ? index.copies : 0
        return index
    }

    private mutating func note(_ message: ParkedMessage) {
        guard filter.matches(message) else { return }
        report.found.formUnion(filter.names(of: message))
        if message.record == nil { report.strangers += 1 }
    }

    private mutating func drop(_ message: ParkedMessage, _ scan: inout ParkingScan) throws(BrokerError) {
        try scan.acknowledge(message.receipt)
        report.copies += 1
    }

    private mutating func candidate(
        _ message: ParkedMessage, _ chosen: inout (count: Int, bytes: Int)
    ) -> Candidate? {
        guard let record = message.record, !judged.contains(message.id), filter.matches(message) else { return nil }
        let verdict = judge.judge(message.delivery, record, now: .now())
        guard case .launches(let launches, _) = verdict else {
            return Candidate(record: record, verdict: verdict, delivery: nil)
        }
        guard report.redriven.count + chosen.count < options.limit else {
            report.left += 1
            return nil
        }
        let bytes = message.delivery.body.count + launches.reduce(0) { $0 + $1.request.body.count }
        guard chosen.count == 0 || chosen.bytes + bytes <= options.passBytes else {
            isDeferred = true
            return nil
        }
        chosen.count += 1
        chosen.bytes += bytes
        return Candidate(record: record, verdict: verdict, delivery: options.isRehearsal ? nil : message.delivery)
    }

    /// Sends one event: its older copies go first, so that at no moment there is none.
    private mutating func send(
        _ id: ParkedID, _ candidate: Candidate, _ receipts: [DeliveryReceipt], _ scan: inout ParkingScan
    ) throws(BrokerError) {
        guard let delivery = candidate.delivery, let newest = receipts.first else { return }
        try scan.rest(until: start.advanced(by: pace.offset(of: gone.count)))
        // Its time may have come while others went.
        let verdict = judge.judge(delivery, candidate.record, now: .now())
        guard case .launches = verdict else { return keep(row(id, candidate.record, receipts.count, verdict)) }
        let properties = judge.properties(of: delivery, candidate.record)
        for copy in receipts.dropFirst() { try scan.acknowledge(copy) }
        switch try publish(properties, delivery.body, &scan) {
        case .confirmed:
            try scan.acknowledge(newest)
            gone[id] = candidate.record.redriven + 1
            report.redriven.append(row(id, candidate.record, receipts.count, verdict))
        case .refused(let error):
            keep(row(id, candidate.record, 1, .stays(.unsendable(error.description))))
        case .failed(let error), .unsent(let error): throw error
        case .returned: throw BrokerError(.queueMissing(name: room.source), peer: room.source)
        case .nacked: throw BrokerError(.preconditionFailed("the queue is full"), peer: room.source)
        }
    }

    /// Publishes and waits for the outcome, while the reading connection is kept alive.
    private func publish(
        _ properties: AMQPProperties, _ body: [UInt8], _ scan: inout ParkingScan
    ) throws(BrokerError) -> PublishOutcome {
        guard let publishing else { throw BrokerError(.connectionLost, peer: room.source) }
        let deadline = MonotonicTime.now().advanced(by: ConfirmedPublishing.longestWait)
        var id: UInt64?
        while MonotonicTime.now() < deadline {
            id = id ?? publishing.post(room.source, properties, body)
            if let outcome = try publishing.outcome(of: id ?? 0, milliseconds: 500) { return outcome }
            try scan.rest(until: .now())
        }
        throw publishing.late
    }

    private mutating func keep(_ row: RedriveReport.Row) {
        guard judged.insert(row.id).inserted else { return }
        guard report.kept.count < options.limit else { return report.keptUnnamed += 1 }
        report.kept.append(row)
    }

    private func row(
        _ id: ParkedID, _ record: ParkedRecord, _ copies: Int, _ verdict: RedriveVerdict
    ) -> RedriveReport.Row {
        RedriveReport.Row(id: id, record: record, copies: copies, verdict: verdict)
    }
}

extension ParkedMessage {
    /// What it is settled by.
    fileprivate var receipt: DeliveryReceipt { delivery.receipt }
}
