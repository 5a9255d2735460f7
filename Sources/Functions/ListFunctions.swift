import JSON

/// Functions on lists.
enum ListFunctions {
    static let all: [FunctionSpec] = [join, first, last, count, sum, unique, limit]

    static let join = list(
        "join", to: .text,
        [ParameterSpec("separator", .text, required: true, bare: true, "What stands between the elements.")],
        "Joins the texts and numbers of a list.", example: FunctionExample(#"["a","b"]"#, #"{"join":", "}"#, #""a, b""#)
    ) { elements, arguments in
        guard let separator = arguments.text("separator") else { return .invalid("\"separator\" must be a text") }
        var text = ""
        for (place, element) in elements.enumerated() {
            guard let part = scalarText(element) else { return .invalid("join cannot write \(element.kind.noun)") }
            if place > 0 { text += separator }
            text += part
            if text.utf8.count > TextFunctions.mostBytes { return TextFunctions.tooLong("join") }
        }
        return .text(text)
    }

    static let first = list(
        "first", to: .any, [], "Takes the first element; an empty list counts as missing.",
        example: FunctionExample("[1,2]", #""first""#, "1")
    ) { elements, _ in elements.first.map { .value(.json($0)) } ?? .missing("the list is empty") }

    static let last = list(
        "last", to: .any, [], "Takes the last element; an empty list counts as missing.",
        example: FunctionExample("[1,2]", #""last""#, "2")
    ) { elements, _ in elements.last.map { .value(.json($0)) } ?? .missing("the list is empty") }

    static let count = list(
        "count", to: .number, [], "Counts the elements.", example: FunctionExample("[1,2]", #""count""#, "2")
    ) { elements, _ in .value(.json(.number(JSONNumber(elements.count)))) }

    static let sum = list(
        "sum", to: .decimal, [], "Adds the numbers of a list, exactly; texts that are numbers count, and none is 0.",
        example: FunctionExample(#"["0.10",0.2]"#, #""sum""#, "0.30")
    ) { elements, _ in
        var total = ExactDecimal.zero
        for element in elements {
            guard let number = NumberFunctions.exact(.json(element)) else {
                return .invalid("sum takes numbers of up to 38 digits, and one element is none")
            }
            guard let next = total.adding(number) else { return .invalid("the sum has more than 38 digits") }
            total = next
        }
        return .value(.decimal(total))
    }

    static let unique = list(
        "unique", to: .list, [], "Leaves out elements that came before.",
        example: FunctionExample("[1,1.0,2]", #""unique""#, "[1,2]")
    ) { elements, _ in
        // Bytes: texts that only look alike are two, although Swift's strings say otherwise.
        var seen = Set<[UInt8]>()
        return .value(.json(.array(elements.filter { seen.insert(Array(CanonicalText.of($0).utf8)).inserted })))
    }

    static let limit = list(
        "limit", to: .list,
        [ParameterSpec("count", .number, required: true, bare: true, "How many elements stay, from 0.")],
        "Keeps the first elements.", example: FunctionExample("[1,2,3]", #"{"limit":2}"#, "[1,2]"),
        check: { arguments throws(ArgumentFault) in _ = try arguments.integer("count", in: 0...Int.max) }
    ) { elements, arguments in
        withArguments { () throws(ArgumentFault) in
            guard let count = try arguments.integer("count", in: 0...Int.max) else {
                return .invalid("limit needs \"count\"")
            }
            return .value(.json(.array(Array(elements.prefix(count)))))
        }
    }

    /// A function on a list; arguments of the file and of the event are one to it.
    static func list(
        _ name: String, to output: ValueType, _ parameters: [ParameterSpec], _ summary: String,
        example: FunctionExample,
        check: @escaping @Sendable (FunctionArguments) throws(ArgumentFault) -> Void = { _ in },
        _ work: @escaping @Sendable ([JSONValue], FunctionArguments) -> FunctionResult
    ) -> FunctionSpec {
        FunctionSpec(name, .list, to: output, summary, parameters: parameters, example: example) {
            constants throws(ArgumentFault) in
            try check(constants)
            return PreparedFunction { value, dynamic in
                guard let elements = value.elements else {
                    return .invalid("\(name) takes a list, and this is \(value.noun)")
                }
                return work(elements, dynamic.joining(constants))
            }
        }
    }

    /// A leaf as text; nil for containers.
    private static func scalarText(_ value: JSONValue) -> String? {
        switch value.kind {
        case .string: value.string
        case .number: value.number?.text
        case .bool: value.bool.map { $0 ? "true" : "false" }
        default: nil
        }
    }
}
