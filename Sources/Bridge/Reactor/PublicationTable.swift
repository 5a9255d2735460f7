import Relay

/// Publishes under way: which delivery each belongs to, and for what.
struct PublicationTable {
    /// One publish under way.
    struct Entry {
        let delivery: DeliveryID
        let purpose: RelayPublication
    }

    private var next: UInt64 = 1
    private var entries: [UInt64: Entry] = [:]

    /// Notes a publish; returns its name.
    mutating func add(_ delivery: DeliveryID, _ purpose: RelayPublication) -> UInt64 {
        defer { next += 1 }
        entries[next] = Entry(delivery: delivery, purpose: purpose)
        return next
    }

    /// Takes a publish out; nil for one that is not under way.
    mutating func take(_ id: UInt64) -> Entry? {
        entries.removeValue(forKey: id)
    }
}
