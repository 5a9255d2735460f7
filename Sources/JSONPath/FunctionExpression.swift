package import IRegexp
import JSON

/// The types of function arguments and results (RFC 9535 section 2.4.1).
package enum ExpressionType: Sendable, Hashable {
    /// A JSON value, or nothing.
    case value
    /// True or false; no JSON value.
    case logical
    /// The nodes that a query selects.
    case nodes
}

/// The functions of RFC 9535 sections 2.4.4 to 2.4.8.
package enum Function: String, Sendable, Hashable, CaseIterable {
    case length
    case count
    case match
    case search
    case value

    /// What it takes.
    package var parameters: [ExpressionType] {
        switch self {
        case .length: [.value]
        case .count, .value: [.nodes]
        case .match, .search: [.value, .value]
        }
    }

    /// What it gives.
    package var result: ExpressionType {
        switch self {
        case .length, .count, .value: .value
        case .match, .search: .logical
        }
    }
}

/// A call of a function with arguments that fit it.
package struct FunctionExpression: Sendable, Hashable {
    /// The function.
    package let function: Function
    /// As many arguments as the function takes.
    package let arguments: [FunctionArgument]
    /// The second argument of `match` or `search` where it is a literal, compiled; it matches nothing when refused.
    package let pattern: LiteralPattern?

    /// Makes a call; the caller has seen to the types.
    package init(_ function: Function, _ arguments: [FunctionArgument]) {
        self.function = function
        self.arguments = arguments
        pattern = LiteralPattern(function, arguments)
    }
}

/// An argument of a function.
package enum FunctionArgument: Sendable, Hashable {
    case literal(Literal)
    case query(Query)
    case function(FunctionExpression)
}

/// A pattern that stands in the query itself.
package enum LiteralPattern: Sendable, Hashable {
    case compiled(IRegexp)
    /// The text is no I-Regexp; RFC 9535 section 2.4.6 has it match nothing.
    case refused(IRegexpError)

    init?(_ function: Function, _ arguments: [FunctionArgument]) {
        guard function.result == .logical, case .literal(.string(let text))? = arguments.last else { return nil }
        do throws(IRegexpError) {
            self = .compiled(try IRegexp(text.text))
        } catch {
            self = .refused(error)
        }
    }
}
