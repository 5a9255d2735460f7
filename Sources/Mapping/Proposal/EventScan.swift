import JSON

/// The places of an event, the shallowest first; elements of a list share a place.
struct EventScan {
    /// A place: the path to it, and what the event has there.
    struct Spot {
        /// The path, with `[*]` for lists.
        let path: String
        /// The member names on the way, in lower case.
        let names: [String]
        /// Whether the path selects one value at most.
        let isSingular: Bool
        /// The values there.
        var nodes: [JSONNode]

        /// The last name on the way.
        var name: String { names.last ?? "" }
        /// The texts there.
        var texts: [String] { nodes.compactMap(\.string) }
    }

    /// The places in the order in which they were met.
    private(set) var spots: [Spot] = []

    /// More places are not looked at: an event that is bigger is looked at in part.
    private static let mostPlaces = 4_000

    init(_ root: JSONNode) {
        var numbers: [String: Int] = [:]
        var open = [Spot(path: "$", names: [], isSingular: true, nodes: [root])]
        var at = 0
        while at < open.count, at < EventScan.mostPlaces {
            let spot = open[at]
            at += 1
            if let number = numbers[spot.path] {
                spots[number].nodes += spot.nodes
            } else {
                numbers[spot.path] = spots.count
                spots.append(spot)
            }
            for node in spot.nodes { open += EventScan.children(of: node, at: spot) }
        }
    }

    private static func children(of node: JSONNode, at spot: Spot) -> [Spot] {
        if node.kind == .array {
            let path = PathSpelling.elements(of: spot.path)
            return node.elements.prefix(50).map { element in
                Spot(path: path, names: spot.names, isSingular: false, nodes: [element])
            }
        }
        return node.members.map { member in
            Spot(
                path: PathSpelling.member(member.name, of: spot.path), names: spot.names + [member.name.lowercased()],
                isSingular: spot.isSingular, nodes: [member.value])
        }
    }
}
