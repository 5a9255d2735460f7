import JSON

/// The conditions of one or two trees laid over one another by path, from which a value is built that meets them all.
struct WitnessTree {
    /// Why there is no value.
    enum Failure: Error {
        /// No value can meet the conditions.
        case impossible
        /// None was found.
        case unknown
    }

    /// What stands at one path.
    private final class Place {
        var lists: [(list: ValueList, owner: Int)] = []
        var members: [(name: JSONName, place: Place)] = []
        private var places: [JSONName: Place] = [:]

        func member(_ name: JSONName) -> Place {
            if let known = places[name] { return known }
            let place = Place()
            members.append((name, place))
            places[name] = place
            return place
        }
    }

    private let root = Place()
    /// Paths that are known to hold lists: there, each owner may have an element of its own.
    private let arrays: Set<[String]>
    private var owners = 0

    init(arrays: Set<[String]>) {
        self.arrays = arrays
    }

    /// Adds the conditions of a tree, which become one owner's.
    mutating func add(_ tree: [PatternCondition], of pattern: EventPattern) {
        for condition in tree {
            var place = root
            for name in pattern.paths.names(of: condition.path) { place = place.member(name) }
            place.lists.append((pattern.lists[condition.list], owners))
        }
        owners += 1
    }

    /// A value that meets all conditions, as far as each path on its own can tell.
    func value() throws(Failure) -> JSONValue {
        try object(root, [], 0..<owners)
    }

    /// An object with what its members must hold for some of the owners.
    private func object(_ place: Place, _ path: [String], _ owners: Range<Int>) throws(Failure) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = []
        for (name, place) in place.members {
            if let value = try value(place, path + [name.text], owners) { members.append((name.text, value)) }
        }
        return .object(members)
    }

    /// The value at a path; nil where nothing may stand.
    private func value(_ place: Place, _ path: [String], _ owners: Range<Int>) throws(Failure) -> JSONValue? {
        let isArray = arrays.contains(path)
        var elements: [JSONValue] = []
        do {
            elements = try self.elements(place, path, owners)
        } catch {
            guard isArray, error == .impossible, owners.count > 1 else { throw error }
            for owner in owners { elements += try self.elements(place, path, owner..<(owner + 1)) }
        }
        if elements.isEmpty { return nil }
        return isArray || elements.count > 1 ? .array(elements) : elements[0]
    }

    /// The leaf and the object that a path must hold; both only where conditions speak about both.
    private func elements(_ place: Place, _ path: [String], _ owners: Range<Int>) throws(Failure) -> [JSONValue] {
        var elements: [JSONValue] = []
        switch try meeting(place.lists.filter { owners.contains($0.owner) }.map(\.list)) {
        case .leaf(let value): elements.append(value)
        case .absent: break
        case .impossible: throw .impossible
        case .unknown: throw .unknown
        }
        if !place.members.isEmpty { elements.append(try object(place, path, owners)) }
        return elements
    }

    /// What the lists at one path share; a tree has one list for a path, so there are at most two.
    private func meeting(_ lists: [ValueList]) throws(Failure) -> LeafMeeting {
        switch lists.count {
        case 0: return .absent
        case 1: return LeafMeeting(lists[0])
        case 2: return LeafMeeting(lists[0], lists[1])
        default: throw .unknown
        }
    }
}
