import AMQP
import Bridge
import Relay
import Testing

/// What a message still owes travels in a header that cannot outgrow a frame, and is believed only where it is ours.
@Suite("Owed launches")
struct OwedLaunchesTests {
    private func owed(
        _ mapping: String, _ element: Int?, attempts: Int = 0, unsure: Bool = false
    ) -> OwedLaunch {
        OwedLaunch(
            mapping: mapping, version: "v1", element: element,
            history: LaunchHistory(attempts: attempts, isUnsure: unsure))
    }

    private func roundTrip(_ launches: [OwedLaunch]) throws -> OwedLaunches {
        let header = OwedLaunches(launches).header
        let wire = try AMQPTable([header]).wire()
        #expect(wire.count < 64 * 1024)
        return try #require(OwedLaunches(try AMQPTable(wire: wire)))
    }

    @Test("survive the wire, grouped by mapping and history")
    func groups() throws {
        let launches = [
            owed("a", 2, attempts: 3), owed("b", nil), owed("a", 0, attempts: 1), owed("a", 1, unsure: true),
        ]
        let read = try roundTrip(launches)
        #expect(read == OwedLaunches(launches))
        #expect(read.groups.map(\.mapping) == ["a", "b", "a"])
        #expect(read.groups[0].elements?.places == [0, 2])
        #expect(read.groups[0].history.attempts == 3)
        #expect(read.groups[1].elements == nil)
        #expect(read.groups[2].history.isUnsure)
    }

    @Test("of fifty thousand elements take some kilobytes, whatever is missing among them")
    func many() throws {
        let launches = stride(from: 0, to: 50_000, by: 2).map { owed("audience", $0) }
        #expect(try roundTrip(launches).groups[0].elements?.places.count == 25_000)
    }

    @Test("are not read from what is not ours")
    func foreign() {
        let name: AMQPText = "x-bridge-owed"
        let bad: [AMQPValue] = [
            .text("a"), .void, .table([:]), .array([.int64(1)]), .array([.table([:])]),
            .array([.table(["mapping": .text("a")])]),
            .array([.table(["mapping": .text("a"), "version": .int64(1)])]),
            .array([.table(["mapping": .text(AMQPText(bytes: [0xFF])), "version": .text("v")])]),
            .array([.table(["mapping": .text("a"), "version": .text("v"), "elements": .text("5-1")])]),
            .array([.table(["mapping": .text("a"), "version": .text("v"), "elements": .int64(3)])]),
            .array(Array(repeating: .table(["mapping": .text("a"), "version": .text("v")]), count: 2_000)),
        ]
        for value in bad { #expect(OwedLaunches(AMQPTable([AMQPTable.Entry(name, value)])) == nil) }
        #expect(OwedLaunches(nil) == nil)
    }

    @Test("take no sense from a count that makes none", arguments: [-1, 1 << 40] as [Int64])
    func counts(count: Int64) {
        let table: AMQPTable = ["mapping": .text("a"), "version": .text("v"), "attempts": .int64(count)]
        let headers = AMQPTable([AMQPTable.Entry("x-bridge-owed", .array([.table(table)]))])
        #expect(OwedLaunches(headers)?.groups.first?.history.attempts == 0)
    }
}
