import IRegexp

/// `function-expr` (RFC 9535 section 2.4).
extension Parser {
    /// An argument before its type is checked.
    enum Argument {
        case operand(Operand)
        /// A logical expression and where it begins; no function of the RFC takes one.
        case logical(offset: Int)
    }

    /// A call, after its name and parenthesis.
    mutating func call(_ name: String, from start: Int) throws(JSONPathError) -> FunctionExpression {
        guard let function = Function(rawValue: name) else { throw TypeCheck.unknownFunction(name, at: start, lexer) }
        try descend()
        var arguments: [Argument] = []
        lexer.skipBlanks()
        if !lexer.take(")") {
            repeat {
                lexer.skipBlanks()
                arguments.append(try argument())
                lexer.skipBlanks()
            } while lexer.take(",")
            guard lexer.take(")") else { throw lexer.expected("\",\" or \")\"") }
        }
        ascend()
        let call = FunctionExpression(function, try TypeCheck.arguments(arguments, of: function, at: start, lexer))
        if let pattern = call.pattern, case .operand(let operand)? = arguments.last { note(pattern, operand.places) }
        return call
    }

    /// The production `function-argument = literal / filter-query / logical-expr / function-expr`.
    private mutating func argument() throws(JSONPathError) -> Argument {
        let offset = lexer.place
        guard lexer.next != "(", lexer.next != "!" else {
            _ = try logicalExpression()
            return .logical(offset: offset)
        }
        let first = try operand()
        let end = lexer.place
        lexer.skipBlanks()
        if lexer.next == "," || lexer.next == ")" { return .operand(first) }
        guard operatorFollows else { throw lexer.expected("\",\" or \")\"") }
        lexer.place = end
        _ = try logicalExpression(beginningWith: first)
        return .logical(offset: offset)
    }

    private var operatorFollows: Bool {
        var ahead = lexer
        return (["&&", "||"] + ComparisonOperator.allCases.map(\.rawValue)).contains { sign in ahead.take(sign) }
    }

    /// Keeps what the author should hear about a pattern.
    private mutating func note(_ pattern: LiteralPattern, _ places: [Int]) {
        switch pattern {
        case .refused(let error):
            findings.append(
                RegexpFinding(
                    kind: .refused, position: places[error.offset] + 1,
                    message: "no I-Regexp, so it matches nothing: \(error.message)",
                    hint:
                        "a pattern is made of characters, classes as [0-9], groups as (a|b), and counts as {2,3}, ?, * and +"
                ))
        case .compiled(let regexp): noteAnchors(regexp.anchors.map { places[$0] })
        }
    }

    /// Anchors of one pattern are one slip.
    private mutating func noteAnchors(_ places: [Int]) {
        guard let first = places.first else { return }
        let signs = Set(places.map { lexer.scalars[$0] }).sorted(by: >).map { "\"\($0)\"" }
        findings.append(
            RegexpFinding(
                kind: .anchor, position: first + 1,
                message: signs.count == 1
                    ? "\(signs[0]) is taken for an anchor, which I-Regexp does not have"
                    : "\(signs.joined(separator: " and ")) are taken for anchors, which I-Regexp does not have",
                hint: "match() compares the whole text without them; take them out"))
    }
}
