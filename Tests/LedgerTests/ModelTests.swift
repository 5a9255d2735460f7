import Foundation
import TestSupport
import Testing

@testable import Ledger

/// Long random lives of a ledger beside a plain list of what was done: they must agree on every question.
@Suite(.timeLimit(.minutes(3)))
struct ModelTests {
    /// One thing that was done to a key.
    private struct Done {
        let launch: Sample
        let time: Int64
        var state: LaunchEntryState
    }

    /// What a ledger is: a list.
    private struct Model {
        var done: [Done] = []

        func answer(_ launch: Sample, window: Int64, now: Int64) -> LedgerFinding {
            let counting = done.filter { entry in
                entry.launch.value == launch.value && entry.launch.mapping == launch.mapping
                    && (entry.launch.event == launch.event || entry.time + window > now)
            }
            if counting.contains(where: { $0.state == .launched || $0.state == .maybeRepeated }) { return .launched }
            return counting.contains { $0.state == .intended } ? .intended : .absent
        }

        func intent(_ launch: Sample) -> Int? {
            done.lastIndex { $0.launch.identityText == launch.identityText && $0.state == .intended }
        }

        mutating func withdraw(_ launch: Sample) {
            for place in done.indices
            where done[place].launch.identityText == launch.identityText && done[place].state == .intended {
                done[place].state = .withdrawn
            }
        }
    }

    @Test("random lives", arguments: Array(1...12) as [UInt64])
    func lives(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        var model = Model()
        var now: Int64 = 1_000_000
        for _ in 0..<4 {
            let desk = try LedgerDesk(folder, .quick(group: Int.random(in: 1...40, using: &random)))
            for _ in 0..<150 {
                now += Int64.random(in: -5...400, using: &random)
                try step(&random, desk, &model, now)
            }
        }
    }

    private func step(_ random: inout SeededGenerator, _ desk: LedgerDesk, _ model: inout Model, _ now: Int64) throws {
        var launch = Sample("k\(Int.random(in: 0..<12, using: &random))")
        launch.event = "e\(Int.random(in: 0..<20, using: &random))"
        launch.mapping = random.chance(80) ? "one" : "other"
        let window = random.pick([0, 60, 1_000, 100_000], or: 0) as Int64
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<5:
            let expected = model.answer(launch, window: window, now: now)
            #expect(try desk.ask(launch, window: window, at: now) == expected)
        case 5..<7:
            #expect(try desk.record(launch, window: window, at: now))
            model.done.append(Done(launch: launch, time: now, state: .launched))
        case 7:
            #expect(try desk.intend(launch, window: window, at: now))
            model.done.append(Done(launch: launch, time: now, state: .intended))
        case 8:
            #expect(try desk.withdraw(launch))
            model.withdraw(launch)
        default:
            #expect(try desk.record(launch, window: window, at: now, isMaybeRepeated: true, hasIntent: true))
            if let place = model.intent(launch) { model.done.remove(at: place) }
            model.done.append(Done(launch: launch, time: now, state: .maybeRepeated))
        }
    }

    @Test("many threads hand over at once, and every one of them is answered", arguments: [1, 64])
    func threads(group: Int) throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder, .quick(group: group))
        let ledger = desk.ledger
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<250 {
                let launch = Sample("\(thread)-\(number)")
                ledger.record(
                    launch.entry(ledger.hasher, window: 60, at: 1_000), isMaybeRepeated: false, hasIntent: false,
                    ticket: UInt64(1_000_000 + thread * 1_000 + number))
            }
        }
        for thread in 0..<4 {
            for number in 0..<250 {
                #expect(try desk.isCommitted(UInt64(1_000_000 + thread * 1_000 + number)))
                #expect(try desk.ask(Sample("\(thread)-\(number)"), at: 1_001) == .launched)
            }
        }
        #expect(try desk.count("launch") == 1_000)
    }
}

extension Sample {
    /// What an intent is known by.
    fileprivate var identityText: String { [mapping, value, element, event].joined(separator: "\u{1F}") }
}
