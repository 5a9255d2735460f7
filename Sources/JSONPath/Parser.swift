/// Reads a query by recursive descent; its methods are named after the grammar of RFC 9535.
///
/// Types are checked on the way (see ``TypeCheck``), where the places in the text are still known.
struct Parser {
    var lexer: Lexer
    var findings: [RegexpFinding] = []
    private var depth = 0

    init(_ text: String) {
        lexer = Lexer(text)
    }

    /// A whole text: `jsonpath-query`, or `rel-query` where the caller allows it.
    mutating func wholeQuery(_ start: JSONPathQuery.Start) throws(JSONPathError) -> Query {
        guard lexer.scalars.count <= JSONPathLimits.length else {
            throw lexer.error(
                .tooBig, "a query has at most \(JSONPathLimits.length) characters", at: JSONPathLimits.length)
        }
        if let first = lexer.next, Lexer.isBlank(first) {
            throw lexer.error(.syntax, "white space before the query", at: 0, hint: "remove it")
        }
        guard let origin = origin(start) else { throw lexer.expected(start.noun) }
        let query = Query(origin: origin, segments: try segments())
        guard lexer.next == nil else { throw trailingText() }
        return query
    }

    private mutating func origin(_ start: JSONPathQuery.Start) -> Query.Origin? {
        if start != .current, lexer.take("$") { return .root }
        if start != .root, lexer.take("@") { return .current }
        return nil
    }

    private func trailingText() -> JSONPathError {
        var rest = lexer
        rest.skipBlanks()
        guard rest.next != nil else {
            return lexer.error(.syntax, "white space after the query", at: lexer.place, hint: "remove it")
        }
        let hint = rest.place == lexer.place ? lexer.nameHint : nil
        return rest.expected("\".\", \"[\" or the end of the query", hint: hint)
    }

    /// `filter-query`, after its `$` or `@`.
    mutating func nestedQuery(_ origin: Query.Origin) throws(JSONPathError) -> Query {
        Query(origin: origin, segments: try segments())
    }

    /// `segments = *(S segment)`; blanks that no segment follows are left.
    private mutating func segments() throws(JSONPathError) -> [Segment] {
        var segments: [Segment] = []
        while true {
            if lexer.takeAfterBlanks("[") {
                segments.append(.child(try bracketedSelection()))
            } else if lexer.takeAfterBlanks("..") {
                let selectors = lexer.take("[") ? try bracketedSelection() : [try shorthand(after: "..")]
                segments.append(.descendant(selectors))
            } else if lexer.takeAfterBlanks(".") {
                segments.append(.child([try shorthand(after: ".")]))
            } else {
                return segments
            }
        }
    }

    /// Goes one level down: filters, parentheses and functions count.
    mutating func descend() throws(JSONPathError) {
        depth += 1
        guard depth <= JSONPathLimits.depth else {
            throw lexer.error(.tooBig, "a query nests at most \(JSONPathLimits.depth) deep", at: lexer.place)
        }
    }

    /// Comes back up.
    mutating func ascend() { depth -= 1 }
}
