import JSON

/// Queries as canonical text: reading it gives the same query again.
extension Query: CustomStringConvertible {
    /// Every segment in brackets, names in single quotes: `$['items'][?@['price'] > 10]['sku']`.
    package var description: String {
        (origin == .root ? "$" : "@") + segments.map(\.description).joined()
    }
}

extension Segment: CustomStringConvertible {
    /// The segment in brackets.
    package var description: String {
        switch self {
        case .child(let selectors): "[\(Segment.list(selectors))]"
        case .descendant(let selectors): "..[\(Segment.list(selectors))]"
        }
    }

    private static func list(_ selectors: [Selector]) -> String {
        selectors.map(\.description).joined(separator: ", ")
    }
}

extension Selector: CustomStringConvertible {
    /// The selector as it stands between brackets.
    package var description: String {
        switch self {
        case .name(let name): NormalizedPath.quote(name.text)
        case .wildcard: "*"
        case .index(let index): String(index)
        case .slice(let slice): slice.description
        case .filter(let expression): "?\(expression)"
        }
    }
}

extension Slice: CustomStringConvertible {
    /// `start:end:step`, parts that are the default left out.
    package var description: String {
        let bounds = (start.map(String.init) ?? "") + ":" + (end.map(String.init) ?? "")
        return step == 1 ? bounds : "\(bounds):\(step)"
    }
}

extension LogicalExpression: CustomStringConvertible {
    /// The expression, with parentheses where they were needed to write it.
    package var description: String {
        switch self {
        case .or(let parts): parts.map { $0.text(inside: .or) }.joined(separator: " || ")
        case .and(let parts): parts.map { $0.text(inside: .and) }.joined(separator: " && ")
        case .not(let part): "!" + part.text(inside: .not)
        case .comparison(let left, let sign, let right): "\(left) \(sign.rawValue) \(right)"
        case .exists(let query): query.description
        case .function(let call): call.description
        }
    }

    private enum Place {
        case or
        case and
        case not
    }

    private func text(inside place: Place) -> String {
        let needsParentheses =
            switch (self, place) {
            case (.or, _), (.and, .and), (.and, .not), (.comparison, .not), (.not, .not): true
            default: false
            }
        return needsParentheses ? "(\(self))" : description
    }
}

extension Comparand: CustomStringConvertible {
    /// The side as text.
    package var description: String {
        switch self {
        case .literal(let literal): literal.description
        case .query(let query): query.description
        case .function(let call): call.description
        }
    }
}

extension Literal: CustomStringConvertible {
    /// The literal, a text in single quotes.
    package var description: String {
        switch self {
        case .null: "null"
        case .bool(let bool): String(bool)
        case .number(let number): number.text
        case .string(let text): NormalizedPath.quote(text.text)
        }
    }
}

extension FunctionExpression: CustomStringConvertible {
    /// The call: `match(@['sku'], 'A.*')`.
    package var description: String {
        "\(function.rawValue)(\(arguments.map(\.description).joined(separator: ", ")))"
    }
}

extension FunctionArgument: CustomStringConvertible {
    /// The argument as text.
    package var description: String {
        switch self {
        case .literal(let literal): literal.description
        case .query(let query): query.description
        case .function(let call): call.description
        }
    }
}
