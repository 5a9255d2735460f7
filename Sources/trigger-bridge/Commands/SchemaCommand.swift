import ArgumentParser
import Foundation
import Mapping

/// `trigger-bridge schema`: the JSON Schema of mappings and tests, and the reference of the language.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of mapping or test files, by which editors complete and underline.",
        discussion: """
            A mapping names it in its first line, "$schema": "./mapping.schema.json"; this writes it there:

              trigger-bridge schema --write mappings

            Exit 0: done. Exit 2: usage, or a file cannot be written.
            """
    )

    @Flag(help: "Print the reference of the mapping language instead, as Markdown.")
    var reference = false

    @Option(
        help: ArgumentHelp(
            "Write both schemas into this folder, and the reference into the generated part of its README.md.",
            valueName: "folder"))
    var write: String?

    @Argument(help: "Which schema: mapping or tests.")
    var kind = MappingSchema.Kind.mapping

    func run() throws {
        if let write { return try writeAll(to: write) }
        if reference {
            Terminal.write(Array(MappingReference.text.utf8))
        } else {
            Terminal.write(Array(MappingSchema.text(kind).utf8))
        }
    }

    private func writeAll(to folder: String) throws(CommandExit) {
        let output = OutputFolder(folder)
        for kind in MappingSchema.Kind.allCases { try output.replace(kind.fileName, MappingSchema.text(kind)) }
        let page = try output.text("README.md") ?? "# Mappings\n\n"
        try output.replace("README.md", MappingReference.renewed(page))
    }
}

extension MappingSchema.Kind: ExpressibleByArgument {}
