extension JSONNode {
    /// The ways from the root to many values of one document, in the order of the values.
    ///
    /// One walk along the containers that hold any; ``location`` by itself looks through the siblings of each value again.
    package static func locations(of nodes: [JSONNode]) -> [[JSONStep]] {
        guard let first = nodes.first else { return [] }
        var walk = LocationWalk(nodes)
        walk.enter(first.document.root, path: [])
        return walk.locations
    }
}

/// The walk: values are met in the order of their rows.
private struct LocationWalk {
    private(set) var locations: [[JSONStep]]
    private let nodes: [JSONNode]
    private let order: [Int]
    private var next = 0

    init(_ nodes: [JSONNode]) {
        self.nodes = nodes
        order = nodes.indices.sorted { nodes[$0].index < nodes[$1].index }
        locations = Array(repeating: [], count: nodes.count)
    }

    private var wanted: Int? { next < order.count ? nodes[order[next]].index : nil }

    mutating func enter(_ node: JSONNode, path: [JSONStep]) {
        while wanted == node.index {
            locations[order[next]] = path
            next += 1
        }
        for member in node.members {
            guard let wanted, wanted < node.endIndex else { return }
            if wanted < member.value.endIndex { enter(member.value, path: path + [.name(member.name)]) }
        }
        for (place, element) in node.elements.enumerated() {
            guard let wanted, wanted < node.endIndex else { return }
            if wanted < element.endIndex { enter(element, path: path + [.index(place)]) }
        }
    }
}
