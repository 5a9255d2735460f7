import JSON

/// The member paths of a pattern, each with a number; a path is its parent and one name.
///
/// Names are told apart by their UTF-8 (`JSONName`), where `String` would take canonically equivalent ones for equal.
struct PathTable: Sendable {
    struct Path: Sendable {
        let parent: Int
        let name: JSONName
    }

    static let root = 0

    private(set) var paths = [Path(parent: -1, name: JSONName(""))]
    private var places: [Key: Int] = [:]

    private struct Key: Hashable {
        let parent: Int
        let name: JSONName
    }

    /// The number of a member's path; a parent's is always smaller than its members'.
    mutating func child(of parent: Int, named name: JSONName) -> Int {
        let key = Key(parent: parent, name: name)
        if let place = places[key] { return place }
        let place = paths.count
        paths.append(Path(parent: parent, name: name))
        places[key] = place
        return place
    }

    /// The names from the root to a path.
    func names(of path: Int) -> [JSONName] {
        var names: [JSONName] = []
        var place = path
        while place != PathTable.root {
            names.append(paths[place].name)
            place = paths[place].parent
        }
        return names.reversed()
    }
}

/// A value list at a path.
struct PatternCondition: Sendable, Hashable {
    /// The number of the path.
    let path: Int
    /// The number of the list.
    let list: Int
}
