import JSON

/// Conditions.
extension SchemaWriter {
    /// An event pattern.
    func pattern() -> JSONValue {
        let itself = JSONValue.object([("$ref", .string("#/$defs/pattern"))])
        let scalars = JSONValue.object([
            ("type", .array(["null", "boolean", "number", "string"].map(JSONValue.string)))
        ])
        let list = array(of: anyOf([scalars, operatorEntry()]), atLeast: 1)
        return .object([
            ("type", .string("object")),
            ("description", .string("Names of members, and lists of what is accepted there.")),
            ("properties", .object([("$or", array(of: itself, atLeast: 2))])),
            ("additionalProperties", anyOf([list, itself])),
        ])
    }

    /// One operator with what it takes.
    private func operatorEntry() -> JSONValue {
        let text = type("string")
        let operators: [(name: String, summary: String, schema: JSONValue)] = [
            ("exactly", "The text itself.", text), ("prefix", "The text begins so.", affix),
            ("suffix", "The text ends so.", affix), ("equals-ignore-case", "The text but for case.", text),
            ("wildcard", "`*` stands for any run of characters.", text),
            ("anything-but", "None of these.", anythingBut), ("numeric", "A range: [\">\", 0, \"<=\", 5].", numeric),
            ("exists", "Whether a value is there.", type("boolean")),
            (
                "cidr", "A block of internet addresses.",
                .object([("type", .string("string")), ("pattern", .string("/[0-9]+$"))])
            ),
        ]
        let companion = ("text", "Beside `numeric`: numbers in texts count too.", type("boolean"))
        let properties = (operators + [companion]).map { name, summary, schema in
            Member(name, .object([("description", .string(summary))] + (schema.members ?? [])))
        }
        return .object([
            ("type", .string("object")), ("properties", .object(properties)), ("additionalProperties", .bool(false)),
            ("oneOf", .array(operators.map { requires([$0.name]) })),
            ("dependentRequired", .object([("text", .array([.string("numeric")]))])),
        ])
    }

    private var someText: JSONValue {
        .object([("type", .string("string")), ("minLength", .number(JSONNumber(1)))])
    }

    /// A beginning or an end, exact or without regard to case.
    private var affix: JSONValue {
        let folded = JSONValue.object([
            ("type", .string("object")), ("properties", .object([("equals-ignore-case", someText)])),
            ("required", .array([.string("equals-ignore-case")])), ("additionalProperties", .bool(false)),
        ])
        return anyOf([someText, folded])
    }

    private var anythingBut: JSONValue {
        let texts = anyOf([type("string"), array(of: type("string"), atLeast: 1)])
        let parts = anyOf([someText, array(of: someText, atLeast: 1)])
        let forms = JSONValue.object([
            ("type", .string("object")),
            (
                "properties",
                .object([("prefix", parts), ("suffix", parts), ("equals-ignore-case", texts), ("wildcard", texts)])
            ),
            ("additionalProperties", .bool(false)), ("minProperties", .number(JSONNumber(1))),
            ("maxProperties", .number(JSONNumber(1))),
        ])
        return anyOf([texts, type("number"), array(of: type("number"), atLeast: 1), forms])
    }

    /// One comparison, or a lower and an upper bound.
    private var numeric: JSONValue {
        func sign(_ signs: [String]) -> JSONValue { .object([("enum", .array(signs.map(JSONValue.string)))]) }
        func comparisons(_ items: [JSONValue]) -> JSONValue {
            .object([
                ("type", .string("array")), ("prefixItems", .array(items)),
                ("minItems", .number(JSONNumber(items.count))), ("maxItems", .number(JSONNumber(items.count))),
            ])
        }
        let number = type("number")
        return anyOf([
            comparisons([sign(["=", "<", "<=", ">", ">="]), number]),
            comparisons([sign([">", ">="]), number, sign(["<", "<="]), number]),
        ])
    }

    private func array(of element: JSONValue, atLeast least: Int) -> JSONValue {
        .object([
            ("type", .string("array")), ("items", element), ("minItems", .number(JSONNumber(least))),
        ])
    }
}
