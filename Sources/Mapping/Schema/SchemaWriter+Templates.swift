import Functions
import JSON

/// The recursive parts of the language.
extension SchemaWriter {
    /// Anything that gives a value: a plain value, an instruction, or a list or object of such.
    mutating func template() -> JSONValue {
        let itself = JSONValue.object([("$ref", .string("#/$defs/template"))])
        let plain = JSONValue.object([
            ("type", .string("object")),
            ("description", .string("An object; a key that begins with \"$\" is written with two.")),
            ("patternProperties", .object([("^([^$]|\\$\\$|$)", itself)])), ("additionalProperties", .bool(false)),
        ])
        let list = JSONValue.object([("type", .string("array")), ("items", itself)])
        let scalars = JSONValue.object([
            ("type", .array(["null", "boolean", "number", "string"].map(JSONValue.string)))
        ])
        return anyOf([scalars, list, instruction(), plain])
    }

    /// An object whose one `$` key says what gives the value.
    mutating func instruction() -> JSONValue {
        reference("instruction") { writer in
            writer.anyOf(Specification.instructions.map { writer.instruction($0) })
        }
    }

    private mutating func instruction(_ spec: InstructionSpec) -> JSONValue {
        let operand = KeySpec(spec.name, spec.operand, required: true, spec.summary, example: operandExample(spec))
        return object(ObjectSpec(spec.name, spec.summary, [operand] + spec.companions))
    }

    /// What stands behind the `$` key in the instruction's example.
    private func operandExample(_ spec: InstructionSpec) -> String {
        let example = try? JSONDocument.parse(spec.example).root
        return example?[spec.name]?.text() ?? "null"
    }

    /// A list of functions.
    mutating func pipe() -> JSONValue {
        let names = FunctionCatalogue.all.filter { !$0.parameters.contains(where: \.isRequired) }.map { spec in
            JSONValue.object([("const", .string(spec.name)), ("description", .string(spec.summary))])
        }
        let calls = FunctionCatalogue.all.filter { !$0.parameters.isEmpty }.map { call($0) }
        return .object([("type", .string("array")), ("items", anyOf(names + calls))])
    }

    private mutating func call(_ spec: FunctionSpec) -> JSONValue {
        let keys = spec.parameters.map { parameter in
            KeySpec(
                parameter.name, .template(parameter.type), required: parameter.isRequired, parameter.summary,
                example: argumentExample(spec, parameter))
        }
        var arguments = object(ObjectSpec(spec.name, spec.summary, keys))
        if spec.parameters.contains(where: \.isBare) { arguments = anyOf([arguments, shape(.template(.any))]) }
        return .object([
            ("type", .string("object")), ("description", .string(spec.summary)),
            ("properties", .object([(spec.name, arguments)])), ("required", .array([.string(spec.name)])),
            ("additionalProperties", .bool(false)),
        ])
    }

    private func argumentExample(_ spec: FunctionSpec, _ parameter: ParameterSpec) -> String {
        let call = try? JSONDocument.parse(spec.example.call).root
        guard let value = call?[spec.name] else { return "null" }
        return (value.kind == .object ? value[parameter.name] : value)?.text() ?? "null"
    }
}
