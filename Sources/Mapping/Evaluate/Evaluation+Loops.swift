import EventPattern
import Functions
import JSON
import JSONPath
import Outcome

/// `$each`.
extension Evaluation {
    /// Makes one entry for each element.
    mutating func each(_ each: EachSource, _ instruction: Instruction) throws(Halt) -> Yield {
        let nodes = try nodes(each.query, at: instruction.place)
        var items: [JSONValue] = []
        items.reserveCapacity(min(nodes.count, each.limit))
        let (outer, outerIndex) = (current, index)
        defer { (current, index) = (outer, outerIndex) }
        var taken = 0
        var unwanted: [JSONNode] = []
        for node in nodes {
            guard taken < each.limit else { break }
            if let condition = each.condition {
                try visit(node, instruction.place)
                guard condition.matches(node) else {
                    if trace != nil { unwanted.append(node) }
                    continue
                }
            }
            current = node
            index = taken
            taken += 1
            trace?.entered(node)
            guard let item = try value(each.item) else { continue }
            try charge(1, at: instruction.place)
            items.append(item.json)
        }
        if let condition = each.condition { trace?.unwanted(instruction.place, unwanted, condition) }
        return items.isEmpty ? empty(each, instruction) : .value(.json(.array(items)))
    }

    private func empty(_ each: EachSource, _ instruction: Instruction) -> Yield {
        switch each.empty {
        case .keep: .value(.json(.array([])))
        case .omit: .leftOut
        case .fail: .missing(Absent(place: instruction.place, cause: .empty(each.query)))
        }
    }

    /// Takes the cost of asking a condition about a value off the budget.
    mutating func visit(_ node: JSONNode, _ place: PlaceID) throws(Halt) {
        do throws(LimitReached) {
            try budget.spend(node.endIndex - node.index)
        } catch {
            throw Halt(
                reason: .limit, place: place, path: nil,
                detail: "the conditions of the mapping look at more than \(limits.visits) values of the event")
        }
    }
}
