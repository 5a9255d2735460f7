import JSON

/// A value of a mapping file together with its pointer: what the compiler walks over.
struct Place {
    /// The value.
    let node: JSONNode
    /// Where it stands.
    let pointer: JSONPointer

    /// The whole file.
    init(root: JSONNode) {
        node = root
        pointer = JSONPointer()
    }

    private init(node: JSONNode, pointer: JSONPointer) {
        self.node = node
        self.pointer = pointer
    }

    /// The value of a member, or nil.
    func member(_ name: String) -> Place? {
        node[name].map { Place(node: $0, pointer: pointer.appending(name)) }
    }

    /// The members of an object in order, each with its name's node; a repeated name only once.
    var members: [NamedPlace] {
        var seen = Set<JSONName>()
        return node.members.compactMap { member in
            let name = member.name
            guard seen.insert(JSONName(name)).inserted else { return nil }
            let place = Place(node: member.value, pointer: pointer.appending(name))
            return NamedPlace(name: name, nameNode: member.nameNode, place: place)
        }
    }

    /// The elements of an array in order.
    var elements: [Place] {
        node.elements.enumerated().map { number, node in
            Place(node: node, pointer: pointer.appending(String(number)))
        }
    }

    /// The text, or nil when the value is none.
    var text: String? { node.string }
}

/// A member of an object in a mapping file.
struct NamedPlace {
    /// The name.
    let name: String
    /// The name's own place.
    let nameNode: JSONNode
    /// The value.
    let place: Place
}
