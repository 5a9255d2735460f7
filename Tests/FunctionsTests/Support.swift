import Functions
import JSON
import Testing

/// What comes out of a pipe.
enum Outcome: Equatable, CustomStringConvertible {
    /// A value as JSON text.
    case value(String)
    /// The value counts as missing.
    case missing
    /// The pipe cannot work; what the sentence says.
    case invalid(String)

    /// As it is shown where a test fails.
    var description: String {
        switch self {
        case .value(let text): text
        case .missing: "missing"
        case .invalid(let why): "invalid: \(why)"
        }
    }

    /// Whether the pipe cannot work.
    var isInvalid: Bool {
        if case .invalid = self { return true }
        return false
    }
}

/// Sends values through pipes as a mapping would.
enum Pipes {
    /// Why a text of a test cannot be used.
    enum Slip: Error {
        case noFunction(String)
        case notPrepared(ArgumentFault)
    }

    /// What a pipe, given as the JSON of one entry or a list, makes of an input, given as JSON.
    static func run(_ input: String, _ pipe: String) throws -> Outcome {
        try run(.json(.node(try JSONDocument.parse(input).root)), pipe)
    }

    /// What a pipe makes of an input.
    static func run(_ input: FunctionValue, _ pipe: String) throws -> Outcome {
        switch try result(input, pipe) {
        case .value(let value): .value(value.json.text())
        case .missing: .missing
        case .invalid(let why): .invalid(why)
        }
    }

    /// What a pipe answers.
    static func result(_ input: FunctionValue, _ pipe: String) throws -> FunctionResult {
        let node = try JSONDocument.parse(pipe).root
        var value = input
        for entry in node.kind == .array ? Array(node.elements) : [node] {
            switch try function(entry).apply(value) {
            case .value(let next): value = next
            case let end: return end
            }
        }
        return .value(value)
    }

    /// The function of one entry, made ready.
    static func function(_ entry: JSONNode) throws -> PreparedFunction {
        let name = entry.string ?? only(entry)?.name ?? ""
        guard let spec = FunctionCatalogue.spec(named: name) else { throw Slip.noFunction(name) }
        return try prepare(spec, constants(spec, only(entry)?.value))
    }

    /// Makes a function ready.
    static func prepare(_ spec: FunctionSpec, _ arguments: FunctionArguments) throws -> PreparedFunction {
        do throws(ArgumentFault) {
            return try spec.prepare(arguments)
        } catch {
            throw Slip.notPrepared(error)
        }
    }

    /// The fault that preparing a call finds; nil when it finds none.
    static func fault(_ call: String, later: [String] = []) throws -> ArgumentFault? {
        let entry = try JSONDocument.parse(call).root
        let name = entry.string ?? only(entry)?.name ?? ""
        guard let spec = FunctionCatalogue.spec(named: name) else { throw Slip.noFunction(name) }
        do throws(ArgumentFault) {
            _ = try spec.prepare(FunctionArguments(named(spec, only(entry)?.value), later: later))
            return nil
        } catch {
            return error
        }
    }

    private static func only(_ entry: JSONNode) -> JSONMember? {
        Array(entry.members).first
    }

    private static func constants(_ spec: FunctionSpec, _ node: JSONNode?) -> FunctionArguments {
        FunctionArguments(named(spec, node))
    }

    private static func named(_ spec: FunctionSpec, _ node: JSONNode?) -> [(name: String, value: FunctionValue)] {
        guard let node else { return [] }
        guard node.kind == .object else {
            return spec.parameters.filter(\.isBare).map { ($0.name, .json(.node(node))) }
        }
        return node.members.map { ($0.name, .json(.node($0.value))) }
    }

    /// A text as JSON.
    static func quoted(_ text: String) -> String {
        JSONValue.string(text).text()
    }

    /// Applies a function with arguments that come with the event alone.
    static func dynamic(
        _ name: String, _ input: FunctionValue, _ arguments: [(name: String, value: FunctionValue)]
    ) throws -> Outcome {
        guard let spec = FunctionCatalogue.spec(named: name) else { throw Slip.noFunction(name) }
        let function = try prepare(spec, FunctionArguments([], later: arguments.map(\.name)))
        switch function.apply(input, arguments: FunctionArguments(arguments)) {
        case .value(let value): return .value(value.json.text())
        case .missing: return .missing
        case .invalid(let why): return .invalid(why)
        }
    }
}

extension JSONNode {
    /// The cases under a name.
    func cases(_ name: String) -> [JSONNode] {
        self[name].map { Array($0.elements) } ?? []
    }

    /// The text of a member.
    func text(_ name: String) -> String? {
        self[name]?.string
    }
}

/// Texts with every kind of space as a plain one: locale data changes which it takes.
func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }))
}
