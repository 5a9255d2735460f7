import IRegexp
import JSON
import JSONPath

/// A JSON value as a tree, for the naive evaluator: nothing is shared with the documents of the module under test.
indirect enum Tree: Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string([Unicode.Scalar])
    case array([Tree])
    case object([Member])

    struct Member: Equatable {
        let name: String
        let value: Tree
    }

    /// The tree as JSON text.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let bool): String(bool)
        case .number(let number): number == number.rounded() ? String(Int(number)) : String(number)
        case .string(let scalars): Tree.quoted(String(String.UnicodeScalarView(scalars)))
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\(Tree.quoted($0.name)):\($0.value.text)" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String { JSONValue.string(text).text() }

    /// Equal values, objects whatever the order of their members.
    func isSame(as other: Tree) -> Bool {
        switch (self, other) {
        case (.array(let mine), .array(let theirs)):
            return mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.isSame(as: $1) }
        case (.object(let mine), .object(let theirs)):
            return mine.count == theirs.count
                && mine.allSatisfy { member in
                    theirs.contains { $0.name == member.name && $0.value.isSame(as: member.value) }
                }
        default: return self == other
        }
    }
}

/// Evaluates queries by the words of RFC 9535: recursive, copying, without limits.
///
/// The oracle of random tests.
struct NaiveEvaluator {
    /// A node: where it is and what it is.
    struct Node {
        var location: [JSONStep]
        var value: Tree

        var children: [Node] {
            switch value {
            case .array(let elements):
                elements.enumerated().map { Node(location: location + [.index($0)], value: $1) }
            case .object(let members):
                members.map { Node(location: location + [.name($0.name)], value: $0.value) }
            default: []
            }
        }

        /// The node and its descendants, each before its children.
        var family: [Node] { [self] + children.flatMap(\.family) }
    }

    let root: Node

    init(_ tree: Tree) {
        root = Node(location: [], value: tree)
    }

    func nodes(_ query: Query, from current: Node) -> [Node] {
        query.segments.reduce([query.origin == .root ? root : current]) { nodes, segment in
            switch segment {
            case .child(let selectors):
                nodes.flatMap { node in selectors.flatMap { select($0, from: node) } }
            case .descendant(let selectors):
                nodes.flatMap(\.family).flatMap { node in selectors.flatMap { select($0, from: node) } }
            }
        }
    }

    private func select(_ selector: Selector, from node: Node) -> [Node] {
        let children = node.children
        switch (selector, node.value) {
        case (.name(let name), .object): return children.filter { $0.location.last == .name(name.text) }
        case (.index(let index), .array(let elements)):
            let place = index < 0 ? index + elements.count : index
            return children.indices.contains(place) ? [children[place]] : []
        case (.slice(let slice), .array): return take(slice, children)
        case (.wildcard, _): return children
        case (.filter(let expression), _): return children.filter { holds(expression, $0) }
        default: return []
        }
    }

    /// Every place that the definition's loop would reach, tried one by one.
    private func take(_ slice: Slice, _ children: [Node]) -> [Node] {
        guard slice.step != 0 else { return [] }
        func normal(_ index: Int) -> Int { index < 0 ? index + children.count : index }
        let forward = slice.step > 0
        let start = min(
            max(slice.start.map(normal) ?? (forward ? 0 : .max), forward ? 0 : -1),
            forward ? children.count : children.count - 1)
        let end = slice.end.map(normal) ?? (forward ? .max : -1)
        let order = forward ? Array(children.indices) : children.indices.reversed()
        return order.filter { place in
            let isAfterStart = forward ? place >= start && place < end : place <= start && place > end
            return isAfterStart && abs(place - start) % abs(slice.step) == 0
        }.map { children[$0] }
    }

    func holds(_ expression: LogicalExpression, _ current: Node) -> Bool {
        switch expression {
        case .or(let parts): parts.contains { holds($0, current) }
        case .and(let parts): parts.allSatisfy { holds($0, current) }
        case .not(let part): !holds(part, current)
        case .exists(let query): !nodes(query, from: current).isEmpty
        case .function(let call): matches(call, current)
        case .comparison(let left, let sign, let right): compare(value(left, current), sign, value(right, current))
        }
    }

    private func compare(_ left: Tree?, _ sign: ComparisonOperator, _ right: Tree?) -> Bool {
        switch sign {
        case .equal: same(left, right)
        case .notEqual: !same(left, right)
        case .less: less(left, right)
        case .greater: less(right, left)
        case .lessOrEqual: less(left, right) || same(left, right)
        case .greaterOrEqual: less(right, left) || same(left, right)
        }
    }

    private func same(_ left: Tree?, _ right: Tree?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.isSame(as: right)
    }

    private func less(_ left: Tree?, _ right: Tree?) -> Bool {
        switch (left, right) {
        case (.number(let left)?, .number(let right)?): left < right
        case (.string(let left)?, .string(let right)?): left.lexicographicallyPrecedes(right)
        default: false
        }
    }
}

/// Values of comparands and functions; nil is nothing.
extension NaiveEvaluator {
    private func value(_ comparand: Comparand, _ current: Node) -> Tree? {
        switch comparand {
        case .literal(let literal): value(literal)
        case .query(let query): nodes(query, from: current).first?.value
        case .function(let call): value(call, current)
        }
    }

    private func value(_ argument: FunctionArgument, _ current: Node) -> Tree? {
        switch argument {
        case .literal(let literal): value(literal)
        case .query(let query): nodes(query, from: current).first?.value
        case .function(let call): value(call, current)
        }
    }

    private func value(_ literal: Literal) -> Tree {
        switch literal {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .number(let number): .number(Double(number.text) ?? .nan)
        case .string(let text): .string(Array(text.text.unicodeScalars))
        }
    }

    private func value(_ call: FunctionExpression, _ current: Node) -> Tree? {
        let nodes = if case .query(let query)? = call.arguments.first { nodes(query, from: current) } else { [Node]() }
        switch call.function {
        case .count: return .number(Double(nodes.count))
        case .value: return nodes.count == 1 ? nodes[0].value : nil
        case .length:
            switch call.arguments.first.flatMap({ value($0, current) }) {
            case .string(let scalars): return .number(Double(scalars.count))
            case .array(let elements): return .number(Double(elements.count))
            case .object(let members): return .number(Double(members.count))
            default: return nil
            }
        case .match, .search: return nil
        }
    }

    /// Matching itself is tested where I-Regexp is.
    private func matches(_ call: FunctionExpression, _ current: Node) -> Bool {
        guard case .string(let text)? = value(call.arguments[0], current),
            case .string(let pattern)? = value(call.arguments[1], current),
            let regexp = try? IRegexp(String(String.UnicodeScalarView(pattern)))
        else { return false }
        let bytes = Array(String(String.UnicodeScalarView(text)).utf8)[...]
        return call.function == .match ? regexp.matches(bytes) : regexp.occurs(in: bytes)
    }
}
