import ArgumentParser
import Foundation
import Mapping

/// `trigger-bridge init`: a first mapping with its test, made from an event.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a first mapping with its test from an event file.",
        discussion: """
            Proposes what it finds in the event: whom it is about, what identifies it, what a message could show. Take \
            out what the message does not need, and run the test:

              trigger-bridge init --name order-paid --campaign 4101 event.json
              trigger-bridge test mappings/order-paid.json

            Writes NAME.json, NAME.tests.json and events/NAME.json, and the schemas where they are missing; never \
            overwrites. Where NAME.json is there without tests, only they are written. Exit 0: done. Exit 2: usage, or a file is there already. Exit 3: the event cannot be used.
            """
    )

    @Option(help: ArgumentHelp("The mapping's name; from the name of the event file without it.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The number of the trigger campaign that is launched.", valueName: "number"))
    var campaign: Int64?

    @Option(help: ArgumentHelp("The number of the scenario that is launched, instead.", valueName: "number"))
    var scenario: Int64?

    @Option(help: ArgumentHelp("The folder of the mappings.", valueName: "folder"))
    var output = MappingFolder.usualPath

    @Argument(help: ArgumentHelp("The event: {\"amqp\": {…}, \"body\": …} or a bare body; - for standard input."))
    var eventFile: String

    func validate() throws {
        if campaign != nil, scenario != nil { throw ValidationError("Give one of --campaign and --scenario.") }
        if [campaign, scenario].compactMap(\.self).contains(where: { $0 < 1 }) {
            throw ValidationError("A campaign's or scenario's number is a positive whole number.")
        }
        guard let fault = name.flatMap(MappingName.fault) else { return }
        throw ValidationError("--name: \(fault).")
    }

    func run() throws {
        let input = try InputFile.read(eventFile, else: .event)
        let (event, diagnostics) = EventFile.read(SourceFile(name: input.name, bytes: input.bytes))
        for diagnostic in diagnostics { Terminal.error(diagnostic.description) }
        guard let event else { throw CommandExit.event }
        let name = name ?? Self.name(from: eventFile)
        let folder = OutputFolder(output)
        let proposal = MappingProposal.make(name: name, from: event, target: target)
        let tests = try testsAlone(name, event, folder)
        let mapping = tests == nil ? [("\(name).json", proposal.mapping)] : []
        let written =
            (mapping + [
                ("\(name).tests.json", tests ?? proposal.tests), ("events/\(name).json", proposal.event),
            ]).filter { !isTheEvent(folder.path(of: $0.0)) }
        try refuseExisting(written.map(\.0), in: folder)
        for (file, text) in written { try folder.create(file, text) }
        for kind in MappingSchema.Kind.allCases where !folder.holds(kind.fileName) {
            try folder.create(kind.fileName, MappingSchema.text(kind))
        }
        if tests == nil { remark(on: proposal) }
        for (file, _) in written { Terminal.result("wrote \(folder.path(of: file))") }
        // What came from standard input is gone; its copy is not.
        let shown = eventFile == "-" ? folder.path(of: "events/\(name).json") : eventFile
        tellNext(event: shown, mapping: folder.path(of: "\(name).json"), isNew: tests == nil)
    }

    private var target: ProposedTarget {
        if let scenario { return .scenario(scenario) }
        return campaign.map(ProposedTarget.campaign) ?? .unknown
    }

    /// The tests for a mapping that stands there without any; nil where there is no such mapping.
    private func testsAlone(_ name: String, _ event: EventFile, _ folder: OutputFolder) throws -> String? {
        guard !folder.holds("\(name).tests.json"), let text = try folder.text("\(name).json") else { return nil }
        let (mapping, diagnostics) = MappingSet.compile(SourceFile(name: folder.path(of: "\(name).json"), text: text))
        guard let mapping else {
            for diagnostic in diagnostics where diagnostic.severity == .error { Terminal.error(diagnostic.description) }
            Terminal.error("nothing was written; mend the mapping, then begin its tests")
            throw CommandExit.usage
        }
        return MappingProposal.tests(of: mapping, from: event, file: "events/\(name).json")
    }

    private func remark(on proposal: MappingProposal) {
        if !proposal.findsRecipient {
            Terminal.error("warning: nothing in the event tells whom it is about: say it in \"recipient\"")
        }
        for guess in proposal.guesses { Terminal.error("warning: \(guess)") }
    }

    /// The event may stand where its copy would go.
    private func isTheEvent(_ path: String) -> Bool {
        func place(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path }
        return place(path) == place(eventFile)
    }

    private func refuseExisting(_ names: [String], in folder: OutputFolder) throws(CommandExit) {
        let existing = names.filter(folder.holds)
        guard !existing.isEmpty else { return }
        for name in existing { Terminal.error("error: \(folder.path(of: name)) is there already") }
        Terminal.error("nothing was written; choose another --name or another --output")
        throw .usage
    }

    private func tellNext(event: String, mapping: String, isNew: Bool) {
        let number = target == .unknown ? "put the number of your campaign into \"launch\", " : ""
        let next =
            isNew ? number + "take out of \"content\" what the message does not need, then" : "look what it shows:"
        Terminal.result(
            """
            Next: \(next)
              trigger-bridge preview --event \(Self.quoted(event)) \(Self.quoted(mapping))
              trigger-bridge test \(Self.quoted(mapping))
            """)
    }

    /// A word for the shell.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./+,:@%=".contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }

    /// `order-paid` for `events/01-order-paid.shopify.json`.
    private static func name(from path: String) -> String {
        let file = (path as NSString).lastPathComponent
        let stem = file.prefix { $0 != "." }.drop { $0.isNumber || $0 == "-" || $0 == "_" }
        let plain = stem.prefix(MappingName.mostCharacters).map { character in
            character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
        }
        let name = plain.drop { $0 == "-" }
        return name.isEmpty ? "mapping" : String(name)
    }
}
