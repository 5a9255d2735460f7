/// A Bloom filter in blocks of one cache line: a question costs one miss of the cache.
///
/// With 12 bits a key, about 1 in 150 keys that were never inserted is taken for one that was; none that was inserted is
/// ever denied.
struct BloomBits: Sendable {
    /// For how many keys it was made.
    let capacity: Int
    /// How many keys were inserted.
    private(set) var count = 0
    private var words: [UInt64]
    private let blocks: UInt64

    private static let bitsPerKey = 12
    private static let wordsPerBlock = 8
    /// Bits set for each key; each takes 9 of a hash's 64 bits to find its place among 512.
    private static let probes = 6

    /// An empty filter for so many keys, within so many bytes.
    init(capacity: Int, byteLimit: Int) {
        self.capacity = capacity
        let bytes = min(byteLimit, capacity * Self.bitsPerKey / 8)
        let blocks = max(1, bytes / (Self.wordsPerBlock * 8))
        words = [UInt64](repeating: 0, count: blocks * Self.wordsPerBlock)
        self.blocks = UInt64(blocks)
    }

    /// Inserts a key.
    mutating func insert(_ key: Int64) {
        count += 1
        let (start, places) = probe(key)
        for turn in 0..<Self.probes {
            let place = places >> UInt64(turn * 9) & 511
            words[start + Int(place >> 6)] |= 1 << (place & 63)
        }
    }

    /// Whether the key may have been inserted.
    func contains(_ key: Int64) -> Bool {
        let (start, places) = probe(key)
        for turn in 0..<Self.probes {
            let place = places >> UInt64(turn * 9) & 511
            if words[start + Int(place >> 6)] & 1 << (place & 63) == 0 { return false }
        }
        return true
    }

    /// Where the key's block starts, and its places in it.
    private func probe(_ key: Int64) -> (start: Int, places: UInt64) {
        // Keys are hashes already. The block goes by the upper bits; another mix gives the places.
        let bits = UInt64(bitPattern: key)
        let block = bits.multipliedFullWidth(by: blocks).high
        let mixed = (bits ^ bits >> 29) &* 0xBF58_476D_1CE4_E5B9
        return (Int(block) * Self.wordsPerBlock, mixed ^ mixed >> 32)
    }
}
