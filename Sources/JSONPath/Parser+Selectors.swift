import JSON

/// `selector` and its kinds (RFC 9535 section 2.3).
extension Parser {
    /// `wildcard-selector / member-name-shorthand`, after a dot or two.
    mutating func shorthand(after dots: String) throws(JSONPathError) -> Selector {
        if lexer.take("*") { return .wildcard }
        if let name = lexer.shorthandName() { return .name(JSONName(name)) }
        let wanted = dots == "." ? "a name or *" : "a name, * or \"[\""
        throw lexer.expected("\(wanted) after \"\(dots)\"", hint: shorthandHint(after: dots))
    }

    private func shorthandHint(after dots: String) -> String? {
        let descent = dots == ".." ? dots : ""
        switch lexer.next {
        case let sign? where Lexer.isBlank(sign): return "no white space after \"\(dots)\""
        case let sign? where Lexer.isDigit(sign): return "an element is written \(descent)[0], a name \(descent)['0']"
        case "'", "\"": return "a name in quotes stands in brackets: \(descent)['name']"
        case "[": return "no dot before a bracket"
        case ".": return "at most two dots"
        case nil, "]", ")", ",": return nil
        default: return Lexer.bracketHint
        }
    }

    /// `bracketed-selection`, after its bracket.
    mutating func bracketedSelection() throws(JSONPathError) -> [Selector] {
        var selectors: [Selector] = []
        repeat {
            lexer.skipBlanks()
            selectors.append(try selector())
            lexer.skipBlanks()
        } while lexer.take(",")
        guard lexer.take("]") else { throw lexer.expected("\",\" or \"]\"", hint: lexer.nameHint) }
        return selectors
    }

    private mutating func selector() throws(JSONPathError) -> Selector {
        switch lexer.next {
        case "'", "\"": return .name(JSONName(try lexer.string().text))
        case "*":
            lexer.place += 1
            return .wildcard
        case "?":
            lexer.place += 1
            return .filter(try filter())
        default:
            return try indexOrSlice()
        }
    }

    /// `filter-selector`, after its question mark.
    private mutating func filter() throws(JSONPathError) -> LogicalExpression {
        try descend()
        lexer.skipBlanks()
        let expression = try logicalExpression()
        ascend()
        return expression
    }

    /// The production `index-selector / slice-selector`.
    private mutating func indexOrSlice() throws(JSONPathError) -> Selector {
        let start = try lexer.integer()
        guard lexer.takeAfterBlanks(":") else {
            guard let start else { throw noSelector() }
            return .index(start)
        }
        lexer.skipBlanks()
        let end = try lexer.integer()
        guard lexer.takeAfterBlanks(":") else { return .slice(Slice(start: start, end: end)) }
        let afterColon = lexer.place
        lexer.skipBlanks()
        if let step = try lexer.integer() { return .slice(Slice(start: start, end: end, step: step)) }
        lexer.place = afterColon
        return .slice(Slice(start: start, end: end))
    }

    private func noSelector() -> JSONPathError {
        let hint: String? =
            switch lexer.next {
            case "$", "@", "(": "a condition begins with ?: [?@.name]"
            case let sign? where Lexer.isNameFirst(sign): "a name stands in quotes: ['name']"
            default: nil
            }
        return lexer.expected("a name in quotes, a number, a range, * or a filter", hint: hint)
    }
}
