package import Functions

/// An instruction of the template language: the `$` key, what it takes, and the companions beside it.
package struct InstructionSpec: Sendable {
    /// The instructions, closed: the compiler switches over them.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case path = "$path"
        case variable = "$var"
        case meta = "$meta"
        case template = "$template"
        case coalesce = "$coalesce"
        case choice = "$if"
        case each = "$each"
        case lookup = "$lookup"
        case merge = "$merge"
        case literal = "$literal"
    }

    /// Which instruction it is.
    package let kind: Kind
    /// What the `$` key itself takes.
    package let operand: Shape
    /// The keys that may stand beside it.
    package let companions: [KeySpec]
    /// What it gives.
    package let output: ValueType
    /// One sentence: what it does.
    package let summary: String
    /// An example as JSON text.
    package let example: String

    /// The key with its dollar.
    package var name: String { kind.rawValue }

    /// Describes an instruction.
    package init(
        _ kind: Kind, _ operand: Shape, _ companions: [KeySpec], gives output: ValueType, _ summary: String,
        example: String
    ) {
        self.kind = kind
        self.operand = operand
        self.companions = companions
        self.output = output
        self.summary = summary
        self.example = example
    }
}

extension Specification {
    /// All instructions, in the order of the reference.
    package static let instructions: [InstructionSpec] = [
        InstructionSpec(
            .path, .path, [take] + pipeAndAbsence, gives: .any, "The value that a path selects in the event.",
            example: #"{"$path": "$.customer.phone", "pipe": ["trim"], "optional": true}"#),
        InstructionSpec(
            .variable, .text, pipeAndAbsence, gives: .any, "A value that is named in `let`.",
            example: #"{"$var": "locale"}"#),
        InstructionSpec(
            .meta, .text, pipeAndAbsence, gives: .any,
            "Something about the message itself, by JSON Pointer: `exchange`, `routing_key`, `headers`, `properties`, `now`, or `index`, the element's number in its loop.",
            example: #"{"$meta": "/properties/message_id"}"#),
        InstructionSpec(
            .template, .text, pipeAndAbsence, gives: .text,
            "A text with placeholders; where the value of any of them is missing, the whole text is.",
            example: #"{"$template": "Order {{$.name}}"}"#),
        InstructionSpec(
            .coalesce, .list(.template(.any), atLeast: 1), pipeAndAbsence, gives: .any,
            "The first of several values that is there after its own pipe.",
            example: #"{"$coalesce": ["$.email", "$.customer.email"]}"#),
        InstructionSpec(
            .choice, .pattern,
            [
                KeySpec(
                    "then", .template(.any), required: true, "The value where the pattern matches.", example: #""VIP""#),
                KeySpec(
                    "else", .template(.any), "The value where it does not.", example: #""standard""#,
                    fallback: "the member is left out"),
            ], gives: .any, "One of two values; the pattern is applied to `@`.",
            example: #"{"$if": {"tags": ["vip"]}, "then": "VIP", "else": "standard"}"#),
        InstructionSpec(
            .each, .path, eachCompanions, gives: .list, "A list with one entry for each element that a path selects.",
            example: #"{"$each": "$.line_items[*]", "item": {"title": "@.title"}}"#),
        InstructionSpec(
            .lookup, .text,
            [KeySpec("key", .template(.any), required: true, "What is looked up.", example: #"{"$var": "locale"}"#)]
                + absence, gives: .any, "The entry of a table in `tables`.",
            example: #"{"$lookup": "campaign_by_locale", "key": {"$var": "locale"}, "default": 4103}"#),
        InstructionSpec(
            .merge, .list(.template(.any), atLeast: 1), [], gives: .any,
            "The members of several objects in one; where a name repeats, the later one wins.",
            example: #"{"$merge": ["$.customer", {"source": "shop"}]}"#),
        InstructionSpec(
            .literal, .anything, [], gives: .any, "A value as it stands, even where it looks like a path.",
            example: #"{"$literal": "$.99"}"#),
    ]

    /// The instruction with this `$` key, or nil.
    package static func instruction(named name: String) -> InstructionSpec? {
        instructions.first { $0.name == name }
    }

    private static let take = KeySpec(
        "take", .word(["first", "all", "only"]),
        "Which values are meant where a path may select several: the first, all as a list, or the only one there may be.",
        example: #""first""#)

    private static let absence = [
        KeySpec(
            "default", .template(.any), "What stands in where the value is missing.", example: #""ru-RU""#,
            fallback: "the launch stops"),
        KeySpec(
            "optional", .bool, "Whether the member is left out where the value is missing.", example: "true",
            fallback: "false"),
    ]

    private static let pipeAndAbsence =
        [KeySpec("pipe", .pipe, "Functions that the value goes through, from left to right.", example: #"["trim"]"#)]
        + absence

    private static let eachCompanions = [
        KeySpec(
            "item", .template(.any), required: true, "What each element becomes; `@` is the element.",
            example: #"{"title": "@.title"}"#),
        KeySpec(
            "where", .pattern, "Which elements are taken.", example: #"{"quantity": [{"numeric": [">", 0]}]}"#,
            fallback: "all"),
        KeySpec("limit", .integer(0...100_000), "How many elements are taken at most.", example: "100"),
        KeySpec(
            "empty", .word(["keep", "omit", "fail"]), "What becomes of an empty list.", example: #""omit""#,
            fallback: "`keep`"),
    ]
}
