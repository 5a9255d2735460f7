/// One index for all mappings: which of them want an event, at a cost that depends on those that could, not on how many
/// there are.
///
/// Every mapping is filed under one access predicate: its routing keys, or for each of its `$or`-free trees the one
/// condition that fewest others share. An event is looked up under what it is; each candidate is then asked itself, and
/// that answer alone decides. So the index may find too many, and tests hold it against asking every mapping.
/// Immutable and free to share: build a new one beside it and swap.
package struct EventIndex: Sendable {
    /// A mapping's condition under its id; held by reference, as every event asks for its candidates' conditions.
    final class Entry: Sendable {
        let id: Int
        let condition: EventCondition

        init(id: Int, condition: EventCondition) {
            self.id = id
            self.condition = condition
        }
    }

    /// The mappings in the order of their ids.
    let entries: [Entry]
    /// Places in `entries` by posting number.
    let postings: [[Int]]
    let routing: RoutingTrie
    let parts: [(part: EventPart, index: PathIndex)]
    /// Places of the mappings that no predicate finds: they are candidates for every event.
    let always: [Int]

    /// The ids of mappings with conditions on content none of which can serve as an access predicate (only
    /// `anything-but`, `exists: false`, `cidr`, wildcards that begin and end with `*`, and the like): remark W240.
    package let residual: [Int]

    /// Builds an index.
    ///
    /// - Parameter conditions: The mappings' conditions. An id may come several times: any of its conditions will do.
    package init(_ conditions: [(id: Int, condition: EventCondition)]) {
        let entries = conditions.enumerated()
            .sorted { ($0.element.id, $0.offset) < ($1.element.id, $1.offset) }
            .map { Entry(id: $0.element.id, condition: $0.element.condition) }
        var builder = IndexBuilder(entries)
        builder.fileAll()
        self.entries = entries
        postings = builder.postings
        routing = builder.routing
        parts = builder.partIndexes()
        always = builder.always
        residual = EventIndex.distinct(builder.residual.map { entries[$0].id })
    }

    /// The ids of the mappings that want an event, in ascending order.
    package func match(_ event: EventView) -> [Int] {
        let words = RoutingKeyPattern.split(event.routingKey[...])
        var ids: [Int] = []
        for place in places(event, words) {
            let entry = entries[place]
            guard ids.last != entry.id, entry.condition.matchesTransport(exchange: event.exchange, words: words),
                entry.condition.matchesContent(event)
            else { continue }
            ids.append(entry.id)
        }
        return ids
    }

    /// The ids that the index proposes before they are asked, in ascending order: never too few.
    package func candidates(_ event: EventView) -> [Int] {
        EventIndex.distinct(places(event, RoutingKeyPattern.split(event.routingKey[...])).map { entries[$0].id })
    }

    /// The places of all candidates, ascending and once each.
    private func places(_ event: EventView, _ words: [ArraySlice<UInt8>]) -> [Int] {
        var found = Postings()
        if !routing.isEmpty { routing.find(exchange: event.exchange, words: words, into: &found) }
        for (part, index) in parts {
            if let node = event.node(part) { index.find(in: node, into: &found) }
        }
        let numbers = found.all()
        if numbers.isEmpty { return always }
        if numbers.count == 1, always.isEmpty { return postings[numbers[0]] }
        var places = always
        for number in numbers { places += postings[number] }
        return EventIndex.distinct(places.sorted())
    }

    /// Leaves out repetitions of numbers that stand in order.
    private static func distinct(_ sorted: [Int]) -> [Int] {
        var distinct: [Int] = []
        distinct.reserveCapacity(sorted.count)
        for number in sorted where distinct.last != number { distinct.append(number) }
        return distinct
    }
}
