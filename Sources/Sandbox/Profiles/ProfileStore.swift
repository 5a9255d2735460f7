import Crypto
import Foundation
import JSON

/// The profile database, with an index for everything that a profile is found by.
struct ProfileStore: Sendable {
    private(set) var profiles: [Profile] = []
    private var index: [Key: Rows] = [:]
    private var fieldNames: Set<String> = []
    let foldsEmail: Bool

    init(_ profiles: [Profile] = [], emailCase: EmailCase = .exact) {
        foldsEmail = emailCase == .folded
        for profile in profiles { insert(profile) }
    }

    /// What a profile is found by.
    enum Key: Hashable, Sendable {
        case id(String)
        case email(String)
        case phone(String)
        case subscribedEmail(String)
        case subscribedPhone(String)
        case push(provider: String, id: String)
        case field(name: String, text: String)
        case tag(name: String, text: String)
        case channelField(name: String, text: String)
        /// The lower-case hexadecimal MD5 or xxHash of the address.
        case hash(String)
    }

    /// The rows with one key: nearly always a single one.
    private enum Rows: Sendable {
        case one(Int)
        case many([Int])

        var all: [Int] {
            switch self {
            case .one(let row): [row]
            case .many(let rows): rows
            }
        }
    }

    subscript(_ row: Int) -> Profile { profiles[row] }

    /// The rows with a key, in the order they came in.
    func rows(_ key: Key) -> [Int] { index[key]?.all ?? [] }

    /// An address as it is compared.
    func spelled(_ email: String) -> String { foldsEmail ? email.lowercased() : email }

    /// Whether any profile has a field of that name.
    func knowsField(_ name: String) -> Bool { fieldNames.contains(name) }

    /// Adds a profile and gives its row.
    @discardableResult
    mutating func insert(_ profile: Profile) -> Int {
        profiles.append(profile)
        fieldNames.formUnion(profile.fields.keys)
        for key in keys(profile) { add(profiles.count - 1, key) }
        return profiles.count - 1
    }

    /// Puts another state of a profile in its place.
    mutating func update(_ row: Int, _ profile: Profile) {
        for key in keys(profiles[row]) { remove(row, key) }
        profiles[row] = profile
        fieldNames.formUnion(profile.fields.keys)
        for key in keys(profile) { add(row, key) }
    }

    private mutating func add(_ row: Int, _ key: Key) {
        switch index[key] {
        case nil: index[key] = .one(row)
        case .one(let other): index[key] = .many([other, row])
        case .many(var rows):
            index[key] = nil
            rows.append(row)
            index[key] = .many(rows)
        }
    }

    private mutating func remove(_ row: Int, _ key: Key) {
        let rest = rows(key).filter { $0 != row }
        index[key] = rest.isEmpty ? nil : rest.count == 1 ? .one(rest[0]) : .many(rest)
    }

    /// Every key of a profile, each once.
    private func keys(_ profile: Profile) -> Set<Key> {
        var keys: Set<Key> = [.id(profile.id)]
        if let email = profile.email {
            keys.insert(.email(spelled(email)))
            keys.formUnion(hashes(email))
        }
        if let phone = profile.phone { keys.insert(.phone(phone)) }
        for (name, value) in profile.fields {
            if let elements = value.elements {
                for element in elements { keys.insert(.tag(name: name, text: FieldText.of(element))) }
            } else if !value.isNull {
                keys.insert(.field(name: name, text: FieldText.of(value)))
            }
        }
        for subscription in profile.effectiveSubscriptions { keys.formUnion(self.keys(subscription)) }
        return keys
    }

    private func keys(_ subscription: Subscription) -> Set<Key> {
        var keys: Set<Key> = []
        if let email = subscription.email {
            keys.insert(.subscribedEmail(spelled(email)))
            keys.formUnion(hashes(email))
        }
        if let phone = subscription.phone { keys.insert(.subscribedPhone(phone)) }
        if let provider = subscription.provider, let id = subscription.subscriptionID {
            keys.insert(.push(provider: provider, id: id))
        }
        for (name, value) in subscription.customFields where !value.isNull {
            keys.insert(.channelField(name: name, text: FieldText.of(value)))
        }
        return keys
    }

    private func hashes(_ email: String) -> [Key] {
        let bytes = Array(spelled(email).utf8)
        let md5 = Insecure.MD5.hash(data: bytes).map { Self.hex(UInt64($0), digits: 2) }.joined()
        return [.hash(md5), .hash(Self.hex(XXHash64.hash(bytes), digits: 16))]
    }

    private static func hex(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
