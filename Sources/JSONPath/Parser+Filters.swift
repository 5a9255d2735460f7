import JSON

/// `logical-expr` and what is in it (RFC 9535 section 2.3.5).
extension Parser {
    /// Something that is an operand of a comparison, a test of its own or an argument: what follows decides.
    struct Operand {
        enum Content {
            case literal(Literal)
            case query(Query)
            case function(FunctionExpression)
        }

        let content: Content
        /// Where it begins.
        let offset: Int
        /// Where the scalars of a text literal stand in the query.
        var places: [Int] = []
    }

    /// `logical-or-expr`; its first operand may have been read already.
    mutating func logicalExpression(beginningWith first: Operand? = nil) throws(JSONPathError) -> LogicalExpression {
        var parts = [try conjunction(beginningWith: first)]
        while lexer.takeAfterBlanks("||") {
            lexer.skipBlanks()
            parts.append(try conjunction(beginningWith: nil))
        }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    /// The production `logical-and-expr`.
    private mutating func conjunction(beginningWith first: Operand?) throws(JSONPathError) -> LogicalExpression {
        var parts = [try basicExpression(beginningWith: first)]
        while lexer.takeAfterBlanks("&&") {
            lexer.skipBlanks()
            parts.append(try basicExpression(beginningWith: nil))
        }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    /// The production `basic-expr = paren-expr / comparison-expr / test-expr`.
    private mutating func basicExpression(beginningWith first: Operand?) throws(JSONPathError) -> LogicalExpression {
        if let first { return try comparisonOrTest(first) }
        if lexer.take("(") {
            let expression = try parenthesized()
            try refuseComparison("parentheses hold a condition, which is not compared", hint: nil)
            return expression
        }
        guard lexer.next == "!", lexer.scalar(ahead: 1) != "=" else { return try comparisonOrTest(try operand()) }
        lexer.place += 1
        lexer.skipBlanks()
        if lexer.take("(") { return .not(try parenthesized()) }
        let tested = try TypeCheck.test(try operand(), lexer)
        let hint = "write !(… == …), or turn the operator around"
        try refuseComparison("\"!\" stands before a test, not before a comparison", hint: hint)
        return .not(tested)
    }

    /// An operator here would compare what is no value.
    private func refuseComparison(_ message: String, hint: String?) throws(JSONPathError) {
        var ahead = lexer
        ahead.skipBlanks()
        let place = ahead.place
        for sign in ComparisonOperator.allCases where ahead.take(sign.rawValue) {
            throw lexer.error(.syntax, message, at: place, hint: hint)
        }
    }

    /// `"(" S logical-expr S ")"`, after its parenthesis.
    private mutating func parenthesized() throws(JSONPathError) -> LogicalExpression {
        try descend()
        lexer.skipBlanks()
        let expression = try logicalExpression()
        lexer.skipBlanks()
        guard lexer.take(")") else { throw lexer.expected("\")\"") }
        ascend()
        return expression
    }

    private mutating func comparisonOrTest(_ left: Operand) throws(JSONPathError) -> LogicalExpression {
        guard let sign = comparisonOperator() else { return try TypeCheck.test(left, lexer) }
        lexer.skipBlanks()
        let comparedLeft = try TypeCheck.comparand(left, lexer)
        return .comparison(comparedLeft, sign, try TypeCheck.comparand(try operand(), lexer))
    }

    /// `S comparison-op`, where one stands; the longer ones first.
    private mutating func comparisonOperator() -> ComparisonOperator? {
        for sign in ComparisonOperator.allCases where lexer.takeAfterBlanks(sign.rawValue) { return sign }
        return nil
    }

    /// The production `literal / filter-query / function-expr`.
    mutating func operand() throws(JSONPathError) -> Operand {
        let offset = lexer.place
        switch lexer.next {
        case "$", "@":
            lexer.place += 1
            let origin: Query.Origin = lexer.scalars[offset] == "$" ? .root : .current
            return Operand(content: .query(try nestedQuery(origin)), offset: offset)
        case "'", "\"":
            let token = try lexer.string()
            return Operand(content: .literal(.string(JSONName(token.text))), offset: offset, places: token.places)
        case let sign? where sign == "-" || Lexer.isDigit(sign):
            return Operand(content: .literal(.number(try lexer.number())), offset: offset)
        default:
            return Operand(content: try wordOperand(), offset: offset)
        }
    }

    private mutating func wordOperand() throws(JSONPathError) -> Operand.Content {
        let start = lexer.place
        guard let word = lexer.word() else { throw lexer.expected("a query, a value or a function") }
        if lexer.take("(") { return .function(try call(word, from: start)) }
        switch word {
        case "true": return .literal(.bool(true))
        case "false": return .literal(.bool(false))
        case "null": return .literal(.null)
        default: throw unknownWord(word, at: start)
        }
    }

    private func unknownWord(_ word: String, at start: Int) -> JSONPathError {
        let hint =
            if Function(rawValue: word) != nil {
                "a function is followed by \"(\" at once"
            } else {
                "a text stands in quotes, a member is written @.\(word.prefix(40))"
            }
        return lexer.error(
            .syntax, "expected a query, a value or a function, found \"\(word.prefix(40))\"", at: start, hint: hint)
    }
}
