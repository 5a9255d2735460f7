import AMQP
import Altcraft
import Poll
import Relay

/// Sends parked events back to the bridge: published to the source queue with a confirm, then acknowledged here.
///
/// Works in passes, so that neither memory nor the time for which messages are held grows with the queue. Each message goes
/// once: an event that fails again at once is parked anew, and a later pass knows it by the number of its redrives. What
/// else is parked of the same event is a message of its own, and goes or stays by itself.
package struct Redrive {
    /// How it goes.
    package struct Options: Sendable {
        /// Most messages.
        package var limit: Int
        /// Most messages a second.
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

    /// What was redriven so far, and how many messages of this pass there are.
    package typealias Progress = (_ redriven: Int, _ of: Int) -> Void

    private let room: ParkingRoom
    private let judge: RedriveJudge
    private let filter: ParkedFilter
    private let options: Options
    private let pace: RedrivePace
    private let progress: Progress
    private var publishing: ConfirmedPublishing?
    private var report = RedriveReport()
    /// The messages that have gone, by event.
    private var gone: [ParkedID: [Gone]] = [:]
    private var judged: Set<ParkedID> = []
    /// The messages that are left for a later pass.
    private var deferred: Set<ParkedID> = []
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
                goneBefore = report.redriven.count
                try pass()
            } while isDeferred && report.redriven.count > goneBefore
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
                    leave(event.id)
                    continue
                }
                try send(event.id, event.payload, event.entry.receipts, &scan)
                progress(report.redriven.count, going.count)
            }
        }
        try scan.close()
    }

    /// Reads the queue and decides about each message.
    private mutating func choose(_ scan: inout ParkingScan) throws(BrokerError) -> ParkedIndex<Candidate> {
        var index = ParkedIndex<Candidate>()
        var chosen = Chosen()
        let isFirst = report.total == 0
        while let message = try scan.next() {
            if isFirst { note(message) }
            switch standing(of: message) {
            case .copy: try drop(message, &scan)
            case .returned: try scan.giveBack(message.receipt)
            case .own:
                let isMeant = message.record != nil && !judged.contains(message.id) && filter.matches(message)
                index.add(message, isMeant: isMeant) { replaced in
                    for copy in replaced { chosen.remove(copy) }
                    guard isMeant, let candidate = candidate(message, chosen) else { return nil }
                    chosen.add(candidate)
                    return candidate
                }
            }
        }
        report.looked = max(report.looked, scan.looked)
        report.total = max(report.total, scan.total)
        report.copies += isFirst ? index.copies : 0
        report.left = index.entries.count { id, entry in
            entry.isMeant && index.payload(of: id) == nil && !deferred.contains(id)
        }
        return index
    }

    /// What a message is to those of its event that have gone.
    private enum Standing {
        /// Nothing: it is looked at by itself.
        case own
        /// A copy that nobody saw before.
        case copy
        /// The event, which has failed again and stays.
        case returned
    }

    private func standing(of message: ParkedMessage) -> Standing {
        guard let record = message.record, let gone = gone[message.event] else { return .own }
        if gone.contains(where: { record.redriven < $0.number && $0.covers(message) }) { return .copy }
        // What was parked when this began is no return of anything.
        guard !deferred.contains(message.id) else { return .own }
        return gone.contains { record.redriven >= $0.number && $0.mayLeave(message) } ? .returned : .own
    }

    /// Leaves a message for a later pass.
    private mutating func leave(_ id: ParkedID) {
        isDeferred = true
        deferred.insert(id)
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

    private mutating func candidate(_ message: ParkedMessage, _ chosen: Chosen) -> Candidate? {
        guard let record = message.record else { return nil }
        let verdict = judge.judge(message.delivery, record, now: .now())
        var candidate = Candidate(record: record, verdict: verdict, scope: message.scope, event: message.event)
        guard case .launches(let launches, _) = verdict else { return candidate }
        guard report.redriven.count + chosen.count < options.limit else {
            deferred.remove(message.id)
            return nil
        }
        candidate.bytes = message.delivery.body.count + launches.reduce(0) { $0 + $1.request.body.count }
        guard options.isRehearsal || chosen.count == 0 || chosen.bytes + candidate.bytes <= options.passBytes else {
            leave(message.id)
            return nil
        }
        if !options.isRehearsal { candidate.delivery = message.delivery }
        return candidate
    }

    /// Sends one message: its copies go first, so that at no moment there is none.
    private mutating func send(
        _ id: ParkedID, _ candidate: Candidate, _ receipts: [DeliveryReceipt], _ scan: inout ParkingScan
    ) throws(BrokerError) {
        guard let delivery = candidate.delivery, let newest = receipts.first else { return }
        try scan.rest(until: start.advanced(by: pace.offset(of: report.redriven.count)))
        // Its time may have come while others went.
        let verdict = judge.judge(delivery, candidate.record, now: .now())
        guard case .launches = verdict else { return keep(row(id, candidate.record, receipts.count, verdict)) }
        let properties = judge.properties(of: delivery, candidate.record)
        for copy in receipts.dropFirst() { try scan.acknowledge(copy) }
        switch try publish(properties, delivery.body, &scan) {
        case .confirmed:
            try scan.acknowledge(newest)
            let number = min(candidate.record.redriven, .max - 1) + 1
            gone[candidate.event, default: []].append(Gone(id: id, scope: candidate.scope, number: number))
            deferred.remove(id)
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
