package import AMQP
package import Relay

/// The launches that a message still owes, as they travel in its `x-bridge-owed` header.
///
/// An array with a table for each mapping and kind of history: name, version, how often it was tried, and which elements
/// (ranges, or a bitmap where those are longer). So 50,000 owed elements take some kilobytes, far below a frame.
package struct OwedLaunches: Sendable, Equatable {
    /// The launches of one mapping that share a history.
    package struct Group: Sendable, Equatable {
        /// The mapping's name.
        package let mapping: String
        /// Its version when the event was evaluated.
        package let version: String
        /// The elements; nil without `for_each`, and where all of them are owed.
        package let elements: ElementSet?
        /// What they bring along.
        package let history: LaunchHistory
    }

    /// Most groups taken from foreign bytes: no set has more mappings that want one event.
    static let mostGroups = 1_000
    /// Ranges longer than this travel as a bitmap.
    static let longestRanges = 1_024
    /// Most bytes of the header: the rest of the frame is the event's.
    static let mostBytes = 48 * 1024

    /// The groups, in the order in which their first launches came.
    package let groups: [Group]

    /// Groups what the relay says is owed, as finely as the header has room for.
    ///
    /// A header that is too small for the attempts of each gives the least of them to all of a mapping; one that is too
    /// small for the elements owes all of them, as the ledger knows those that were launched.
    ///
    /// - Returns: nil where nothing is owed, or not even that fits: the event is evaluated anew when it comes round.
    ///
    /// - Parameter kept: Groups of an earlier header that go on as they are.
    package init?(_ owed: [OwedLaunch], kept: [Group] = [], mostBytes: Int = mostBytes) {
        guard !owed.isEmpty || !kept.isEmpty else { return nil }
        for grain in Grain.allCases {
            self.init(groups: Self.groups(owed, grain) + kept)
            if groups.count <= Self.mostGroups, KeptMessage.size([header]) <= mostBytes { return }
        }
        return nil
    }

    /// Reads the header of a message that came round; nil when it carries none, or one that is not ours: what nobody
    /// writes is a header that owes nothing, or that owes a launch twice.
    package init?(_ headers: AMQPTable?) {
        guard case .array(let values)? = headers?[BridgeHeader.owed.rawValue], !values.isEmpty,
            values.count <= Self.mostGroups
        else { return nil }
        var groups: [Group] = []
        for value in values {
            guard case .table(let table) = value, let group = Group(table) else { return nil }
            groups.append(group)
        }
        self.groups = groups
        guard shares.allSatisfy(\.isOwedOnce) else { return nil }
    }

    /// The same launches for an operator who asks for them again: with all their attempts, and although an earlier
    /// outcome may be unknown.
    package func redriven() -> OwedLaunches {
        OwedLaunches(groups: groups.map(\.redriven))
    }

    /// What is owed of each mapping, in the order in which the mappings come.
    package var shares: [OwedShare] {
        var order: [String] = []
        var members: [String: [Group]] = [:]
        for group in groups {
            if members[group.mapping] == nil { order.append(group.mapping) }
            members[group.mapping, default: []].append(group)
        }
        return order.map { OwedShare(mapping: $0, groups: members[$0] ?? []) }
    }

    private init(groups: [Group]) {
        self.groups = groups
    }

    /// The header.
    package var header: AMQPTable.Entry {
        AMQPTable.Entry(BridgeHeader.owed, .array(groups.map { .table($0.table) }))
    }
}

extension OwedLaunches {
    /// How finely launches are grouped: each step takes less room than the one before.
    private enum Grain: CaseIterable {
        /// By mapping and all of their history: one that has failed nine times stays alone with that.
        case history
        /// By mapping and what is known of the outcome.
        case outcome
        /// By mapping.
        case mapping
    }

    private struct Key: Hashable {
        let mapping: String
        let version: String
        let hasElement: Bool
        let isUnsure: Bool
        let isRedriven: Bool
        let attempts: Int

        init(_ launch: OwedLaunch, _ grain: Grain) {
            mapping = launch.mapping
            version = launch.version
            hasElement = grain != .mapping && launch.element != nil
            isUnsure = grain != .mapping && launch.history.isUnsure
            isRedriven = grain != .mapping && launch.history.isRedriven
            attempts = grain == .history ? launch.history.attempts : 0
        }
    }

    private static func groups(_ owed: [OwedLaunch], _ grain: Grain) -> [Group] {
        var order: [Key] = []
        var members: [Key: [OwedLaunch]] = [:]
        for launch in owed {
            let key = Key(launch, grain)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(launch)
        }
        return order.map { key in
            let launches = members[key] ?? []
            return Group(
                mapping: key.mapping, version: key.version,
                elements: key.hasElement ? ElementSet(launches.compactMap(\.element)) : nil,
                history: LaunchHistory(joining: launches.map(\.history)))
        }
    }
}

extension LaunchHistory {
    /// The history of launches that cannot be told apart any more: none is parked for the failures of another.
    init(joining histories: [LaunchHistory]) {
        self.init(
            attempts: histories.map(\.attempts).min() ?? 0,
            postponed: histories.map(\.postponed).max() ?? 0,
            isUnsure: histories.contains(where: \.isUnsure),
            isRedriven: !histories.isEmpty && histories.allSatisfy(\.isRedriven)
        )
    }
}

extension OwedLaunches.Group {
    fileprivate var redriven: OwedLaunches.Group {
        OwedLaunches.Group(
            mapping: mapping, version: version, elements: elements,
            history: LaunchHistory(isUnsure: history.isUnsure, isRedriven: true))
    }

    fileprivate var table: AMQPTable {
        var table: AMQPTable = ["mapping": .text(AMQPText(mapping)), "version": .text(AMQPText(version))]
        if let elements {
            let ranges = elements.ranges
            let isShort = ranges.utf8.count <= OwedLaunches.longestRanges
            table.append("elements", isShort ? .text(AMQPText(ranges)) : .bytes(elements.bitmap))
        }
        table.append("attempts", .int64(Int64(history.attempts)))
        if history.postponed > 0 { table.append("postponed", .int64(Int64(history.postponed))) }
        if history.isUnsure { table.append("unsure", .boolean(true)) }
        if history.isRedriven { table.append("redriven", .boolean(true)) }
        return table
    }

    fileprivate init?(_ table: AMQPTable) {
        guard case .text(let name)? = table["mapping"], let mapping = name.string,
            case .text(let version)? = table["version"], let version = version.string
        else { return nil }
        switch table["elements"] {
        case nil: elements = nil
        case .text(let text)?:
            guard let ranges = text.string, let set = ElementSet(ranges: ranges) else { return nil }
            elements = set
        case .bytes(let bytes)?:
            guard let set = ElementSet(bitmap: bytes) else { return nil }
            elements = set
        default: return nil
        }
        self.mapping = mapping
        self.version = version
        history = LaunchHistory(
            attempts: Self.count(table["attempts"]),
            postponed: Self.count(table["postponed"]),
            isUnsure: table["unsure"] == .boolean(true),
            isRedriven: table["redriven"] == .boolean(true)
        )
    }

    /// A count from foreign bytes: whatever is no sensible one is none.
    private static func count(_ value: AMQPValue?) -> Int {
        guard let count = value?.integer, (0...1_000_000).contains(count) else { return 0 }
        return Int(count)
    }
}
