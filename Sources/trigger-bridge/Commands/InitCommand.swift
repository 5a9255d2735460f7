import ArgumentParser
import Foundation
import Mapping

/// `trigger-bridge init`: a first mapping with its test, made from an event.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a first mapping with its test from an event file.",
        discussion: """
            Proposes what it finds in the event: whom it is about, what identifies it, what a message could show. Put \
            the number of your campaign in, take out what the message does not need, and run the test:

              trigger-bridge init --name order-paid event.json
              trigger-bridge test mappings/order-paid.json

            Writes NAME.json, NAME.tests.json and events/NAME.json, and the schemas where they are missing; never \
            overwrites. Exit 0: done. Exit 2: usage, or a file is there already. Exit 3: the event cannot be used.
            """
    )

    @Option(help: ArgumentHelp("The mapping's name; from the name of the event file without it.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The folder of the mappings.", valueName: "folder"))
    var output = MappingInput.usualFolder

    @Argument(help: ArgumentHelp("The event: {\"amqp\": {…}, \"body\": …} or a bare body; - for standard input."))
    var eventFile: String

    func validate() throws {
        guard let fault = name.flatMap(MappingName.fault) else { return }
        throw ValidationError("--name: \(fault).")
    }

    func run() throws {
        let input = try InputFile.read(eventFile, else: .event)
        let (event, diagnostics) = EventFile.read(SourceFile(name: input.name, bytes: input.bytes))
        for diagnostic in diagnostics { Console.error(diagnostic.description) }
        guard let event else { throw CommandExit.event }
        let name = name ?? Self.name(from: eventFile)
        let proposal = MappingProposal.make(name: name, from: event)
        let folder = OutputFolder(output)
        let written = [
            ("\(name).json", proposal.mapping), ("\(name).tests.json", proposal.tests),
            ("events/\(name).json", proposal.event),
        ].filter { !isTheEvent(folder.path(of: $0.0)) }
        try refuseExisting(written.map(\.0), in: folder)
        for (file, text) in written { try folder.create(file, text) }
        for kind in MappingSchema.Kind.allCases where !folder.holds(kind.fileName) {
            try folder.create(kind.fileName, MappingSchema.text(kind))
        }
        if !proposal.findsRecipient {
            Console.error("warning: nothing in the event tells whom it is about: say it in \"recipient\"")
        }
        report(written.map { folder.path(of: $0.0) }, mapping: folder.path(of: "\(name).json"))
    }

    /// The event may stand where its copy would go.
    private func isTheEvent(_ path: String) -> Bool {
        func place(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path }
        return place(path) == place(eventFile)
    }

    private func refuseExisting(_ names: [String], in folder: OutputFolder) throws(CommandExit) {
        let existing = names.filter(folder.holds)
        guard !existing.isEmpty else { return }
        for name in existing { Console.error("error: \(folder.path(of: name)) is there already") }
        Console.error("nothing was written; choose another --name or another --output")
        throw .usage
    }

    private func report(_ written: [String], mapping: String) {
        for path in written { Console.result("wrote \(path)") }
        Console.result(
            """
            Next: put the number of your campaign into "launch", take out of "content" what the message does not need, then
              trigger-bridge preview --event \(eventFile) \(mapping)
              trigger-bridge test \(mapping)
            """)
    }

    /// `order-paid` for `events/01-order-paid.shopify.json`.
    private static func name(from path: String) -> String {
        let file = (path as NSString).lastPathComponent
        let stem = file.prefix { $0 != "." }.drop { $0.isNumber || $0 == "-" || $0 == "_" }
        let plain = stem.prefix(MappingName.mostCharacters).map { character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        return plain.contains { $0 != "-" } ? String(plain) : "mapping"
    }
}
