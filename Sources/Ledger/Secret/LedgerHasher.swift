import Crypto

/// Makes keyed hashes (HMAC-SHA256, cut short) of what the ledger must recognise and must not show.
///
/// The key lies beside the ledger. Each kind of value has its own first byte, so that equal texts of different kinds
/// have nothing in common.
package struct LedgerHasher: Sendable {
    private let prepared: HMAC<SHA256>

    /// What a text stands for.
    private enum Kind: UInt8 {
        case key = 1
        case event = 2
        case recipient = 3
        case check = 4
    }

    /// A hasher with a secret.
    package init(secret: [UInt8]) {
        prepared = HMAC(key: SymmetricKey(data: secret))
    }

    /// The key of a launch; the parts are told apart by their lengths.
    package func key(mapping: String, value: String, element: String) -> LedgerKey {
        let (first, second) = hash(.key, mapping, value, element)
        return LedgerKey(first: first, second: second)
    }

    /// The hash of an event's identity.
    package func event(_ id: String) -> Int64 {
        hash(.event, id).0
    }

    /// The hash of a recipient, whichever way the address or number is written.
    package func recipient(_ text: String) -> Int64 {
        let (hash, _) = hash(.recipient, RecipientIdentity.normalized(text))
        // 0 stands for "nobody" in the file.
        return hash == 0 ? 1 : hash
    }

    /// Tells in the ledger which key it was written with.
    var check: Int64 { hash(.check, "trigger-bridge ledger").0 }

    private func hash(_ kind: Kind, _ parts: String...) -> (Int64, Int64) {
        var message: [UInt8] = []
        message.reserveCapacity(128)
        message.append(kind.rawValue)
        for part in parts {
            let length = UInt32(truncatingIfNeeded: part.utf8.count)
            for shift in [0, 8, 16, 24] as [UInt32] { message.append(UInt8(truncatingIfNeeded: length >> shift)) }
            message.append(contentsOf: part.utf8)
        }
        var mac = prepared
        mac.update(data: message)
        var halves: (UInt64, UInt64) = (0, 0)
        for (place, byte) in mac.finalize().enumerated() {
            switch place {
            case ..<8: halves.0 = halves.0 << 8 | UInt64(byte)
            case ..<16: halves.1 = halves.1 << 8 | UInt64(byte)
            default: break
            }
        }
        return (Int64(bitPattern: halves.0), Int64(bitPattern: halves.1))
    }
}
