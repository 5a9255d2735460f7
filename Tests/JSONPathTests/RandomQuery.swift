import JSON
import JSONPath
import TestSupport

/// Makes random queries and documents out of few names and values, so that they meet often.
struct RandomQuery {
    var generator: SeededGenerator

    private static let names = ["a", "b", "c", "", "é", "0", "😀", "it's"]
    private static let texts = ["", "a", "b", "ab", "é", "e\u{301}", "😀", "\u{FFFF}", "a.*", "[ab]+", "(", "1"]
    private static let numbers: [Double] = [0, 1, 2, -1, 1.5, 10, 100]
    private static let spellings = ["0", "-0", "1", "1.0", "10e-1", "2", "-1", "1.5", "15e-1", "10", "1e1", "1E+2"]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func name() -> String { generator.pick(Self.names, or: "a") }

    private mutating func text() -> String { generator.pick(Self.texts, or: "a") }

    /// A random document: an array or object, so that queries find something.
    mutating func document() -> Tree { tree(depth: 4, kinds: 4..<8) }

    private mutating func tree(depth: Int) -> Tree { tree(depth: depth, kinds: 0..<(depth > 0 ? 8 : 4)) }

    private mutating func tree(depth: Int, kinds: Range<Int>) -> Tree {
        switch number(kinds) {
        case 0: return .null
        case 1: return .bool(generator.chance(50))
        case 2: return .number(generator.pick(Self.numbers, or: 0))
        case 3: return .string(Array(text().unicodeScalars))
        case 4, 5: return .array((0..<number(0..<5)).map { _ in tree(depth: depth - 1) })
        default:
            let names = Set((0..<number(0..<5)).map { _ in name() }).sorted().shuffled(using: &generator)
            return .object(names.map { Tree.Member(name: $0, value: tree(depth: depth - 1)) })
        }
    }

    /// A random query.
    mutating func query(_ origin: Query.Origin = .root, depth: Int = 3) -> Query {
        Query(origin: origin, segments: (0..<number(0..<4)).map { _ in segment(depth) })
    }

    private mutating func singularQuery() -> Query {
        let segments = (0..<number(0..<3)).map { _ in
            Segment.child([generator.chance(60) ? .name(JSONName(name())) : .index(number(-3..<4))])
        }
        return Query(origin: generator.chance(80) ? .current : .root, segments: segments)
    }

    private mutating func segment(_ depth: Int) -> Segment {
        let selectors = (0..<(generator.chance(75) ? 1 : number(2..<4))).map { _ in selector(depth) }
        return generator.chance(20) ? .descendant(selectors) : .child(selectors)
    }

    private mutating func selector(_ depth: Int) -> Selector {
        switch number(0..<(depth > 0 ? 8 : 5)) {
        case 0, 1: return .name(JSONName(name()))
        case 2: return .wildcard
        case 3: return .index(number(-4..<5))
        case 4:
            let start = generator.chance(40) ? nil : number(-6..<7)
            let end = generator.chance(40) ? nil : number(-6..<7)
            return .slice(Slice(start: start, end: end, step: generator.chance(40) ? 1 : number(-3..<4)))
        default: return .filter(expression(depth - 1))
        }
    }

    private mutating func expression(_ depth: Int) -> LogicalExpression {
        switch number(0..<(depth > 0 ? 9 : 6)) {
        case 0, 1, 2:
            return .comparison(
                comparand(depth), generator.pick(ComparisonOperator.allCases, or: .equal), comparand(depth))
        case 3, 4: return .exists(query(generator.chance(80) ? .current : .root, depth: depth - 1))
        case 5:
            let function: Function = generator.chance(50) ? .match : .search
            return .function(FunctionExpression(function, [valueArgument(depth), valueArgument(depth)]))
        case 6: return .not(expression(depth - 1))
        case 7: return .and((0..<number(2..<4)).map { _ in expression(depth - 1) })
        default: return .or((0..<number(2..<4)).map { _ in expression(depth - 1) })
        }
    }

    private mutating func comparand(_ depth: Int) -> Comparand {
        switch number(0..<5) {
        case 0, 1: .literal(literal())
        case 2, 3: .query(singularQuery())
        default: .function(valueFunction(depth))
        }
    }

    private mutating func valueArgument(_ depth: Int) -> FunctionArgument {
        switch number(0..<5) {
        case 0, 1: .literal(literal())
        case 2, 3: .query(singularQuery())
        default: .function(valueFunction(depth))
        }
    }

    private mutating func valueFunction(_ depth: Int) -> FunctionExpression {
        switch number(0..<3) {
        case 0: FunctionExpression(.length, [depth > 0 ? valueArgument(depth - 1) : .query(singularQuery())])
        case 1: FunctionExpression(.count, [.query(query(.current, depth: depth - 1))])
        default: FunctionExpression(.value, [.query(query(.current, depth: depth - 1))])
        }
    }

    private mutating func literal() -> Literal {
        switch number(0..<6) {
        case 0: .null
        case 1: .bool(generator.chance(50))
        case 2, 3: JSONNumber(generator.pick(Self.spellings, or: "0")).map { .number($0) } ?? .null
        default: .string(JSONName(text()))
        }
    }
}
