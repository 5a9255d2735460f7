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
        /// The elements; nil without `for_each`.
        package let elements: ElementSet?
        /// What they bring along: the most attempts that one of them spent.
        package let history: LaunchHistory
    }

    /// Most groups taken from foreign bytes: no set has more mappings that want one event.
    static let mostGroups = 1_000
    /// Ranges longer than this travel as a bitmap.
    static let longestRanges = 1_024

    /// The groups, in the order in which their first launches came.
    package let groups: [Group]

    /// Groups what the relay says is owed.
    package init(_ owed: [OwedLaunch]) {
        var order: [Key] = []
        var members: [Key: [OwedLaunch]] = [:]
        for launch in owed {
            let key = Key(launch)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(launch)
        }
        groups = order.map { key in Group(key, members[key] ?? []) }
    }

    /// Reads the header of a message that came round; nil when it carries none, or one that is not ours.
    package init?(_ headers: AMQPTable?) {
        guard case .array(let values)? = headers?[BridgeHeader.owed.rawValue], values.count <= Self.mostGroups else {
            return nil
        }
        var groups: [Group] = []
        for value in values {
            guard case .table(let table) = value, let group = Group(table) else { return nil }
            groups.append(group)
        }
        self.groups = groups
    }

    /// The same launches for an operator who asks for them again: with all their attempts, and although an earlier
    /// outcome may be unknown.
    package func redriven() -> OwedLaunches {
        OwedLaunches(groups: groups.map(\.redriven))
    }

    private init(groups: [Group]) {
        self.groups = groups
    }

    /// The header.
    package var header: AMQPTable.Entry {
        AMQPTable.Entry(BridgeHeader.owed, .array(groups.map { .table($0.table) }))
    }

    fileprivate struct Key: Hashable {
        let mapping: String
        let version: String
        let hasElement: Bool
        let isUnsure: Bool
        let isRedriven: Bool

        init(_ launch: OwedLaunch) {
            mapping = launch.mapping
            version = launch.version
            hasElement = launch.element != nil
            isUnsure = launch.history.isUnsure
            isRedriven = launch.history.isRedriven
        }
    }
}

extension OwedLaunches.Group {
    fileprivate var redriven: OwedLaunches.Group {
        OwedLaunches.Group(
            mapping: mapping, version: version, elements: elements,
            history: LaunchHistory(isUnsure: history.isUnsure, isRedriven: true))
    }

    fileprivate init(_ key: OwedLaunches.Key, _ launches: [OwedLaunch]) {
        mapping = key.mapping
        version = key.version
        elements = key.hasElement ? ElementSet(launches.compactMap(\.element)) : nil
        history = LaunchHistory(
            attempts: launches.map(\.history.attempts).max() ?? 0,
            postponed: launches.map(\.history.postponed).max() ?? 0,
            isUnsure: key.isUnsure,
            isRedriven: key.isRedriven
        )
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
