import JSON
import Testing

@testable import EventPattern

/// One pattern against one event, with the answer that people expect.
struct PatternCase: Sendable, CustomTestStringConvertible {
    let id: String
    let pattern: String
    let event: String
    let matches: Bool

    init(_ id: String, pattern: String, event: String, matches: Bool) {
        self.id = id
        self.pattern = pattern
        self.event = event
        self.matches = matches
    }

    var testDescription: String { id }

    /// Holds the case against the matcher, the definition, the index and the explanation.
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let node = try json(pattern)
        let value = try json(event)
        let result = EventPattern.compile(node)
        let compiled = try #require(result.pattern, "\(id): \(result.diagnostics)", sourceLocation: sourceLocation)
        #expect(compiled.matches(value) == matches, "\(id)", sourceLocation: sourceLocation)
        let defined = NaiveMatcher.matches(pattern: .node(node), value: .node(value))
        #expect(defined == matches, "\(id): the definition", sourceLocation: sourceLocation)
        let explanation = compiled.explain(value)
        #expect(explanation.matches == matches, "\(id): \(explanation)", sourceLocation: sourceLocation)
        let found = EventIndex([(1, EventCondition(body: compiled))]).match(EventView(body: value))
        #expect(found == (matches ? [1] : []), "\(id): the index", sourceLocation: sourceLocation)
    }
}
