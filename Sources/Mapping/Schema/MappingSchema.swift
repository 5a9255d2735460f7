import Altcraft
import Functions
package import JSON

/// The JSON Schema of mapping and test files, derived from the specification, so that editors complete and underline.
///
/// A schema cannot say everything that the checker knows: what passes it may still be refused by `check`.
package enum MappingSchema {
    /// Which files a schema is for.
    package enum Kind: String, Sendable, CaseIterable {
        case mapping
        case tests

        /// The name of the committed copy, beside the mappings.
        package var fileName: String { "\(rawValue).schema.json" }
    }

    /// The schema as JSON.
    package static func schema(_ kind: Kind) -> JSONValue {
        var writer = SchemaWriter()
        let root = kind == .mapping ? Specification.mapping : Specification.tests
        let whole = writer.object(root)
        let head: [SchemaWriter.Member] = [
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("title", .string(kind == .mapping ? "TriggerBridge mapping" : "TriggerBridge tests of a mapping")),
        ]
        return .object(head + (whole.members ?? []) + [("$defs", writer.definitions)])
    }

    /// The schema as the text of a file.
    package static func text(_ kind: Kind) -> String {
        schema(kind).text(pretty: true) + "\n"
    }
}
