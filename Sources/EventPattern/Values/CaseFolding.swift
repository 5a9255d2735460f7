/// Unicode simple case folding: the mappings of CaseFolding.txt with status C and S, one scalar to one scalar.
///
/// Simple, not full, because the lengths of two texts that differ in case only must stay equal scalar by scalar, so that
/// `prefix` and `suffix` mean what they say; `ß` and `ss` are therefore different texts.
enum CaseFolding {
    /// The folded form of a scalar.
    @inline(__always)
    static func fold(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
        return foldBeyondASCII(scalar)
    }

    /// The folded scalars of a text.
    static func fold(_ utf8: ArraySlice<UInt8>) -> [UInt32] {
        var scalars: [UInt32] = []
        scalars.reserveCapacity(utf8.count)
        var reader = ScalarReader(utf8)
        while let scalar = reader.next() { scalars.append(fold(scalar)) }
        return scalars
    }

    private static func foldBeyondASCII(_ scalar: UInt32) -> UInt32 {
        let runs = CaseFoldingTable.runs
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].last < scalar { low = middle + 1 } else { high = middle }
        }
        guard low < runs.count, runs[low].first <= scalar, (scalar - runs[low].first) % runs[low].step == 0 else {
            return scalar
        }
        return UInt32(Int64(scalar) + Int64(runs[low].distance))
    }
}
