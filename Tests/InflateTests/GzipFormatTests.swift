import Inflate
import TestSupport
import Testing

/// gzip as RFC 1952 has it, byte by byte: every part of the header, every kind of damage.
@Suite("gzip", .timeLimit(.minutes(1)))
struct GzipFormatTests {
    /// The word "hi" in one stored block (RFC 1951, 3.2.4).
    private static let block: [UInt8] = [0x01, 0x02, 0x00, 0xFD, 0xFF, 0x68, 0x69]
    /// Its CRC-32 and its length, least byte first.
    private static let trailer: [UInt8] = [0xAC, 0x2A, 0x93, 0xD8, 0x02, 0x00, 0x00, 0x00]
    private static let hi: [UInt8] = [0x68, 0x69]

    private static func member(flags: UInt8 = 0, _ fields: [UInt8] = []) -> [UInt8] {
        [0x1F, 0x8B, 0x08, flags, 0, 0, 0, 0, 0, 0xFF] + fields + block + trailer
    }

    private func read(_ bytes: [UInt8], limit: Int = 1_000) throws(InflateError) -> [UInt8] {
        try inflate(bytes, .gzip, limit: limit)
    }

    private static let headers: [(UInt8, [UInt8])] = [
        (0, []), (1, []), (4, [3, 0, 1, 2, 3]), (4, [0, 0]), (8, [0x61, 0x2E, 0x6A, 0]), (8, [0]),
        (16, [0xE9, 0]), (4 | 8 | 16, [1, 0, 9, 0x61, 0, 0x62, 0]), (2, [0x90, 0xC9]),
    ]

    @Test("each field of a header is passed over", arguments: headers)
    func fields(flags: UInt8, fields: [UInt8]) throws {
        let bytes = Self.member(flags: flags, fields)
        #expect(try read(bytes) == Self.hi)
        for count in bytes.indices {
            #expect(throws: InflateError.truncated, "\(count)") { try read(Array(bytes[..<count])) }
        }
        #expect(try read(bytes + Self.member()) == Self.hi + Self.hi)
    }

    @Test(
        "what is wrong in a header or a trailer",
        arguments: [
            (0, 0x1E), (1, 0x8A), (2, 7), (2, 9), (3, 0x20), (3, 0x40), (3, 0x80), (10, 0x07), (13, 0xFC), (15, 0x69),
            (17, 0xAD), (20, 0xD9), (21, 0x03), (24, 0x01),
        ] as [(Int, UInt8)])
    func damage(place: Int, byte: UInt8) {
        var bytes = Self.member()
        bytes[place] = byte
        let error = #expect(throws: InflateError.self) { try read(bytes) }
        guard case .damaged(let detail)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!detail.isEmpty && "\(error ?? .truncated)".hasPrefix("is not valid compressed data: "))
    }

    @Test("a check of the header that does not fit is damage")
    func headerCheck() {
        #expect { try read(Self.member(flags: 2, [0x91, 0xC9])) } throws: { error in
            if case .damaged = error as? InflateError { true } else { false }
        }
    }

    @Test("times, systems and names may be anything", arguments: [4, 5, 6, 7, 8, 9])
    func told(place: Int) throws {
        for byte in UInt8.min...UInt8.max {
            var bytes = Self.member()
            bytes[place] = byte
            #expect(try read(bytes) == Self.hi)
        }
    }

    @Test("what stands behind the end counts as its own bytes, zeros too", arguments: [1, 2, 512])
    func behind(count: Int) {
        for byte in [0x00, 0x1E, 0x20, 0x8B] as [UInt8] {
            let rest = [UInt8](repeating: byte, count: count)
            #expect(throws: InflateError.trailing(bytes: count)) { try read(Self.member() + rest) }
            #expect(throws: InflateError.trailing(bytes: count)) { try read(Self.member() + Self.member() + rest) }
        }
    }

    @Test("no bit that tips makes another text of a body", arguments: [31, 15] as [Int32])
    func bits(windowBits: Int32) throws {
        let text = Array(#"{"order": {"id": 17, "total": "11849.90", "total_paid": "11849.90"}}"#.utf8)
        let packed = try deflated(text, windowBits: windowBits)
        // What is told and not checked in gzip's header, and what fills the last byte of the compressed data up.
        let (header, trailer) = windowBits == 31 ? (Set(3...9), 8) : ([], 4)
        var harmless: [Int: Int] = [:]
        for place in packed.indices {
            for bit in 0..<8 {
                var bytes = packed
                bytes[place] ^= 1 << UInt8(bit)
                let encoding: InflateEncoding = windowBits == 31 ? .gzip : .deflate
                guard let body = try? inflate(bytes, encoding, limit: 10_000) else { continue }
                #expect(body == text, "bit \(bit) of byte \(place)")
                harmless[place, default: 0] += 1
            }
        }
        #expect(Set(harmless.keys).subtracting(header).isSubset(of: [packed.count - trailer - 1]))
        if windowBits == 31 { #expect((3...9).map { harmless[$0] } == [1, 8, 8, 8, 8, 8, 8]) }
    }

    @Test("a body in many members, cut between two of them or within one", arguments: Fuzzing.seeds(from: 1, count: 10))
    func members(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        var text: [UInt8] = []
        // What a body would be that ends at this byte: nothing tells that another member was to come.
        var ends: [Int: [UInt8]] = [:]
        for _ in 0..<Int.random(in: 2...5, using: &random) {
            let count = Int.random(in: 0...40, using: &random)
            let part = (0..<count).map { _ in UInt8.random(in: 0x61...0x64, using: &random) }
            bytes += try deflated(part, windowBits: 31, level: Int32.random(in: 0...9, using: &random))
            text += part
            ends[bytes.count] = text
        }
        #expect(try read(bytes) == text)
        for count in 1...bytes.count {
            let cut = Array(bytes[..<count])
            if let expected = ends[count] {
                #expect(try read(cut) == expected)
            } else {
                #expect(throws: InflateError.truncated, "\(count)") { try read(cut) }
            }
        }
        if !text.isEmpty {
            #expect(throws: InflateError.tooBig(limit: text.count - 1)) { try read(bytes, limit: text.count - 1) }
        }
        #expect(try read(bytes, limit: text.count) == text)
    }
}
