/// Makes keyed hashes (HMAC-SHA256, cut short) of what the ledger must recognise and must not show.
///
/// The key lies beside the ledger. Each kind of value has its own first byte, so that equal texts of different kinds
/// have nothing in common.
package struct LedgerHasher: Sendable {
    private let keyed: KeyedHash

    /// What a text stands for.
    private enum Kind: UInt8 {
        case key = 1
        case event = 2
        case recipient = 3
        case check = 4
    }

    /// A hasher with a secret.
    package init(secret: [UInt8]) {
        keyed = KeyedHash(key: secret)
    }

    /// The identity of a launch: of a mapping, by its deduplication key and element, for an event.
    package func identity(mapping: String, value: String, element: String, event: String) -> LaunchIdentity {
        identity(mapping: mapping, value: value, element: element, eventHash: self.event(event))
    }

    /// The same where the event's hash is known already: many launches may be of one event.
    package func identity(mapping: String, value: String, element: String, eventHash: Int64) -> LaunchIdentity {
        // The parts are told apart by their lengths: "a" and "bc" are not "ab" and "c".
        var message = Message(.key)
        message.append(mapping)
        message.append(value)
        message.append(element)
        let (first, second) = hash(message)
        return LaunchIdentity(key: LedgerKey(first: first, second: second), event: eventHash)
    }

    /// The hash of an event's identity.
    package func event(_ id: String) -> Int64 {
        hash(.event, id)
    }

    /// The hash of a recipient, whichever way the address or number is written.
    package func recipient(_ text: String) -> Int64 {
        let hash = hash(.recipient, RecipientIdentity.normalized(text))
        // 0 stands for "nobody" in the file.
        return hash == 0 ? 1 : hash
    }

    /// Tells in the ledger which key it was written with.
    var check: Int64 { hash(.check, "trigger-bridge ledger") }

    private func hash(_ kind: Kind, _ text: String) -> Int64 {
        var message = Message(kind)
        message.append(text)
        return hash(message).0
    }

    private func hash(_ message: Message) -> (Int64, Int64) {
        let (first, second) = keyed(message.bytes)
        return (Int64(bitPattern: first), Int64(bitPattern: second))
    }

    /// What is hashed: the kind, then each part behind its length.
    private struct Message {
        private(set) var bytes: [UInt8] = []

        init(_ kind: Kind) {
            bytes.reserveCapacity(128)
            bytes.append(kind.rawValue)
        }

        mutating func append(_ part: String) {
            let length = UInt32(truncatingIfNeeded: part.utf8.count)
            bytes.append(UInt8(truncatingIfNeeded: length))
            bytes.append(UInt8(truncatingIfNeeded: length >> 8))
            bytes.append(UInt8(truncatingIfNeeded: length >> 16))
            bytes.append(UInt8(truncatingIfNeeded: length >> 24))
            bytes.append(contentsOf: part.utf8)
        }
    }
}
