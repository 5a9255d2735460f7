package import JSON

/// A query of RFC 9535, read and checked once and evaluated many times.
///
/// A value without mutable state: any number of threads may evaluate one at once.
package struct JSONPathQuery: Sendable, Hashable {
    /// What a text may start with.
    package enum Start: Sendable, Hashable {
        /// `$`, as RFC 9535 has it.
        case root
        /// `@`: a query from the current value alone, as in the mapping language.
        case current
        /// Either of them.
        case either

        var noun: String {
            switch self {
            case .root: "\"$\" at the start"
            case .current: "\"@\" at the start"
            case .either: "\"$\" or \"@\" at the start"
            }
        }
    }

    /// The text as written.
    package let text: String
    /// The query as data; its description is the canonical text.
    package let query: Query
    /// What the author should hear about patterns in it, in the order of the text.
    package let regexpFindings: [RegexpFinding]

    /// Reads and checks a query.
    ///
    /// - Throws: ``JSONPathError`` with the first fault.
    package static func parse(_ text: String, start: Start = .root) throws(JSONPathError) -> JSONPathQuery {
        var parser = Parser(text)
        let query = try parser.wholeQuery(start)
        return JSONPathQuery(text: text, query: query, regexpFindings: parser.findings)
    }

    /// Whether it starts with `$` or `@`.
    package var origin: Query.Origin { query.origin }

    /// Whether it selects at most one node, whatever the document.
    package var isSingular: Bool { query.isSingular }

    /// All nodes that it selects, in the order of RFC 9535; a node that is selected twice is there twice.
    ///
    /// `current` is what `@` at the start means; `root` what `$` means, there and in filters.
    /// - Throws: ``LimitReached`` when the budget does not suffice.
    package func evaluate(
        root: JSONNode, current: JSONNode, budget: inout VisitBudget
    ) throws(LimitReached) -> [JSONNode] {
        var evaluator = Evaluator(root: root, budget: budget)
        defer { budget = evaluator.budget }
        return try evaluator.nodes(query, current: current)
    }

    /// The first node that it selects, or nil; a singular query allocates nothing.
    ///
    /// - Throws: ``LimitReached`` when the budget does not suffice.
    package func first(root: JSONNode, current: JSONNode, budget: inout VisitBudget) throws(LimitReached) -> JSONNode? {
        guard let steps = query.steps else {
            return try evaluate(root: root, current: current, budget: &budget).first
        }
        return try budget.walk(steps, from: query.origin == .root ? root : current)
    }
}

extension JSONPathQuery: CustomStringConvertible {
    /// The text as written.
    package var description: String { text }
}
