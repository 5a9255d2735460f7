/// A member of an object: its name's place and its value.
package struct JSONMember: Sendable {
    /// The name as a node, for its position and raw bytes.
    package let nameNode: JSONNode
    /// The value.
    package let value: JSONNode

    /// The name.
    package var name: String { nameNode.string ?? "" }
}

/// The members of an object in the order of the text; none for other kinds.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var place: Int
    let end: Int

    /// The next member, or nil after the last.
    package mutating func next() -> JSONMember? {
        guard place < end else { return nil }
        let name = JSONNode(document: document, index: place)
        let value = JSONNode(document: document, index: place + 1)
        place = Int(document.entries[place + 1].next)
        return JSONMember(nameNode: name, value: value)
    }
}

/// The elements of an array in order; none for other kinds.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var place: Int
    let end: Int

    /// The next element, or nil after the last.
    package mutating func next() -> JSONNode? {
        guard place < end else { return nil }
        let element = JSONNode(document: document, index: place)
        place = Int(document.entries[place].next)
        return element
    }
}

/// The arrays and objects in a value, itself first, in the order of the text: a whole subtree without recursion.
package struct JSONContainers: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var place: Int
    let end: Int

    /// The next container, or nil after the last.
    package mutating func next() -> JSONNode? {
        while place < end {
            let node = JSONNode(document: document, index: place)
            place += 1
            if node.kind == .array || node.kind == .object { return node }
        }
        return nil
    }
}

extension JSONNode {
    /// The arrays and objects in this value, itself first; none for a leaf.
    package var containers: JSONContainers {
        JSONContainers(document: document, place: index, end: endIndex)
    }

    /// The members of an object; none for other kinds.
    package var members: JSONMembers {
        let entry = entry
        let end = entry.kind == .object ? Int(entry.next) : 0
        return JSONMembers(document: document, place: index + 1, end: end)
    }

    /// The elements of an array; none for other kinds.
    package var elements: JSONElements {
        let entry = entry
        let end = entry.kind == .array ? Int(entry.next) : 0
        return JSONElements(document: document, place: index + 1, end: end)
    }

    /// The value of the member with this name, or nil; the first one where names repeat.
    package func member(_ name: JSONName) -> JSONNode? {
        document.row(of: name, in: index).map(document.node)
    }

    /// The value of the member with this name, or nil.
    package subscript(_ name: String) -> JSONNode? {
        member(JSONName(name))
    }

    /// The element at this place, counted from 0, or nil.
    ///
    /// Walks the array: for all elements use ``elements``.
    package func element(_ position: Int) -> JSONNode? {
        document.row(ofElement: position, in: index).map(document.node)
    }

    /// The row after this value and all that is in it: rows from `index` up to it are the value.
    package var endIndex: Int { Int(entry.next) }

    /// The way from the root to this value.
    package var location: [JSONStep] {
        var steps: [JSONStep] = []
        var container = document.root
        while container.index != index {
            guard let (step, child) = container.child(holding: index) else { return steps }
            steps.append(step)
            container = child
        }
        return steps
    }

    private func child(holding row: Int) -> (JSONStep, JSONNode)? {
        for member in members where (member.value.index..<member.value.endIndex).contains(row) {
            return (.name(member.name), member.value)
        }
        for (place, element) in elements.enumerated() where (element.index..<element.endIndex).contains(row) {
            return (.index(place), element)
        }
        return nil
    }
}

/// One step on the way to a value: a member's name or an element's place from 0.
package enum JSONStep: Sendable, Hashable {
    case name(String)
    case index(Int)
}
