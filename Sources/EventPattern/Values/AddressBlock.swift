/// A block of internet addresses as in `10.0.0.0/8` or `2001:db8::/32`.
struct AddressBlock: Sendable, Hashable {
    /// The address with its host bits cleared.
    private let network: InternetAddress
    private let mask: UInt128

    /// Reads an address and the length of its mask; bits of the host part are ignored.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, let address = InternetAddress(Array(parts[0])[...]) else { return nil }
        let digits = Array(parts[1])
        guard (1...3).contains(digits.count), digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }),
            digits.count == 1 || digits[0] != UInt8(ascii: "0")
        else { return nil }
        let length = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        let width = address.width
        guard length <= width else { return nil }
        mask = length == 0 ? 0 : (~UInt128(0) << UInt128(128 - length)) >> UInt128(128 - width)
        network = InternetAddress(bits: address.bits & mask, width: width)
    }

    /// Whether a text is an address of this family inside the block.
    func contains(_ text: ArraySlice<UInt8>) -> Bool {
        InternetAddress(text).map(contains) ?? false
    }

    /// Whether an address is of this family and inside the block.
    func contains(_ address: InternetAddress) -> Bool {
        address.width == network.width && address.bits & mask == network.bits
    }

    /// Whether the two blocks share addresses: one of two blocks holds the other, or they are apart.
    func overlaps(_ other: AddressBlock) -> Bool {
        network.width == other.network.width && network.bits & other.mask == other.network.bits & mask
    }

    /// The block's first address as text.
    var firstAddress: String { network.text }
}
