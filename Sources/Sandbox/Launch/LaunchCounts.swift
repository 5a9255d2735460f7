/// How often what was launched for whom: what a test compares with the events it published.
struct LaunchCounts: Sendable {
    /// A target, and the profile where it is known.
    struct Recipient: Hashable, Sendable {
        let kind: TargetKind
        let target: Int
        let profileID: String?
    }

    /// One event's launch: an event may launch several targets, each for several people, but each of them once.
    struct Event: Hashable, Sendable {
        let id: String
        let recipient: Recipient
    }

    /// Most entries of a table; beyond that only totals are counted.
    static let most = 2_000_000
    /// Most bytes of an event id that is told apart; longer ones are counted as not counted.
    static let longestID = 256

    private(set) var recipients: [Recipient: Int] = [:]
    private(set) var events: [Event: Int] = [:]
    /// The names of targets, for showing.
    private(set) var names: [TargetKind: [Int: String]] = [:]
    /// Launches whose event or recipient found no place in the tables.
    private(set) var uncounted = 0
    /// Launches without an event id.
    private(set) var withoutEvent = 0

    mutating func count(_ record: LaunchRecord) {
        let recipient = Recipient(kind: record.kind, target: record.target, profileID: record.profileID)
        names[record.kind, default: [:]][record.target] = record.name
        var isFull = false
        if recipients.count < Self.most || recipients[recipient] != nil {
            recipients[recipient, default: 0] += 1
        } else {
            isFull = true
        }
        if let id = record.eventID {
            let event = Event(id: id, recipient: recipient)
            if id.utf8.count <= Self.longestID, events.count < Self.most || events[event] != nil {
                events[event, default: 0] += 1
            } else {
                isFull = true
            }
        } else {
            withoutEvent += 1
        }
        if isFull { uncounted += 1 }
    }
}

extension LaunchCounts.Recipient: Comparable {
    /// Campaigns first, then by number and profile.
    static func < (left: Self, right: Self) -> Bool {
        (left.kind.rawValue, left.target, left.profileID ?? "")
            < (right.kind.rawValue, right.target, right.profileID ?? "")
    }
}

extension LaunchCounts.Event: Comparable {
    /// By event, then by recipient.
    static func < (left: Self, right: Self) -> Bool {
        left.id == right.id ? left.recipient < right.recipient : left.id < right.id
    }
}
