import Testing

@testable import AMQP

/// Bytes of tables and properties that end too soon, lie about their lengths, or name types that nobody knows.
@Suite(.timeLimit(.minutes(1)))
struct WireEdgeTests {
    /// A table of these bytes with the length that they have.
    private static func table(_ content: [UInt8]) -> [UInt8] {
        [0, 0, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
    }

    /// Every value, cut at every byte: the table ends where it says, and the value does not.
    @Test(arguments: WireTests.samples)
    func aValueCutAnywhereIsTruncated(value: AMQPValue, bytes: [UInt8]) throws {
        let content = [1, 0x6B] + bytes
        #expect(try AMQPTable(wire: Self.table(content)) == AMQPTable([.init("k", value)]))
        for count in 1..<content.count {
            let wire = Self.table(Array(content.prefix(count)))
            let error = #expect(throws: WireError.self, "\(count) of \(content.count) bytes") {
                try AMQPTable(wire: wire)
            }
            guard case .truncated(let offset)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect((4...4 + count).contains(offset))
        }
        #expect(try AMQPTable(wire: Self.table([])) == AMQPTable())
    }

    /// Two values side by side: what is missing of the second one takes nothing from the first, and the reverse.
    @Test func lengthsInsideAreNotBelieved() {
        let broken: [(content: [UInt8], offset: Int)] = [
            // A text, bytes, an undecoded length of one more than there is, and of as much as can be said.
            ([1, 0x61, 0x53, 0, 0, 0, 2, 0x78], 11), ([1, 0x61, 0x78, 0, 0, 0, 2, 0x78], 11),
            ([1, 0x61, 0x53, 0xFF, 0xFF, 0xFF, 0xFF, 0x78], 11), ([1, 0x61, 0x78, 0x80, 0, 0, 0, 0x78], 11),
            // A table and an array that hold more than there is.
            ([1, 0x61, 0x46, 0, 0, 0, 1], 11), ([1, 0x61, 0x41, 0, 0, 0, 1], 11),
            ([1, 0x61, 0x46, 0xFF, 0xFF, 0xFF, 0xFF], 11), ([1, 0x61, 0x41, 0x7F, 0xFF, 0xFF, 0xFF], 11),
            // A number in an inner table that would reach over its end into the outer one.
            ([1, 0x61, 0x46, 0, 0, 0, 4, 1, 0x62, 0x49, 0, 0, 0, 0], 14),
            ([1, 0x61, 0x41, 0, 0, 0, 2, 0x6C, 0, 0, 0, 0, 0, 0, 0], 12),
            // A text in an inner array that would.
            ([1, 0x61, 0x41, 0, 0, 0, 6, 0x53, 0, 0, 0, 2, 0x78, 0x78], 16),
            // A name that is longer than the table, and one without a value.
            ([5, 0x61], 5), ([1, 0x61], 6), ([0], 5), ([255], 5),
        ]
        for (content, offset) in broken {
            #expect(throws: WireError.truncated(offset: offset), "\(content)") {
                try AMQPTable(wire: Self.table(content))
            }
        }
        for wire in [[], [0], [0, 0], [0, 0, 0]] as [[UInt8]] {
            #expect(throws: WireError.truncated(offset: 0)) { try AMQPTable(wire: wire) }
        }
        for wire in [[0, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0, 0]] as [[UInt8]] {
            #expect(throws: WireError.truncated(offset: 4)) { try AMQPTable(wire: wire) }
        }
    }

    /// A length that is one too short leaves a byte that is read as the next name.
    @Test func aLengthThatIsTooShortMakesAnotherEntry() throws {
        let shortened = Self.table([1, 0x61, 0x53, 0, 0, 0, 1, 0x78, 1, 0x62, 0x56])
        #expect(try AMQPTable(wire: shortened) == AMQPTable([.init("a", .text("x")), .init("b", .void)]))
        let garbled = Self.table([1, 0x61, 0x53, 0, 0, 0, 0, 0x78, 1, 0x62, 0x56])
        #expect(throws: WireError.truncated(offset: 12)) { try AMQPTable(wire: garbled) }
    }

    private static let known = Set("tbBsuIilLfdDSxTVFA".utf8)

    @Test func everyTypeLetterIsKnownOrNamed() throws {
        for letter in UInt8.min ... .max {
            let wire = Self.table([1, 0x61, letter] + Array(repeating: 0, count: 9))
            guard Self.known.contains(letter) else {
                #expect(throws: WireError.unknownType(letter, offset: 6)) { try AMQPTable(wire: wire) }
                continue
            }
            let bare = Self.table([1, 0x61, letter])
            if letter == UInt8(ascii: "V") {
                #expect(try AMQPTable(wire: bare) == ["a": .void])
            } else {
                #expect(throws: WireError.truncated(offset: 7)) { try AMQPTable(wire: bare) }
            }
        }
    }

    @Test func anyByteButZeroIsTrue() throws {
        for byte in UInt8.min ... .max {
            let table = try AMQPTable(wire: Self.table([1, 0x61, 0x74, byte]))
            #expect(table == ["a": .boolean(byte != 0)])
        }
    }

    /// One property by itself, and what it is on the wire.
    struct Single: Sendable, CustomTestStringConvertible {
        let name: String
        let wire: [UInt8]
        let set: @Sendable (inout AMQPProperties) -> Void
        var testDescription: String { name }
    }

    static let singles = [
        Single(name: "content_type", wire: [0x80, 0, 1, 0x61]) { $0.contentType = "a" },
        Single(name: "content_encoding", wire: [0x40, 0, 1, 0x61]) { $0.contentEncoding = "a" },
        Single(name: "headers", wire: [0x20, 0, 0, 0, 0, 3, 1, 0x61, 0x56]) { $0.headers = ["a": .void] },
        Single(name: "delivery_mode", wire: [0x10, 0, 2]) { $0.deliveryMode = 2 },
        Single(name: "priority", wire: [0x08, 0, 255]) { $0.priority = 255 },
        Single(name: "correlation_id", wire: [0x04, 0, 1, 0x61]) { $0.correlationID = "a" },
        Single(name: "reply_to", wire: [0x02, 0, 1, 0x61]) { $0.replyTo = "a" },
        Single(name: "expiration", wire: [0x01, 0, 4, 0x31, 0x30, 0x30, 0x30]) { $0.expiration = "1000" },
        Single(name: "message_id", wire: [0, 0x80, 1, 0x61]) { $0.messageID = "a" },
        Single(name: "timestamp", wire: [0, 0x40, 0, 0, 0, 0, 0, 0, 1, 2]) { $0.timestamp = 258 },
        Single(name: "type", wire: [0, 0x20, 1, 0x61]) { $0.type = "a" },
        Single(name: "user_id", wire: [0, 0x10, 1, 0x61]) { $0.userID = "a" },
        Single(name: "app_id", wire: [0, 0x08, 1, 0x61]) { $0.appID = "a" },
        Single(name: "cluster_id", wire: [0, 0x04, 1, 0x61]) { $0.clusterID = "a" },
    ]

    @Test(arguments: singles)
    func eachPropertyHasItsBitAndItsForm(single: Single) throws {
        var properties = AMQPProperties()
        single.set(&properties)
        #expect(try properties.wire() == single.wire)
        #expect(try AMQPProperties(wire: single.wire) == properties)
        for count in single.wire.indices {
            #expect(throws: WireError.self, "\(count) bytes") {
                try AMQPProperties(wire: Array(single.wire.prefix(count)))
            }
        }
    }

    @Test func propertiesStandInTheOrderOfTheirBits() throws {
        var properties = AMQPProperties()
        for single in Self.singles { single.set(&properties) }
        let content = Self.singles.flatMap { $0.wire.dropFirst(2) }
        #expect(try properties.wire() == [0xFF, 0xFC] + content)
        #expect(try AMQPProperties(wire: [0xFF, 0xFC] + content) == properties)
    }

    @Test func furtherWordsOfFlagsAreSkipped() throws {
        var properties = AMQPProperties()
        properties.deliveryMode = 1
        #expect(try AMQPProperties(wire: [0x10, 0x01, 0, 0, 1]) == properties)
        #expect(try AMQPProperties(wire: [0x10, 0x01, 0xFF, 0xFF, 0, 0, 1]) == properties)
        #expect(throws: WireError.truncated(offset: 4)) { try AMQPProperties(wire: [0x10, 0x01, 0, 0x01]) }
        #expect(throws: WireError.truncated(offset: 2_000)) {
            try AMQPProperties(wire: Array(repeating: 0xFF, count: 2_000))
        }
    }

    @Test func errorsSayWhatAndWhereAndWhatToDo() {
        let words: [(WireError, String)] = [
            (
                .truncated(offset: 7),
                "the encoded properties end inside a value at byte 7; the peer does not speak AMQP 0-9-1"
            ),
            (
                .unknownType(0x7A, offset: 6),
                "unknown value type 0x7a at byte 6; the peer uses a type RabbitMQ has not"
            ),
            (
                .nameTooLong(field: "message_id", count: 256),
                "message_id has 256 bytes, AMQP allows 255; shorten it"
            ),
            (.tooDeep, "headers are nested deeper than 64 levels; flatten them"),
            (
                .propertiesTooBig(count: 9, limit: 8),
                "properties and headers take 9 bytes, one frame holds 8; leave headers out"
            ),
        ]
        for (error, text) in words { #expect(error.description == text) }
    }

    /// Depth: 32 levels are decoded, what is deeper stays as it came; 64 are written, one more is not.
    @Test func depthIsBoundedOnBothSides() throws {
        for levels in [31, 32, 33, 34, 100] {
            let wire = WireTests.nested(levels: levels)
            let table = try AMQPTable(wire: wire)
            #expect(table.depth == min(levels, AMQPTable.maximumDepth), "\(levels) levels")
            #expect(try table.wire() == wire)
        }
        func built(_ levels: Int) -> AMQPTable {
            (1..<levels).reduce(AMQPTable()) { table, _ in AMQPTable([.init("", .table(table))]) }
        }
        #expect(try built(64).wire().count == 4 + 63 * 6)
        #expect(throws: WireError.tooDeep) { try built(65).wire() }
        func listed(_ levels: Int) -> AMQPTable {
            ["": (1..<levels).reduce(AMQPValue.array([])) { value, _ in .array([value]) }]
        }
        #expect(throws: Never.self) { try listed(63).wire() }
        #expect(throws: WireError.tooDeep) { try listed(64).wire() }
    }

    @Test(arguments: [0, 1, 254, 255, 256, 300])
    func namesAreAtMost255Bytes(count: Int) {
        let name = AMQPText(bytes: Array(repeating: 0xFF, count: count))
        let table = AMQPTable([.init(name, .void)])
        if count <= 255 {
            #expect(throws: Never.self) { try AMQPTable(wire: try table.wire()) }
        } else {
            #expect(throws: WireError.nameTooLong(field: "a header's name", count: count)) { try table.wire() }
        }
    }
}
