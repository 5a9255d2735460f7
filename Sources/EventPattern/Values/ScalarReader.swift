/// Reads the scalars of valid UTF-8 from either end.
struct ScalarReader {
    private let bytes: ArraySlice<UInt8>
    private var low: Int
    private var high: Int

    /// Begins with all of a text, which must be valid UTF-8: documents hold nothing else.
    init(_ utf8: ArraySlice<UInt8>) {
        bytes = utf8
        low = utf8.startIndex
        high = utf8.endIndex
    }

    /// The next scalar from the front, or nil at the end.
    @inline(__always)
    mutating func next() -> UInt32? {
        guard low < high else { return nil }
        let lead = bytes[low]
        low += 1
        guard lead >= 0x80 else { return UInt32(lead) }
        var scalar = UInt32(lead & (lead >= 0xF0 ? 0x07 : lead >= 0xE0 ? 0x0F : 0x1F))
        while low < high, bytes[low] & 0xC0 == 0x80 {
            scalar = scalar << 6 | UInt32(bytes[low] & 0x3F)
            low += 1
        }
        return scalar
    }

    /// The next scalar from the back, or nil at the start.
    @inline(__always)
    mutating func nextFromBack() -> UInt32? {
        guard low < high else { return nil }
        var scalar: UInt32 = 0
        var shift: UInt32 = 0
        while true {
            high -= 1
            let byte = bytes[high]
            guard byte & 0xC0 == 0x80, high > low else {
                guard byte >= 0x80 else { return UInt32(byte) }
                let bits = byte & (byte >= 0xF0 ? 0x07 : byte >= 0xE0 ? 0x0F : 0x1F)
                return UInt32(bits) << shift | scalar
            }
            scalar |= UInt32(byte & 0x3F) << shift
            shift += 6
        }
    }
}
