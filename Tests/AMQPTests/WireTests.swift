import TestSupport
import Testing

@testable import AMQP

@Suite(.timeLimit(.minutes(1)))
struct WireTests {
    /// One value of every type, and the bytes that RabbitMQ writes for it.
    static let samples: [(AMQPValue, [UInt8])] = [
        (.boolean(true), [0x74, 1]),
        (.boolean(false), [0x74, 0]),
        (.int8(-2), [0x62, 0xFE]),
        (.uint8(254), [0x42, 0xFE]),
        (.int16(-2), [0x73, 0xFF, 0xFE]),
        (.uint16(65534), [0x75, 0xFF, 0xFE]),
        (.int32(-2), [0x49, 0xFF, 0xFF, 0xFF, 0xFE]),
        (.uint32(7), [0x69, 0, 0, 0, 7]),
        (.int64(.min), [0x6C, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        (.uint64(.max), [0x4C] + Array(repeating: 0xFF, count: 8)),
        (.float(1.5), [0x66, 0x3F, 0xC0, 0, 0]),
        (.double(1.5), [0x64, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0]),
        (.decimal(scale: 2, digits: 1999), [0x44, 2, 0, 0, 7, 0xCF]),
        (.text("hé"), [0x53, 0, 0, 0, 3, 0x68, 0xC3, 0xA9]),
        (.text(AMQPText(bytes: [0xFF, 0])), [0x53, 0, 0, 0, 2, 0xFF, 0]),
        (.bytes([0, 0xFF]), [0x78, 0, 0, 0, 2, 0, 0xFF]),
        (.timestamp(1_700_000_000), [0x54, 0, 0, 0, 0, 0x65, 0x53, 0xF1, 0]),
        (.void, [0x56]),
        (.array([.void, .int8(1)]), [0x41, 0, 0, 0, 3, 0x56, 0x62, 1]),
        (.table(["a": .void]), [0x46, 0, 0, 0, 3, 1, 0x61, 0x56]),
    ]

    @Test(arguments: samples)
    func everyTypeReadsAndWrites(value: AMQPValue, bytes: [UInt8]) throws {
        let table = AMQPTable([.init("k", value)])
        let wire = try table.wire()
        #expect(Array(wire.dropFirst(6)) == bytes)
        #expect(try AMQPTable(wire: wire) == table)
    }

    @Test func aNaNTravelsAsItCame() throws {
        let table: AMQPTable = ["f": .float(bits: 0x7FA0_0001), "d": .double(bits: 0x7FF4_0000_0000_0001)]
        #expect(try AMQPTable(wire: try table.wire()) == table)
    }

    @Test func orderAndDuplicatesStay() throws {
        let table = AMQPTable([.init("b", .int8(1)), .init("a", .int8(2)), .init("b", .int8(3))])
        let read = try AMQPTable(wire: try table.wire())
        #expect(read.entries.map(\.name) == ["b", "a", "b"])
        #expect(read["b"] == .int8(1))
    }

    @Test func randomTablesSurviveAndLibrabbitmqAgrees() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let table = AMQPTable.random(depth: 4, using: &generator)
            #expect(try AMQPTable(wire: try table.wire()) == table)
            #expect(throws: Never.self) { try LibraryTable(table) }
        }
    }

    @Test func randomPropertiesSurvive() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let properties = AMQPProperties.random(using: &generator)
            #expect(try AMQPProperties(wire: try properties.wire()) == properties)
        }
    }

    /// Whatever the bytes are, reading ends with a value or an error.
    @Test func brokenBytesAreErrors() throws {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<200 {
            let wire = try AMQPProperties.random(using: &generator).wire()
            for count in 0..<min(wire.count, 80) { _ = try? AMQPProperties(wire: Array(wire.prefix(count))) }
            for _ in 0..<20 where !wire.isEmpty {
                var changed = wire
                changed[Int.random(in: 0..<changed.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
                _ = try? AMQPProperties(wire: changed)
                _ = try? AMQPTable(wire: changed)
            }
        }
        #expect(throws: WireError.truncated(offset: 0)) { try AMQPProperties(wire: [0]) }
        #expect(throws: WireError.truncated(offset: 4)) { try AMQPTable(wire: [0, 0, 0, 9, 1]) }
        #expect(throws: WireError.unknownType(0x7A, offset: 6)) { try AMQPTable(wire: [0, 0, 0, 3, 1, 0x61, 0x7A]) }
        #expect(throws: WireError.truncated(offset: 7)) { try AMQPTable(wire: [0, 0, 0, 3, 1, 0x61, 0x62, 1]) }
    }

    @Test func whatIsTooDeepStaysEncoded() throws {
        let wire = Self.nested(levels: 20_000)
        let table = try AMQPTable(wire: wire)
        #expect(try table.wire() == wire)
        #expect(table.depth == AMQPTable.maximumDepth)
    }

    @Test func writingTooDeepIsAnError() {
        var table: AMQPTable = ["x": .void]
        for _ in 0..<70 { table = ["x": .table(table)] }
        #expect(throws: WireError.tooDeep) { try table.wire() }
    }

    @Test func longNamesAreErrors() {
        let name = AMQPText(String(repeating: "n", count: 256))
        #expect(throws: WireError.nameTooLong(field: "a header's name", count: 256)) {
            try AMQPTable([.init(name, .void)]).wire()
        }
        var properties = AMQPProperties()
        properties.messageID = name
        #expect(throws: WireError.nameTooLong(field: "message_id", count: 256)) { try properties.wire() }
    }

    @Test func absentAndEmptyAreDifferent() throws {
        var properties = AMQPProperties()
        #expect(try properties.wire() == [0, 0])
        properties.headers = AMQPTable()
        properties.contentType = ""
        let read = try AMQPProperties(wire: try properties.wire())
        #expect(read.headers == AMQPTable())
        #expect(read.contentType == "")
        #expect(read.contentEncoding == nil)
    }

    /// A table that holds a table that holds … with its length before it.
    static func nested(levels: Int) -> [UInt8] {
        var payloads = [UInt32](repeating: 0, count: levels)
        for level in stride(from: levels - 2, through: 0, by: -1) { payloads[level] = payloads[level + 1] + 6 }
        var writer = WireWriter()
        writer.integer(payloads[0])
        for level in 1..<levels {
            writer.byte(0)
            writer.byte(UInt8(ascii: "F"))
            writer.integer(payloads[level])
        }
        return writer.bytes
    }
}

extension AMQPTable {
    /// How many levels are decoded.
    var depth: Int {
        1 + (entries.map { entry in if case .table(let inner) = entry.value { inner.depth } else { 0 } }.max() ?? 0)
    }
}
