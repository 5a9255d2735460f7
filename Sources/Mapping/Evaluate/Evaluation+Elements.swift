import EventPattern
import Functions
import JSON
import JSONPath
import Outcome

/// The elements of `for_each`.
extension Evaluation {
    /// An element that is launched for, or the reason why it cannot be named.
    struct FoundElement {
        let node: JSONNode
        let number: Int
        let name: String
        let halt: Halt?
    }

    /// The elements that `for_each` wants, in the order of the event.
    ///
    /// - Throws: ``Halt`` when there are more than the mapping or the bridge allows.
    mutating func elements(of forEach: ForEachTemplate) throws(Halt) -> [FoundElement] {
        var wanted: [JSONNode] = []
        var unwanted: [JSONNode] = []
        for node in try nodes(forEach.query, at: forEach.place) {
            if let condition = forEach.condition {
                try visit(node, forEach.place)
                guard condition.matches(node) else {
                    if trace != nil { unwanted.append(node) }
                    continue
                }
            }
            wanted.append(node)
        }
        if let condition = forEach.condition { trace?.unwanted(forEach.place, unwanted, condition) }
        let most = min(forEach.limit ?? .max, limits.elements)
        guard wanted.count <= most else {
            throw Halt(
                reason: .limit, place: forEach.place, path: EventPlace(forEach.query),
                detail: "\"for_each\" finds \(wanted.count) elements, and at most \(most) are allowed")
        }
        return try named(wanted, forEach)
    }

    private mutating func named(_ nodes: [JSONNode], _ forEach: ForEachTemplate) throws(Halt) -> [FoundElement] {
        // One walk for all of them: an audience has many elements.
        lazy var locations = JSONNode.locations(of: nodes)
        func place(_ number: Int) -> String { "\(NormalizedPath(locations[number]))" }
        guard let uniqueBy = forEach.uniqueBy else {
            return nodes.enumerated().map { number, node in
                FoundElement(node: node, number: number, name: place(number), halt: nil)
            }
        }
        var seen = Set<[UInt8]>(minimumCapacity: nodes.count)
        var found: [FoundElement] = []
        found.reserveCapacity(nodes.count)
        for (number, node) in nodes.enumerated() {
            current = node
            index = number
            defer { (current, index) = (body, nil) }
            do throws(Halt) {
                guard let name = try key(uniqueBy) else {
                    throw Halt(Absent(place: uniqueBy.place, cause: .leftOut))
                }
                guard !name.isEmpty else {
                    // It tells nothing apart: who has none is not the same person.
                    found.append(FoundElement(node: node, number: number, name: place(number), halt: nil))
                    continue
                }
                let halt = seen.insert(Array(name.utf8)).inserted ? nil : repeated(name, uniqueBy, node)
                found.append(FoundElement(node: node, number: number, name: name, halt: halt))
            } catch {
                guard error.reason != .limit else { throw error }
                found.append(FoundElement(node: node, number: number, name: place(number), halt: error))
            }
        }
        return found
    }

    private func repeated(_ name: String, _ uniqueBy: Placed, _ node: JSONNode) -> Halt {
        Halt(
            reason: .duplicate, place: uniqueBy.place, path: EventPlace(node),
            detail: "an element before it has the same \"unique_by\"")
    }

    /// Makes an element the one that is launched for.
    mutating func enter(_ found: FoundElement) {
        element = found.node
        elementIndex = found.number
        current = found.node
        index = found.number
        for (slot, variable) in mapping.templates.variables.enumerated() where variable.usesElement {
            variables[slot] = .unknown
        }
        trace?.entered(found.node)
    }
}
