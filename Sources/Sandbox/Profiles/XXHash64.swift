/// The 64-bit xxHash, which Altcraft's links and hooks name a profile by.
///
/// Written out from the public description of the algorithm, so that the sandbox does not share a library with
/// whoever is tested against it. The seed is not documented; 0 is everybody's default.
enum XXHash64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The hash of some bytes.
    static func hash(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
        var place = 0
        var hash = bytes.count >= 32 ? stripes(bytes, &place, seed) : seed &+ prime5
        hash &+= UInt64(bytes.count)
        while place + 8 <= bytes.count {
            hash ^= round(0, word(bytes, place, 8))
            hash = rotate(hash, 27) &* prime1 &+ prime4
            place += 8
        }
        if place + 4 <= bytes.count {
            hash ^= word(bytes, place, 4) &* prime1
            hash = rotate(hash, 23) &* prime2 &+ prime3
            place += 4
        }
        while place < bytes.count {
            hash ^= UInt64(bytes[place]) &* prime5
            hash = rotate(hash, 11) &* prime1
            place += 1
        }
        return avalanche(hash)
    }

    /// All whole 32-byte stripes, in four lanes.
    private static func stripes(_ bytes: [UInt8], _ place: inout Int, _ seed: UInt64) -> UInt64 {
        var lanes = [seed &+ prime1 &+ prime2, seed &+ prime2, seed, seed &- prime1]
        while place + 32 <= bytes.count {
            for lane in 0..<4 {
                lanes[lane] = round(lanes[lane], word(bytes, place, 8))
                place += 8
            }
        }
        var hash = rotate(lanes[0], 1) &+ rotate(lanes[1], 7) &+ rotate(lanes[2], 12) &+ rotate(lanes[3], 18)
        for lane in lanes { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
        return hash
    }

    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotate(lane &+ input &* prime2, 31) &* prime1
    }

    private static func avalanche(_ value: UInt64) -> UInt64 {
        var hash = (value ^ (value >> 33)) &* prime2
        hash = (hash ^ (hash >> 29)) &* prime3
        return hash ^ (hash >> 32)
    }

    private static func word(_ bytes: [UInt8], _ place: Int, _ width: Int) -> UInt64 {
        (0..<width).reversed().reduce(0) { $0 << 8 | UInt64(bytes[place + $1]) }
    }

    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value << count | value >> (64 - count)
    }
}
