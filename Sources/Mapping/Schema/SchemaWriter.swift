import Functions
import JSON

/// Turns shapes into JSON Schema, and collects the definitions that they refer to.
struct SchemaWriter {
    typealias Member = (name: String, value: JSONValue)

    private var written: [String: JSONValue] = [:]
    private var order: [String] = []

    /// The definitions in the order in which they were first referred to.
    var definitions: JSONValue {
        .object(order.map { ($0, written[$0] ?? .object([])) })
    }

    /// An object of the language with its keys.
    mutating func object(_ spec: ObjectSpec) -> JSONValue {
        let properties = spec.keys.map { key in Member(key.name, described(shape(key.shape), key)) }
        var members: [Member] = [
            ("type", .string("object")), ("description", .string(spec.summary)), ("properties", .object(properties)),
            ("additionalProperties", .bool(false)),
        ]
        let required = spec.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(("required", .array(required))) }
        switch spec.rule {
        case .exactlyOne(let names): members.append(("oneOf", .array(names.map { requires([$0]) })))
        case .matchingMode: members.append(("allOf", .array(matchingModes(spec.keys.map(\.name)))))
        case nil: break
        }
        return .object(members)
    }

    /// A shape.
    mutating func shape(_ shape: Shape) -> JSONValue {
        switch shape {
        case .text, .path: type("string")
        case .name:
            .object([("type", .string("string")), ("pattern", .string("^[A-Za-z0-9._-]{1,128}$"))])
        case .bool: type("boolean")
        case .integer(let range):
            .object([
                ("type", .string("integer")), ("minimum", .number(JSONNumber(range.lowerBound))),
                ("maximum", .number(JSONNumber(range.upperBound))),
            ])
        case .positiveNumber: .object([("type", .string("number")), ("exclusiveMinimum", .number(JSONNumber(0)))])
        case .duration:
            .object([("type", .string("string")), ("pattern", .string(SchemaWriter.duration))])
        case .word(let words), .mode(let words): .object([("enum", .array(words.map(JSONValue.string)))])
        case .constantFalse: .object([("const", .bool(false))])
        case .list(let element, let least): list(self.shape(element), atLeast: least)
        case .map(let value): .object([("type", .string("object")), ("additionalProperties", self.shape(value))])
        case .object(let spec): reference(spec.name) { $0.object(spec) }
        case .oneOf(let shapes): anyOf(shapes.map { self.shape($0) })
        case .template(.text): anyOf([type("string"), instruction()])
        case .template(.number): anyOf([type("number"), path(), instruction()])
        case .template: reference("template") { $0.template() }
        case .id(let fromEvent): anyOf([positive()] + (fromEvent ? [path()] : []) + [instruction()])
        case .templateObject: reference("template") { $0.template() }
        case .pipe: reference("pipe") { $0.pipe() }
        case .pattern: reference("pattern") { $0.pattern() }
        case .conditions: list(type("string"), atLeast: 1)
        case .anything: .bool(true)
        }
    }

    /// What ``ISODuration`` reads.
    private static let duration =
        "^P(?=[0-9]|T)([0-9]+W)?([0-9]+D)?(T(?=[0-9])([0-9]+[.,][0-9]+H"
        + "|([0-9]+H)?([0-9]+[.,][0-9]+M|([0-9]+M)?([0-9]+([.,][0-9]+)?S)?)))?$"

    private func positive() -> JSONValue {
        .object([("type", .string("integer")), ("minimum", .number(JSONNumber(1)))])
    }

    private func path() -> JSONValue {
        .object([("type", .string("string")), ("pattern", .string("^[$@]($|[.\\[])"))])
    }

    /// That these members are there.
    func requires(_ names: [String]) -> JSONValue {
        .object([("required", .array(names.map(JSONValue.string)))])
    }

    private func list(_ element: JSONValue, atLeast least: Int) -> JSONValue {
        var members: [Member] = [("type", .string("array")), ("items", element)]
        if least > 0 { members.append(("minItems", .number(JSONNumber(least)))) }
        return .object(members)
    }

    func type(_ name: String) -> JSONValue {
        .object([("type", .string(name))])
    }

    func anyOf(_ schemas: [JSONValue]) -> JSONValue {
        .object([("anyOf", .array(schemas))])
    }

    /// Refers to a definition, which is written when it is first referred to.
    mutating func reference(_ name: String, _ write: (inout SchemaWriter) -> JSONValue) -> JSONValue {
        if !order.contains(name) {
            order.append(name)
            let schema = write(&self)
            written[name] = schema
        }
        return .object([("$ref", .string("#/$defs/\(name)"))])
    }

    /// A schema with what the reference says of the key.
    mutating func described(_ schema: JSONValue, _ key: KeySpec) -> JSONValue {
        let fallback = key.fallback.map { " Left out: \($0)." } ?? ""
        var members: [Member] = [("description", .string(key.summary + fallback))]
        if let example = try? JSONDocument.parse(key.example) {
            members.append(("examples", .array([.node(example.root)])))
        }
        return .object(members + (schema.members ?? []))
    }
}
