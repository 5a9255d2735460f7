import Inflate
import TestSupport
import Testing

/// Inflating bodies: what comes back, what is refused, and that foreign bytes do no harm.
@Suite("Inflate", .timeLimit(.minutes(1)))
struct InflateTests {
    private static let text = [UInt8](#"{"order": {"id": 17, "email": "a@b.example"}}"#.utf8)
    private static let megabyte = 1 << 20

    /// Every wrapper that is taken, with the encoding that a message names it by.
    private static let wrappers: [(windowBits: Int32, encoding: InflateEncoding)] = [
        (31, .gzip), (15, .deflate), (-15, .deflate),
    ]

    @Test("gzip, zlib and raw come back as they were, at every level", arguments: Int32(0)...9)
    func roundTrip(level: Int32) throws {
        for (windowBits, encoding) in Self.wrappers {
            for original in [Self.text, [], [UInt8](repeating: 7, count: 200_000)] {
                let packed = try deflated(original, windowBits: windowBits, level: level)
                #expect(try inflate(packed, encoding, limit: Self.megabyte) == original)
            }
        }
    }

    @Test("Random bodies come back as they were", arguments: UInt64(1)...16)
    func randomRoundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = UInt8.random(in: 1...255, using: &generator)
        let length = Int.random(in: 0...150_000, using: &generator)
        let original = (0..<length).map { _ in UInt8.random(in: 0...alphabet, using: &generator) }
        for (windowBits, encoding) in Self.wrappers {
            let packed = try deflated(original, windowBits: windowBits, level: Int32(seed % 10))
            #expect(try inflate(packed, encoding, limit: length) == original)
        }
    }

    @Test("Exactly the limit is taken, one byte more is too big")
    func limit() throws {
        for (windowBits, encoding) in Self.wrappers {
            for size in [1, 1000, 65_535, 65_536, 65_537, 200_000] {
                let packed = try deflated([UInt8](repeating: 1, count: size), windowBits: windowBits)
                #expect(try inflate(packed, encoding, limit: size).count == size)
                #expect(throws: InflateError.tooBig(limit: size - 1)) {
                    try inflate(packed, encoding, limit: size - 1)
                }
            }
        }
    }

    @Test("A limit of nothing takes nothing, and an empty body fits in it")
    func limitOfNothing() throws {
        let empty = try deflated([], windowBits: 31)
        #expect(try inflate(empty, .gzip, limit: 0).isEmpty)
        let one = try deflated([1], windowBits: 31)
        #expect(throws: InflateError.tooBig(limit: 0)) { try inflate(one, .gzip, limit: 0) }
        #expect(throws: InflateError.tooBig(limit: -1)) { try inflate(empty, .gzip, limit: -1) }
    }

    @Test("A bomb stops at the limit")
    func bomb() throws {
        let bomb = try deflated([UInt8](repeating: 0, count: 64 << 20), windowBits: 31, level: 9)
        #expect(bomb.count < 100_000)
        #expect(throws: InflateError.tooBig(limit: Self.megabyte)) { try inflate(bomb, .gzip, limit: Self.megabyte) }
    }

    @Test("Cut anywhere, it is truncated")
    func truncated() throws {
        for (windowBits, encoding) in Self.wrappers {
            let packed = try deflated(Self.text, windowBits: windowBits)
            // One byte of a zlib header reads as raw data; it is refused too, in other words.
            for length in 0..<packed.count where !(encoding == .deflate && windowBits == 15 && length == 1) {
                #expect(throws: InflateError.truncated, "\(windowBits) \(length)") {
                    try inflate([UInt8](packed[..<length]), encoding, limit: Self.megabyte)
                }
            }
        }
        #expect(throws: InflateError.self) { try inflate([0x78], .deflate, limit: Self.megabyte) }
    }

    @Test("Bytes after the end are refused")
    func trailing() throws {
        for (windowBits, encoding) in Self.wrappers {
            let packed = try deflated(Self.text, windowBits: windowBits)
            #expect(throws: InflateError.trailing(bytes: 3)) {
                try inflate(packed + [1, 2, 3], encoding, limit: Self.megabyte)
            }
        }
    }

    @Test("gzip members in a row are one body, within one limit")
    func members() throws {
        let packed = try deflated(Self.text, windowBits: 31)
        #expect(try inflate(packed + packed, .gzip, limit: Self.megabyte) == Self.text + Self.text)
        #expect(throws: InflateError.tooBig(limit: Self.text.count)) {
            try inflate(packed + packed, .gzip, limit: Self.text.count)
        }
        #expect(throws: InflateError.truncated) { try inflate(packed + [0x1F], .gzip, limit: Self.megabyte) }
        let half = [UInt8](packed[..<20])
        #expect(throws: InflateError.truncated) { try inflate(packed + half, .gzip, limit: Self.megabyte) }
    }

    @Test("A wrong name for the encoding is damaged, not guessed")
    func wrongName() throws {
        let packed = try deflated(Self.text, windowBits: 15)
        #expect { try inflate(packed, .gzip, limit: Self.megabyte) } throws: { Self.isDamage($0) }
        #expect { try inflate(Self.text, .gzip, limit: Self.megabyte) } throws: { Self.isDamage($0) }
        #expect(throws: InflateError.self) { try inflate(Self.text, .deflate, limit: Self.megabyte) }
    }

    @Test("A check sum that does not fit is damaged")
    func checkSum() throws {
        for windowBits in [Int32(31), 15] {
            var packed = try deflated(Self.text, windowBits: windowBits)
            packed[packed.count - (windowBits == 31 ? 5 : 1)] ^= 0xFF
            let encoding: InflateEncoding = windowBits == 31 ? .gzip : .deflate
            #expect { try inflate(packed, encoding, limit: Self.megabyte) } throws: { Self.isDamage($0) }
        }
    }

    @Test("A stream that needs a preset dictionary is refused")
    func dictionary() {
        // The zlib header 78 20 with the dictionary flag, its check bits, and a dictionary's sum.
        #expect { try inflate([0x78, 0x20, 0, 0, 0, 1, 3, 0], .deflate, limit: 10) } throws: { Self.isDamage($0) }
    }

    @Test("Random bytes, and random damage, end in an error or in a body within the limit", arguments: UInt64(1)...16)
    func fuzz(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for (windowBits, encoding) in Self.wrappers {
            for _ in 0..<50 {
                var bytes = try deflated(Self.text + Self.text, windowBits: windowBits)
                for _ in 0...Int.random(in: 0..<4, using: &generator) {
                    let place = Int.random(in: bytes.indices, using: &generator)
                    bytes[place] = .random(in: 0...255, using: &generator)
                }
                let limit = Int.random(in: 0...200, using: &generator)
                if let body = try? inflate(bytes, encoding, limit: limit) { #expect(body.count <= limit) }
                let noise = bytes.map { _ in UInt8.random(in: 0...255, using: &generator) }
                if let body = try? inflate(noise, encoding, limit: limit) { #expect(body.count <= limit) }
            }
        }
    }

    @Test("Each error says what is wrong in one line")
    func words() {
        let errors: [InflateError] = [
            .tooBig(limit: 5), .truncated, .damaged("incorrect header check"), .trailing(bytes: 2), .outOfMemory,
        ]
        for error in errors { #expect(!error.description.isEmpty && !error.description.contains("\n")) }
        #expect("\(InflateError.tooBig(limit: 5))" == "inflates to more than 5 bytes")
    }

    private static func isDamage(_ error: any Error) -> Bool {
        if case .damaged = error as? InflateError { true } else { false }
    }
}
