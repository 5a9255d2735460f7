import JSON
import JSONPath
import Testing

/// A document from text, for cases; member names may repeat.
func document(_ text: String) throws -> JSONNode {
    try JSONDocument.parse(text, limits: JSONLimits(depth: 1_000, refusesDuplicates: false)).root
}

/// What a query selects from a document, as normalized paths.
func paths(_ query: String, _ root: JSONNode, visits: Int = VisitBudget.standard) throws -> [String] {
    try nodes(query, root, visits: visits).map { $0.normalizedPath.description }
}

/// What a query selects from a document, as JSON texts.
func values(_ query: String, _ root: JSONNode) throws -> [String] {
    try nodes(query, root).map { $0.text() }
}

/// What a query selects from a document.
func nodes(_ query: String, _ root: JSONNode, visits: Int = VisitBudget.standard) throws -> [JSONNode] {
    var budget = VisitBudget(visits)
    return try JSONPathQuery.parse(query).evaluate(root: root, current: root, budget: &budget)
}

/// The error of a query that is refused.
func refusal(_ query: String, start: JSONPathQuery.Start = .root) throws -> JSONPathError {
    try #require(throws: JSONPathError.self) { try JSONPathQuery.parse(query, start: start) }
}
