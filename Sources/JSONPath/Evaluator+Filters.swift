import IRegexp
import JSON

/// Filter expressions (RFC 9535 sections 2.3.5 and 2.4).
extension Evaluator {
    /// Whether an expression holds for a node.
    mutating func holds(_ expression: LogicalExpression, _ current: JSONNode) throws(LimitReached) -> Bool {
        switch expression {
        case .or(let parts):
            for part in parts where try holds(part, current) { return true }
            return false
        case .and(let parts):
            for part in parts where try !holds(part, current) { return false }
            return true
        case .not(let part):
            return try !holds(part, current)
        case .comparison(let left, let sign, let right):
            return try budget.compare(try value(left, current), sign, try value(right, current))
        case .exists(let query):
            return try exists(query, current)
        case .function(let call):
            return try matches(call, current)
        }
    }

    private mutating func exists(_ query: Query, _ current: JSONNode) throws(LimitReached) -> Bool {
        guard let steps = query.steps else { return try !nodes(query, current: current).isEmpty }
        return try budget.walk(steps, from: origin(of: query, current)) != nil
    }

    private mutating func value(_ comparand: Comparand, _ current: JSONNode) throws(LimitReached) -> Value {
        switch comparand {
        case .literal(let literal): .literal(literal)
        case .query(let query): try value(query, current)
        case .function(let call): try value(call, current)
        }
    }

    private mutating func value(_ argument: FunctionArgument, _ current: JSONNode) throws(LimitReached) -> Value {
        switch argument {
        case .literal(let literal): .literal(literal)
        case .query(let query): try value(query, current)
        case .function(let call): try value(call, current)
        }
    }

    private mutating func value(_ query: Query, _ current: JSONNode) throws(LimitReached) -> Value {
        let node = try budget.walk(query.steps ?? [], from: origin(of: query, current))
        return node.map { .node($0) } ?? .nothing
    }

    /// `length`, `count` and `value` (sections 2.4.4, 2.4.5 and 2.4.8).
    private mutating func value(_ call: FunctionExpression, _ current: JSONNode) throws(LimitReached) -> Value {
        switch (call.function, call.arguments.first) {
        case (.length, let argument?):
            return try budget.length(try value(argument, current))
        case (.count, .query(let query)?):
            return .integer(try nodes(query, current: current).count)
        case (.value, .query(let query)?):
            let nodes = try nodes(query, current: current)
            return nodes.count == 1 ? .node(nodes[0]) : .nothing
        default:
            return .nothing
        }
    }

    /// `match` and `search` (sections 2.4.6 and 2.4.7): false for anything but a text and a pattern.
    private mutating func matches(_ call: FunctionExpression, _ current: JSONNode) throws(LimitReached) -> Bool {
        guard call.arguments.count == 2, let text = try value(call.arguments[0], current).utf8 else { return false }
        guard let regexp = try pattern(call, current) else { return false }
        try budget.spend(matching: text.count, with: regexp)
        return call.function == .match ? regexp.matches(text) : regexp.occurs(in: text)
    }

    private mutating func pattern(_ call: FunctionExpression, _ current: JSONNode) throws(LimitReached) -> IRegexp? {
        switch call.pattern {
        case .compiled(let regexp): return regexp
        case .refused: return nil
        case nil:
            guard let text = try value(call.arguments[1], current).utf8 else { return nil }
            try budget.spend(bytes: text.count)
            return try patterns.pattern(text, budget: &budget)
        }
    }
}

extension VisitBudget {
    /// Pays for matching.
    ///
    /// At worst RE2 is at every place of the pattern for each byte, at some nanoseconds for each (seen: 137 ns a byte with
    /// 44 places); mostly it is far quicker, but which of the two an event gets, its sender decides.
    mutating func spend(matching bytes: Int, with regexp: IRegexp) throws(LimitReached) {
        try spend(1 + bytes * (4 + regexp.positions) / 32)
    }

    /// `length` (section 2.4.4): scalars of a text, elements, members; nothing for other values.
    mutating func length(_ value: Value) throws(LimitReached) -> Value {
        switch value {
        case .node(let node) where node.kind == .array || node.kind == .object: return .integer(node.count)
        default:
            guard let text = value.utf8 else { return .nothing }
            try spend(bytes: text.count)
            return .integer(text.reduce(0) { count, byte in byte & 0xC0 == 0x80 ? count : count + 1 })
        }
    }
}
