/// A hash that is the same in every process and on every machine (FNV-1a, 64 bits): it names things and proves nothing.
package struct StableHash: Sendable {
    /// The hash of what was taken in so far.
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The hash of nothing.
    package init() {}

    /// Takes in bytes and their end, so that `ab`,`c` and `a`,`bc` differ.
    package mutating func combine(_ bytes: [UInt8]) {
        combineAll(bytes)
    }

    /// Takes in a text and its end.
    package mutating func combine(_ text: String) {
        combineAll(text.utf8)
    }

    private mutating func combineAll(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        value = (value ^ 0xFF) &* 0x0000_0100_0000_01b3
    }
}

extension UInt64 {
    /// Sixteen hexadecimal digits.
    package var sixteenDigits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
