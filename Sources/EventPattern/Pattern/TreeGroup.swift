import JSON

/// Up to 64 `$or`-free trees evaluated in one walk over the value.
///
/// The trees are laid over one another: each path lists its value lists, and each list the trees that need it, as a set
/// of bits. One walk carries the set of trees that still hold, so a value is looked at once however many trees there
/// are, nothing is allocated, and no choice of pattern and event makes the walk longer than values × lists.
struct TreeGroup: Sendable {
    /// As many trees as there are bits in a word.
    static let capacity = 64

    /// A set of trees, one bit each.
    typealias Trees = UInt64

    /// A member that some tree asks for.
    private struct Member: Sendable {
        let name: JSONName
        /// The lists at this member, a range of `lists`.
        let lists: Range<Int>
        /// The object below this member, or -1.
        let child: Int
    }

    /// What is asked of an object at one path.
    private struct Object: Sendable {
        var members: [Member] = []
        /// The trees that have lists below this object.
        var trees: Trees = 0
        /// Those of them that hold where the object is absent.
        var absent: Trees = 0
    }

    /// A list and the trees that need it.
    private struct Demand: Sendable {
        let list: ValueList
        let trees: Trees
    }

    private var objects: [Object] = []
    private var lists: [Demand] = []
    private let all: Trees

    init(_ trees: ArraySlice<[PatternCondition]>, paths: PathTable, lists: [ValueList]) {
        all = trees.count == TreeGroup.capacity ? ~0 : (1 << Trees(trees.count)) - 1
        var layout = Layout(paths: paths)
        for (bit, tree) in trees.enumerated() {
            for condition in tree { layout.add(condition, tree: 1 << Trees(bit)) }
        }
        layout.propagate(lists)
        _ = build(PathTable.root, layout, lists)
    }

    /// Whether any of the trees holds.
    func matches(_ value: JSONNode?) -> Bool {
        evaluate(0, value, all) != 0
    }

    /// Which of the trees in question hold for the object at a path.
    private func evaluate(_ place: Int, _ value: JSONNode?, _ asked: Trees) -> Trees {
        guard let value else { return objects[place].absent & asked }
        switch value.kind {
        case .object: return evaluate(place, object: value, asked)
        case .array:
            var held: Trees = 0
            var sawContainer = false
            for element in value.elements where element.kind == .object || element.kind == .array {
                sawContainer = true
                held |= evaluate(place, element, asked & ~held)
                if held == asked { break }
            }
            return sawContainer ? held : objects[place].absent & asked
        default: return objects[place].absent & asked
        }
    }

    /// Takes trees out of the set as their lists fail, and ends when none is left.
    private func evaluate(_ place: Int, object value: JSONNode, _ asked: Trees) -> Trees {
        var held = asked
        for member in objects[place].members {
            let found = value.member(member.name)
            for demand in lists[member.lists] where demand.trees & held != 0 && !demand.list.holds(found) {
                held &= ~demand.trees
            }
            if member.child >= 0 {
                let needed = objects[member.child].trees & held
                if needed != 0 { held &= ~needed | evaluate(member.child, found, needed) }
            }
            if held == 0 { return 0 }
        }
        return held
    }
}

extension TreeGroup {
    /// What stands at each path of the pattern while a group is built.
    private struct Layout {
        let paths: PathTable
        /// By path: which list is needed by which trees.
        var demands: [[(list: Int, trees: Trees)]]
        /// By path: the trees with a list anywhere below.
        var below: [Trees]
        /// By path: the trees with a list below that does not accept absence.
        var present: [Trees]
        /// By path: the paths one name longer that are in use.
        var children: [[Int]]

        init(paths: PathTable) {
            self.paths = paths
            let count = paths.paths.count
            demands = Array(repeating: [], count: count)
            below = Array(repeating: 0, count: count)
            present = Array(repeating: 0, count: count)
            children = Array(repeating: [], count: count)
        }

        mutating func add(_ condition: PatternCondition, tree: Trees) {
            if let known = demands[condition.path].firstIndex(where: { $0.list == condition.list }) {
                demands[condition.path][known].trees |= tree
            } else {
                demands[condition.path].append((condition.list, tree))
            }
        }

        /// Tells every path what is below it; children have larger numbers than their parents.
        mutating func propagate(_ lists: [ValueList]) {
            for path in paths.paths.indices.dropFirst().reversed() {
                let parent = paths.paths[path].parent
                for demand in demands[path] {
                    below[parent] |= demand.trees
                    if !lists[demand.list].acceptsAbsent { present[parent] |= demand.trees }
                }
                below[parent] |= below[path]
                present[parent] |= present[path]
                if !demands[path].isEmpty || below[path] != 0 { children[parent].append(path) }
            }
        }
    }

    /// Lays out a path and what is below it; answers its place.
    private mutating func build(_ path: Int, _ layout: Layout, _ lists: [ValueList]) -> Int {
        let place = objects.count
        objects.append(Object(trees: layout.below[path], absent: layout.below[path] & ~layout.present[path]))
        var members: [Member] = []
        for child in layout.children[path].reversed() {
            let start = self.lists.count
            self.lists += layout.demands[child].map { Demand(list: lists[$0.list], trees: $0.trees) }
            let range = start..<self.lists.count
            let below = layout.below[child] == 0 ? -1 : build(child, layout, lists)
            members.append(Member(name: layout.paths.paths[child].name, lists: range, child: below))
        }
        // Leaves first: they are cheap, and often decide before anything below is looked at.
        objects[place].members = members.filter { $0.child < 0 } + members.filter { $0.child >= 0 }
        return place
    }
}
