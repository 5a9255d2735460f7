import AMQP
import Relay
import Testing

@testable import Bridge

/// What a message still owes travels in a header that cannot outgrow a frame, and is believed only where it is ours.
@Suite("Owed launches", .timeLimit(.minutes(1)))
struct OwedLaunchesTests {
    private func owed(
        _ mapping: String, _ element: Int?, attempts: Int = 0, unsure: Bool = false
    ) -> OwedLaunch {
        OwedLaunch(
            mapping: mapping, version: "v1", element: element,
            history: LaunchHistory(attempts: attempts, isUnsure: unsure))
    }

    private func roundTrip(_ launches: [OwedLaunch]) throws -> OwedLaunches {
        let header = try #require(OwedLaunches(launches)).header
        let wire = try AMQPTable([header]).wire()
        #expect(wire.count < 64 * 1024)
        return try #require(OwedLaunches(try AMQPTable(wire: wire)))
    }

    @Test("survive the wire, grouped by mapping and history")
    func groups() throws {
        let launches = [
            owed("a", 2, attempts: 3), owed("b", nil), owed("a", 0, attempts: 1), owed("a", 1, unsure: true),
            owed("a", 7, attempts: 3),
        ]
        let read = try roundTrip(launches)
        #expect(read == OwedLaunches(launches))
        #expect(read.groups.map(\.mapping) == ["a", "b", "a", "a"])
        #expect(read.groups.map { $0.elements?.ranges } == ["2,7", nil, "0", "1"])
        #expect(read.groups.map(\.history.attempts) == [3, 0, 1, 0])
        #expect(read.groups.map(\.history.isUnsure) == [false, false, false, true])
    }

    @Test("keep the failures of one element from all the others")
    func attempts() throws {
        let launches = (0..<500).map { owed("audience", $0, attempts: $0 == 77 ? 9 : 0) }
        let share = try #require(try roundTrip(launches).shares.first)
        let histories = OwedHistories(share, version: "v1")
        #expect((0..<500).filter { histories.history(of: $0).attempts > 0 } == [77])
        #expect(histories.history(of: 77).attempts == 9)
    }

    @Test("of fifty thousand elements take some kilobytes, whatever is missing among them")
    func many() throws {
        let launches = stride(from: 0, to: 50_000, by: 2).map { owed("audience", $0) }
        #expect(try roundTrip(launches).groups[0].elements?.count == 25_000)
    }

    @Test("that are too many kinds for the header lose first the attempts, in favour of trying again")
    func crowded() throws {
        let launches = (0..<50_000).map { owed("audience", $0, attempts: 1 + $0 % 40, unsure: $0 % 3 == 0) }
        let read = try roundTrip(launches)
        #expect(read.groups.count == 2 && read.groups.map { $0.elements?.count ?? 0 }.reduce(0, +) == 50_000)
        #expect(read.groups.map(\.history.attempts) == [1, 1])
        #expect(Set(read.groups.map(\.history.isUnsure)) == [true, false])
    }

    @Test("then the elements, as the ledger knows those that were launched; and at last all")
    func cramped() throws {
        let launches = stride(from: 0, to: 50_000, by: 2).map { owed("audience", $0, attempts: 2) }
        let whole = try #require(OwedLaunches(launches, mostBytes: 200))
        #expect(whole.groups.map(\.mapping) == ["audience"] && whole.groups[0].elements == nil)
        #expect(whole.groups[0].history.attempts == 2)
        #expect(OwedLaunches(launches, mostBytes: 20) == nil)
        #expect(OwedLaunches([]) == nil)
    }

    @Test("are not read from what is not ours")
    func foreign() {
        let name: AMQPText = "x-bridge-owed"
        func group(_ elements: AMQPValue?, attempts: Int64 = 0, mapping: AMQPText = "a") -> AMQPValue {
            var table: AMQPTable = ["mapping": .text(mapping), "version": .text("v"), "attempts": .int64(attempts)]
            if let elements { table.append("elements", elements) }
            return .table(table)
        }
        let bad: [AMQPValue] = [
            .text("a"), .void, .table([:]), .array([]), .array([.int64(1)]), .array([.table([:])]),
            .array([.table(["mapping": .text("a")])]),
            .array([.table(["mapping": .text("a"), "version": .int64(1)])]),
            .array([.table(["mapping": .text(AMQPText(bytes: [0xFF])), "version": .text("v")])]),
            .array([group(.text("5-1"))]), .array([group(.int64(3))]), .array([group(.text(""))]),
            .array([group(.bytes([]))]), .array([group(.text("0-999999"))]),
            // A launch that is owed twice.
            .array([group(nil), group(nil)]), .array([group(.text("1-5")), group(.text("5"), attempts: 1)]),
            .array([group(.text("1")), group(nil, attempts: 1)]),
            .array([group(.text("7")), group(nil, mapping: "b"), group(.bytes([0x80]), attempts: 3)]),
            .array(Array(repeating: group(nil), count: 2_000)),
        ]
        for value in bad { #expect(OwedLaunches(AMQPTable([AMQPTable.Entry(name, value)])) == nil, "\(value)") }
        #expect(OwedLaunches(nil) == nil)
        let good = AMQPValue.array([group(.text("1-5")), group(.text("6"), attempts: 1), group(nil, mapping: "b")])
        #expect(OwedLaunches(AMQPTable([AMQPTable.Entry(name, good)]))?.groups.count == 3)
    }

    @Test("that a forger repeats a thousand times cost nothing")
    func forged() {
        let group: AMQPTable = ["mapping": .text("a"), "version": .text("v"), "elements": .text("0-99999")]
        let value = AMQPValue.array(Array(repeating: .table(group), count: 1_000))
        #expect(OwedLaunches(AMQPTable([AMQPTable.Entry("x-bridge-owed", value)])) == nil)
    }

    @Test("take no sense from a count that makes none", arguments: [-1, 1 << 40] as [Int64])
    func counts(count: Int64) {
        let table: AMQPTable = ["mapping": .text("a"), "version": .text("v"), "attempts": .int64(count)]
        let headers = AMQPTable([AMQPTable.Entry("x-bridge-owed", .array([.table(table)]))])
        #expect(OwedLaunches(headers)?.groups.first?.history.attempts == 0)
    }

    @Test("of a redrive have all their attempts, and are asked for by a person")
    func redriven() throws {
        let read = try roundTrip([owed("a", 1, attempts: 9, unsure: true), owed("a", 2, attempts: 3)]).redriven()
        #expect(read.groups.map { $0.elements?.ranges } == ["1", "2"])
        #expect(
            read.groups.map(\.history) == [
                LaunchHistory(isUnsure: true, isRedriven: true), LaunchHistory(isRedriven: true),
            ])
        let headers = AMQPTable([read.header])
        #expect(OwedLaunches(headers) == read)
    }
}
