import JSON

/// The access predicates for one part of an event: a trie of member names with look-up tables where predicates stand.
///
/// A document is walked along the trie only, so members that no mapping asks for are never looked at.
struct PathIndex: Sendable {
    private struct Node: Sendable {
        var children: [(name: JSONName, node: Int)] = []
        /// The children by the hash of their names; filled when they are many.
        var byHash: [UInt32: [Int]] = [:]
        var table: LeafTable?
    }

    /// From how many children on the members of an event are looked up, instead of the children among the members.
    private static let manyChildren = 8

    private var nodes: [Node]

    /// Makes the index of the paths in use, whose tables are given by path.
    init(paths: PathTable, tables: [Int: LeafTable]) {
        var wanted = Set<Int>()
        for path in tables.keys {
            var place = path
            while place >= PathTable.root, wanted.insert(place).inserted { place = paths.paths[place].parent }
        }
        let order = wanted.union([PathTable.root]).sorted()
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.element, $0.offset) })
        nodes = order.map { Node(table: tables[$0]) }
        for path in order.dropFirst() {
            guard let parent = places[paths.paths[path].parent], let place = places[path] else { continue }
            nodes[parent].children.append((paths.paths[path].name, place))
        }
        for place in nodes.indices where nodes[place].children.count > Self.manyChildren {
            for (child, (name, _)) in nodes[place].children.enumerated() {
                nodes[place].byHash[name.hash, default: []].append(child)
            }
        }
    }

    /// Adds the postings of all predicates that some leaf of the value meets.
    func find(in value: JSONNode, into found: inout Postings) {
        visit(0, value, &found)
    }

    /// Walks arrays at every level, as both `tree` and `field` of the definition do; that may find too much, never
    /// too little.
    private func visit(_ place: Int, _ value: JSONNode, _ found: inout Postings) {
        switch value.kind {
        case .array: for element in value.elements { visit(place, element, &found) }
        case .object: visitMembers(place, value, &found)
        default: nodes[place].table?.find(value, into: &found)
        }
    }

    /// Looks few children up among the members, or the members up among many children: the cost is that of the
    /// smaller side.
    private func visitMembers(_ place: Int, _ value: JSONNode, _ found: inout Postings) {
        guard nodes[place].byHash.isEmpty else {
            for member in value.members {
                guard let known = nodes[place].byHash[member.nameNode.stringHash] else { continue }
                for child in known where member.nameNode.equals(nodes[place].children[child].name) {
                    visit(nodes[place].children[child].node, member.value, &found)
                }
            }
            return
        }
        for child in nodes[place].children {
            if let member = value.member(child.name) { visit(child.node, member, &found) }
        }
    }
}
