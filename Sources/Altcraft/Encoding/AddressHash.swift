import CXXHash
import Crypto

/// The hashes by which a v1.0 link names an address.
///
/// Both are over the UTF-8 of the address as it is given. The documents say neither whether case matters nor which seed
/// is used: the mapping's pipe decides about case, and the seed is 0, as everywhere where none is named.
enum AddressHash {
    /// The MD5, as 32 lower-case hexadecimal digits.
    static func md5(_ address: String) -> String {
        Insecure.MD5.hash(data: Array(address.utf8)).map { hex(UInt64($0), digits: 2) }.joined()
    }

    /// The XXH64 with seed 0, as 16 lower-case hexadecimal digits.
    static func xxh64(_ address: String) -> String {
        let bytes = Array(address.utf8)
        let hash = unsafe bytes.withUnsafeBytes { unsafe XXH64($0.baseAddress, $0.count, 0) }
        return hex(hash, digits: 16)
    }

    private static func hex(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
