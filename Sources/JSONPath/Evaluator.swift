import IRegexp
package import JSON

/// One evaluation of a query: the document's root, what is left of the budget, and the patterns seen so far.
///
/// Calls itself only for filters inside filters, which the parser bounds; documents are walked by loops.
struct Evaluator {
    let root: JSONNode
    var budget: VisitBudget
    /// Patterns that came with the document.
    ///
    /// They last for one evaluation, so that its cost depends on nothing else.
    var patterns = PatternCache()

    init(root: JSONNode, budget: VisitBudget) {
        self.root = root
        self.budget = budget
    }

    func origin(of query: Query, _ current: JSONNode) -> JSONNode {
        query.origin == .root ? root : current
    }

    /// The nodelist of a query: each segment is applied to what the one before selected.
    mutating func nodes(_ query: Query, current: JSONNode) throws(LimitReached) -> [JSONNode] {
        let start = origin(of: query, current)
        if let steps = query.steps { return try budget.walk(steps, from: start).map { [$0] } ?? [] }
        var nodes = [start]
        for segment in query.segments {
            var selected: [JSONNode] = []
            for node in nodes { try apply(segment, to: node, into: &selected) }
            nodes = selected
        }
        return nodes
    }

    private mutating func apply(
        _ segment: Segment, to node: JSONNode, into selected: inout [JSONNode]
    ) throws(LimitReached) {
        switch segment {
        case .child(let selectors):
            for selector in selectors { try apply(selector, to: node, into: &selected) }
        case .descendant(let selectors):
            // Only containers have children, and in the order of the text each comes before what is in it.
            try budget.spend(node.endIndex - node.index)
            for container in node.containers {
                for selector in selectors { try apply(selector, to: container, into: &selected) }
            }
        }
    }

    private mutating func apply(
        _ selector: Selector, to node: JSONNode, into selected: inout [JSONNode]
    ) throws(LimitReached) {
        switch selector {
        case .name(let name):
            let row = try budget.member(name, of: node.index, in: node.document)
            if let row { selected.append(node.document.node(at: row)) }
        case .index(let index):
            let row = try budget.element(index, of: node.index, in: node.document)
            if let row { selected.append(node.document.node(at: row)) }
        case .wildcard:
            try budget.spend(1 + node.count)
            for member in node.members { selected.append(member.value) }
            for element in node.elements { selected.append(element) }
        case .slice(let slice):
            try apply(slice, to: node, into: &selected)
        case .filter(let expression):
            try budget.spend(1 + node.count)
            for member in node.members where try holds(expression, member.value) { selected.append(member.value) }
            for element in node.elements where try holds(expression, element) { selected.append(element) }
        }
    }

    private mutating func apply(
        _ slice: Slice, to node: JSONNode, into selected: inout [JSONNode]
    ) throws(LimitReached) {
        guard node.kind == .array else { return try budget.spend(1) }
        try budget.spend(1 + node.count)
        let (first, stop) = slice.bounds(count: node.count)
        guard slice.step < 0 else { return take(from: first, to: stop, by: slice.step, of: node, into: &selected) }
        let elements = Array(node.elements)
        for place in stride(from: first, to: stop, by: slice.step) { selected.append(elements[place]) }
    }

    private func take(
        from first: Int, to stop: Int, by step: Int, of node: JSONNode, into selected: inout [JSONNode]
    ) {
        var wanted = first
        for (place, element) in node.elements.enumerated() {
            guard wanted < stop else { return }
            guard place == wanted else { continue }
            selected.append(element)
            wanted += step
        }
    }
}

/// Look-ups that pay for what they pass over.
extension VisitBudget {
    /// The node at the end of a singular query's steps, or nil.
    ///
    /// For callers that keep the steps of many queries at hand: a query is a bigger thing to pass around.
    package mutating func walk(_ steps: [Query.Step], from start: JSONNode) throws(LimitReached) -> JSONNode? {
        let document = start.document
        var row = start.index
        // A span hands the steps out without counting references to their names.
        let steps = steps.span
        for place in steps.indices {
            let next =
                switch steps[place] {
                case .name(let name): try member(name, of: row, in: document)
                case .index(let index): try element(index, of: row, in: document)
                }
            guard let next else { return nil }
            row = next
        }
        return document.node(at: row)
    }

    /// The row of a member, or nil.
    mutating func member(_ name: JSONName, of row: Int, in document: JSONDocument) throws(LimitReached) -> Int? {
        let (kind, count) = document.container(in: row)
        guard kind == .object else { return nil }
        try spend(1 + count)
        return document.row(of: name, in: row)
    }

    /// The row of an element, negative places from the end, or nil.
    mutating func element(_ index: Int, of row: Int, in document: JSONDocument) throws(LimitReached) -> Int? {
        let (kind, count) = document.container(in: row)
        let place = index >= 0 ? index : count + index
        guard kind == .array, (0..<count).contains(place) else { return nil }
        try spend(1 + place)
        return document.row(ofElement: place, in: row)
    }
}
