/// Well-typedness (RFC 9535 section 2.4.3): which operand may stand where.
enum TypeCheck {
    typealias Operand = Parser.Operand

    /// An operand that stands alone as a test.
    static func test(_ operand: Operand, _ lexer: Lexer) throws(JSONPathError) -> LogicalExpression {
        switch operand.content {
        case .query(let query): return .exists(query)
        case .function(let call) where call.function.result == .logical: return .function(call)
        case .function(let call):
            let name = call.function.rawValue
            throw lexer.error(
                .illTyped, "\(name)() gives a value, which is no condition by itself", at: operand.offset,
                hint: "compare it: \(name)(…) == …")
        case .literal:
            throw lexer.error(
                .syntax, "a value is no condition by itself", at: operand.offset, hint: "compare it: @.name == …")
        }
    }

    /// An operand that is compared.
    static func comparand(_ operand: Operand, _ lexer: Lexer) throws(JSONPathError) -> Comparand {
        switch operand.content {
        case .literal(let literal): return .literal(literal)
        case .query(let query):
            guard query.isSingular else { throw notSingular(.notSingular, "a comparison", operand, lexer) }
            return .query(query)
        case .function(let call):
            guard call.function.result == .value else {
                throw lexer.error(
                    .illTyped, "\(call.function.rawValue)() is true or false by itself and cannot be compared",
                    at: operand.offset, hint: "write it alone, or with ! before it")
            }
            return .function(call)
        }
    }

    /// The arguments of a call.
    static func arguments(
        _ arguments: [Parser.Argument], of function: Function, at start: Int, _ lexer: Lexer
    ) throws(JSONPathError) -> [FunctionArgument] {
        let wanted = function.parameters.count
        guard arguments.count == wanted else {
            throw lexer.error(
                .illTyped,
                "\(function.rawValue)() takes \(wanted == 1 ? "one argument" : "two arguments"), "
                    + "not \(arguments.count)", at: start)
        }
        var checked: [FunctionArgument] = []
        for (argument, type) in zip(arguments, function.parameters) {
            checked.append(try TypeCheck.argument(argument, type, of: function, lexer))
        }
        return checked
    }

    private static func argument(
        _ argument: Parser.Argument, _ type: ExpressionType, of function: Function, _ lexer: Lexer
    ) throws(JSONPathError) -> FunctionArgument {
        switch argument {
        case .operand(let operand): return try TypeCheck.argument(operand, type, of: function, lexer)
        case .logical(let offset):
            throw lexer.error(.illTyped, "\(function.rawValue)() takes \(type.noun), not a condition", at: offset)
        }
    }

    private static func argument(
        _ operand: Operand, _ type: ExpressionType, of function: Function, _ lexer: Lexer
    ) throws(JSONPathError) -> FunctionArgument {
        switch (operand.content, type) {
        case (.literal(let literal), .value): return .literal(literal)
        case (.query(let query), .nodes): return .query(query)
        case (.query(let query), .value):
            guard query.isSingular else {
                throw notSingular(.illTyped, "\(function.rawValue)()", operand, lexer)
            }
            return .query(query)
        case (.function(let call), _) where call.function.result == type: return .function(call)
        case (.literal, _), (.query, _):
            throw lexer.error(.illTyped, "\(function.rawValue)() takes \(type.noun)", at: operand.offset)
        case (.function(let call), _):
            throw lexer.error(
                .illTyped,
                "\(function.rawValue)() takes \(type.noun), "
                    + "but \(call.function.rawValue)() gives \(call.function.result.noun)", at: operand.offset)
        }
    }

    /// A function that does not exist.
    static func unknownFunction(_ name: String, at start: Int, _ lexer: Lexer) -> JSONPathError {
        let names = Function.allCases.map(\.rawValue).joined(separator: ", ")
        return lexer.error(
            .unknownFunction, "there is no function \(name.prefix(40))()", at: start, hint: "there are \(names)")
    }

    private static func notSingular(
        _ kind: JSONPathError.Kind, _ place: String, _ operand: Operand, _ lexer: Lexer
    ) -> JSONPathError {
        lexer.error(
            kind, "\(place) takes a query for one value, and this one can select several", at: operand.offset,
            hint: "name one place, or take the only value by value(…)")
    }
}

extension ExpressionType {
    /// The words of messages.
    var noun: String {
        switch self {
        case .value: "a value"
        case .logical: "a condition"
        case .nodes: "a query"
        }
    }
}
