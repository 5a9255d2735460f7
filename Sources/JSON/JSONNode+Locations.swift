extension JSONNode {
    /// The ways from the root to many values of one document, in the order of the values.
    ///
    /// One walk along the containers that hold any; ``location`` by itself looks through the siblings of each value again.
    package static func locations(of nodes: [JSONNode]) -> JSONLocations {
        JSONLocations(of: nodes)
    }
}

/// The ways from the root to many values of one document.
///
/// Ways share their beginnings, and each is put together when it is asked for: many values deep down in a document would
/// otherwise take far more memory than the document.
package struct JSONLocations: RandomAccessCollection, Sendable {
    /// A value on a way: the place of what it stands in, and where there.
    fileprivate struct Place: Sendable {
        let container: Int
        let step: Step
    }

    fileprivate enum Step: Sendable {
        /// The root, which stands in nothing.
        case none
        /// The row of a member's name.
        case member(Int)
        /// An element's number.
        case element(Int)
    }

    private let document: JSONDocument?
    private let places: [Place]
    /// By value: its place.
    private let ends: [Int]

    fileprivate init(of nodes: [JSONNode]) {
        document = nodes.first?.document
        var walk = LocationWalk(nodes)
        if let document { walk.enter(document.root) }
        (places, ends) = (walk.places, walk.ends)
    }

    /// The first place.
    package var startIndex: Int { 0 }
    /// The place after the last.
    package var endIndex: Int { ends.count }

    /// The way to a value.
    package subscript(_ position: Int) -> [JSONStep] {
        var steps: [JSONStep] = []
        var place = places[ends[position]]
        while let step = step(place) {
            steps.append(step)
            place = places[place.container]
        }
        return steps.reversed()
    }

    private func step(_ place: Place) -> JSONStep? {
        switch place.step {
        case .none: nil
        case .member(let row): .name(document?.node(at: row).string ?? "")
        case .element(let index): .index(index)
        }
    }
}

/// The walk: values are met in the order of their rows.
private struct LocationWalk {
    private(set) var places = [JSONLocations.Place(container: 0, step: .none)]
    private(set) var ends: [Int]
    private let nodes: [JSONNode]
    private let order: [Int]
    private var next = 0

    init(_ nodes: [JSONNode]) {
        self.nodes = nodes
        order = nodes.indices.sorted { nodes[$0].index < nodes[$1].index }
        ends = Array(repeating: 0, count: nodes.count)
    }

    private var wanted: Int? { next < order.count ? nodes[order[next]].index : nil }

    /// Looks into the value whose place was the last to be noted.
    mutating func enter(_ node: JSONNode) {
        let place = places.count - 1
        while wanted == node.index {
            ends[order[next]] = place
            next += 1
        }
        for member in node.members {
            guard let wanted, wanted < node.endIndex else { return }
            if wanted < member.value.endIndex {
                places.append(JSONLocations.Place(container: place, step: .member(member.nameNode.index)))
                enter(member.value)
            }
        }
        for (index, element) in node.elements.enumerated() {
            guard let wanted, wanted < node.endIndex else { return }
            if wanted < element.endIndex {
                places.append(JSONLocations.Place(container: place, step: .element(index)))
                enter(element)
            }
        }
    }
}
