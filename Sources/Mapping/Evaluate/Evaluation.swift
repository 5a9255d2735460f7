import Functions
import JSON
import JSONPath
import Outcome

/// The evaluation of one mapping for one event: what `$`, `@` and the variables are, and what may still be spent.
///
/// Recursion follows the mapping file, whose depth is bounded; the event is walked by loops.
struct Evaluation {
    let mapping: Mapping
    let event: Event
    let limits: EvaluationLimits
    /// The event: what `$` is.
    let body: JSONNode
    /// What `@` is.
    var current: JSONNode
    /// The element of `for_each` that is launched for, and its number.
    var element: JSONNode?
    var elementIndex: Int?
    /// The number of the element in the nearest loop.
    var index: Int?
    var variables: [Variable]
    var budget: VisitBudget
    /// Bytes of JSON that the launch under way may still take.
    var outputLeft: Int
    let trace: TraceRecorder?

    /// How far a variable is.
    enum Variable {
        case unknown
        case known(Yield)
    }

    init(_ mapping: Mapping, _ event: Event, body: JSONNode, limits: EvaluationLimits, trace: TraceRecorder?) {
        self.mapping = mapping
        self.event = event
        self.limits = limits
        self.body = body
        self.trace = trace
        current = body
        variables = Array(repeating: .unknown, count: mapping.templates.variables.count)
        budget = VisitBudget(limits.visits)
        outputLeft = limits.launchBytes
    }

    /// Evaluates a template.
    mutating func yield(_ template: Template) throws(Halt) -> Yield {
        switch template {
        case .constant(let value):
            try charge(value)
            return .value(.json(value))
        case .instruction(let instruction): return try yield(instruction)
        case .object(let members): return .value(.json(try object(members)))
        case .array(let elements): return .value(.json(.array(try array(elements))))
        }
    }

    /// Evaluates a template where a value must come out or be left out.
    ///
    /// - Throws: ``Halt`` where it is missing.
    mutating func value(_ template: Template) throws(Halt) -> FunctionValue? {
        switch try yield(template) {
        case .value(let value): return value
        case .leftOut: return nil
        case .missing(let absent): throw Halt(absent)
        }
    }

    /// Evaluates a template where a value must come out.
    mutating func required(_ placed: Placed) throws(Halt) -> FunctionValue {
        if let value = try value(placed.template) { return value }
        throw Halt(Absent(place: placed.place, cause: .leftOut))
    }

    private mutating func object(_ members: [Template.Member]) throws(Halt) -> JSONValue {
        var result: [(name: String, value: JSONValue)] = []
        result.reserveCapacity(members.count)
        for member in members {
            try charge(member.name.utf8.count + 4, at: member.place)
            if let node = try plainNode(member.template) {
                result.append((member.name, .node(node)))
            } else if let value = try value(member.template) {
                result.append((member.name, value.json))
            }
        }
        return .object(result)
    }

    /// The value of a singular path without a pipe, where there is one: what most members are.
    ///
    /// Only a short cut: what it answers is what ``yield(_:)`` would give.
    @inline(__always)
    private mutating func plainNode(_ template: Template) throws(Halt) -> JSONNode? {
        guard case .instruction(let instruction) = template, instruction.isPlainPath, trace == nil,
            case .path(let path) = instruction.source
        else { return nil }
        let before = budget
        guard let node = try walk(path, at: instruction.place), !node.isNothing else {
            // The long way walks again; nobody pays for both.
            budget = before
            return nil
        }
        try charge(node.endOffset - node.offset, at: instruction.place)
        return node
    }

    /// The elements of a list, those left out not among them.
    mutating func array(_ elements: [Template.Element]) throws(Halt) -> [JSONValue] {
        var result: [JSONValue] = []
        result.reserveCapacity(elements.count)
        for element in elements {
            guard let value = try value(element.template) else { continue }
            try charge(1, at: element.place)
            result.append(value.json)
        }
        return result
    }

    private mutating func yield(_ instruction: Instruction) throws(Halt) -> Yield {
        var result = try source(instruction)
        if !instruction.pipe.isEmpty, case .value(let value) = result { result = try pipe(value, instruction) }
        guard case .missing(let absent) = result else { return result }
        trace?.missing(instruction.place, absent, instruction.absence)
        switch instruction.absence {
        case .stop: return result
        case .leaveOut: return .leftOut
        case .fallback(let template): return try yield(template)
        }
    }
}

/// What has been spent.
extension Evaluation {
    /// Takes the size of a finished value off what the launch may take.
    mutating func charge(_ value: JSONValue, at place: PlaceID = .none) throws(Halt) {
        switch value {
        case .node(let node): try charge(node.endOffset - node.offset, at: place)
        case .string(let text): try charge(text.utf8.count + 2, at: place)
        case .number(let number): try charge(number.text.utf8.count, at: place)
        case .null, .bool: try charge(4, at: place)
        case .array(let elements): for element in elements { try charge(element, at: place) }
        case .object(let members): for member in members { try charge(member.value, at: place) }
        }
    }

    /// Takes bytes off what the launch may take.
    mutating func charge(_ bytes: Int, at place: PlaceID) throws(Halt) {
        outputLeft -= bytes
        if outputLeft < 0 { throw tooBig(place, nil) }
    }

    func tooBig(_ place: PlaceID, _ path: EventPlace?) -> Halt {
        Halt(
            reason: .limit, place: place, path: path,
            detail: "the launch would be bigger than \(limits.launchBytes) bytes")
    }

    /// All nodes that a path selects.
    mutating func nodes(_ query: JSONPathQuery, at place: PlaceID) throws(Halt) -> [JSONNode] {
        do throws(LimitReached) {
            return try query.evaluate(root: body, current: current, budget: &budget)
        } catch {
            throw tooManyVisits(query, place)
        }
    }

    /// The first node that a path selects.
    mutating func first(_ query: JSONPathQuery, at place: PlaceID) throws(Halt) -> JSONNode? {
        do throws(LimitReached) {
            return try query.first(root: body, current: current, budget: &budget)
        } catch {
            throw tooManyVisits(query, place)
        }
    }

    /// The node that a path with steps selects.
    mutating func walk(_ path: PathSource, at place: PlaceID) throws(Halt) -> JSONNode? {
        guard let steps = path.steps else { return try first(path.query, at: place) }
        do throws(LimitReached) {
            return try budget.walk(steps, from: path.startsAtRoot ? body : current)
        } catch {
            throw tooManyVisits(path.query, place)
        }
    }

    private func tooManyVisits(_ query: JSONPathQuery, _ place: PlaceID) -> Halt {
        Halt(
            reason: .limit, place: place, path: EventPlace(query),
            detail: "the paths of the mapping look at more than \(limits.visits) values of the event")
    }
}
