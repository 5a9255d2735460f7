import ArgumentParser
import JSON
import Mapping
import Outcome
import Settings

/// `trigger-bridge check`: what is wrong with mappings, their tests and the settings.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks mappings, their tests and the settings; needs neither broker nor platform.",
        discussion: """
            Says everything that is wrong, each at its line and column, with what to write instead:

              trigger-bridge check mappings
              trigger-bridge check --strict --format sarif mappings > findings.sarif

            Every setting is a flag here too, and --config names a file of them: see trigger-bridge run --help.

            Exit 0: nothing to say, or warnings only. Exit 1: errors, or warnings with --strict. Exit 2: usage.
            """
    )

    /// How findings are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, sarif
    }

    @Option(help: "How findings are printed: text, json, or sarif for code hosts.")
    var format = Format.text

    @Flag(help: "Warnings count as errors.")
    var strict = false

    @Option(
        name: .customLong("accept"),
        help: ArgumentHelp("A warning that --strict lets pass, as W126; may stand several times.", valueName: "code"),
        transform: CheckCommand.warning)
    var accepted: [String] = []

    @Argument(
        help: ArgumentHelp(
            "Mapping files or folders. Without any: the setting mappings.path, else the folder mappings.",
            valueName: "path"))
    var paths: [String] = []

    @OptionGroup(title: "Settings", visibility: .hidden)
    var flags: SettingFlags

    func run() throws {
        let (loaded, found) = SettingsLoader.read(SettingsInput.sources(flags), needing: [])
        try refuseFlags(found)
        let settings = loaded.settings
        let files = MappingFiles(try MappingInput.paths(paths, settings))
        let project = files.project(MappingInput.offlineOptions(settings), runsTests: true)
        let diagnostics = (project.diagnostics + files.overlooked + underSettings(project.set, settings.broker))
            .sorted()
        let findings = found.map { Finding($0) } + diagnostics.map { Finding($0) }
        show(findings, files: project.entries.count)
        let isStopped = findings.contains { $0.isError || (strict && !accepted.contains($0.code)) }
        if isStopped { throw CommandExit.findings }
    }

    /// A code that may be accepted.
    private static func warning(_ text: String) throws -> String {
        guard let code = DiagnosticCode(rawValue: text.uppercased()) else {
            throw ValidationError("there is no warning \(text); the codes stand in what check prints, as W126")
        }
        guard code.severity == .warning else {
            throw ValidationError("\(code.rawValue) is an error: it must be mended")
        }
        return code.rawValue
    }

    /// What is right by itself, and not with the queue that the settings name.
    private func underSettings(_ set: MappingSet, _ broker: BrokerSettings) -> [Diagnostic] {
        set.unreachable(onQueue: broker.queue, declares: broker.declaresTopology)
            + set.batchesThatCannotFill(prefetch: broker.prefetch)
    }

    /// What is wrong in a file or a variable is a finding; on the command line it is a matter of usage.
    private func refuseFlags(_ findings: [SettingFinding]) throws(CommandExit) {
        let wrong = findings.filter { finding in
            guard case .flag = finding.source else { return false }
            return finding.severity == .error
        }
        guard !wrong.isEmpty else { return }
        for finding in wrong { Terminal.error(finding.description) }
        throw .usage
    }

    private func show(_ findings: [Finding], files: Int) {
        switch format {
        case .text: for finding in findings { Terminal.result(finding.text) }
        case .json:
            Terminal.result(JSONValue.object([("diagnostics", .array(findings.map(\.json)))]).text(pretty: true))
        case .sarif: Terminal.result(SARIFLog(findings).json.text(pretty: true))
        }
        let errors = findings.count(where: \.isError)
        Terminal.error(
            "\(files.counted("mapping file")): \(errors.counted("error")), "
                + (findings.count - errors).counted("warning"))
    }
}
