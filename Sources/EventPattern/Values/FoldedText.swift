/// A text prepared for comparison without regard to case.
struct FoldedText: Sendable, Hashable {
    /// The folded scalars.
    let scalars: [UInt32]

    init(_ text: String) {
        scalars = CaseFolding.fold(Array(text.utf8)[...])
    }

    /// Whether a text is this one but for case.
    func equals(_ utf8: ArraySlice<UInt8>) -> Bool {
        var reader = ScalarReader(utf8)
        return consume(&reader) && reader.next() == nil
    }

    /// Whether a text begins with this one but for case.
    func isPrefix(of utf8: ArraySlice<UInt8>) -> Bool {
        var reader = ScalarReader(utf8)
        return consume(&reader)
    }

    /// Whether a text ends with this one but for case.
    func isSuffix(of utf8: ArraySlice<UInt8>) -> Bool {
        var reader = ScalarReader(utf8)
        for expected in scalars.reversed() {
            guard let scalar = reader.nextFromBack(), CaseFolding.fold(scalar) == expected else { return false }
        }
        return true
    }

    /// A hash of the folded form of any text: equal for texts that differ in case only.
    static func hash(_ utf8: ArraySlice<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        var reader = ScalarReader(utf8)
        while let scalar = reader.next() { hash = (hash ^ CaseFolding.fold(scalar)) &* 16_777_619 }
        return hash
    }

    /// The same hash of this text.
    var hash: UInt32 {
        scalars.reduce(2_166_136_261) { ($0 ^ $1) &* 16_777_619 }
    }

    private func consume(_ reader: inout ScalarReader) -> Bool {
        for expected in scalars {
            guard let scalar = reader.next(), CaseFolding.fold(scalar) == expected else { return false }
        }
        return true
    }
}
