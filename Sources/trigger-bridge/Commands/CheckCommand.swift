import ArgumentParser
import JSON
import Mapping
import Settings

/// The command `trigger-bridge check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks mappings and settings; needs neither broker nor platform.",
        discussion:
            "Exit 0: nothing to say, or warnings only. Exit 1: errors, or warnings with --strict. Exit 2: usage."
    )

    /// How findings are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: "How findings are printed: text or json.")
    var format = Format.text

    @Flag(help: "Warnings count as errors.")
    var strict = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func run() throws {
        let (loaded, findings) = SettingsLoader.read(SettingsInput.sources(flags), needing: [.mappings])
        guard loaded.settings.mappings.path != nil else {
            for finding in findings { Console.error(finding.description) }
            throw CommandExit.usage
        }
        let (_, diagnostics) = MappingInput.check(loaded.settings)
        switch format {
        case .text: printText(findings, diagnostics, mappings: loaded.settings.mappings.path ?? "")
        case .json: printJSON(findings, diagnostics)
        }
        let isWrong = findings.contains { $0.severity == .error } || diagnostics.contains { $0.severity == .error }
        let isDoubtful = !findings.isEmpty || !diagnostics.isEmpty
        if isWrong || (strict && isDoubtful) { throw CommandExit.findings }
    }

    private func printText(_ findings: [SettingFinding], _ diagnostics: [Diagnostic], mappings: String) {
        for finding in findings { Console.result(finding.description) }
        for diagnostic in diagnostics { Console.result(diagnostic.description) }
        let errors = findings.count { $0.severity == .error } + diagnostics.count { $0.severity == .error }
        let warnings = findings.count + diagnostics.count - errors
        Console.error("\(mappings): \(errors) error(s), \(warnings) warning(s)")
    }

    private func printJSON(_ findings: [SettingFinding], _ diagnostics: [Diagnostic]) {
        let all = findings.map(\.json) + diagnostics.map(\.json)
        Console.result(JSONValue.object([("diagnostics", .array(all))]).text(pretty: true))
    }
}

extension SettingFinding {
    /// The finding as `check --format json` prints diagnostics.
    fileprivate var json: JSONValue {
        .object([
            ("file", .string(place?.file ?? source.description)),
            ("line", .number(JSONNumber(place?.line ?? 1))),
            ("column", .number(JSONNumber(place?.column ?? 1))),
            ("severity", .string(severity.rawValue)),
            ("code", .string(code.rawValue)),
            ("pointer", .string(key.map { "/" + $0.replacing(".", with: "/") } ?? "")),
            ("message", .string(key.map { "\($0): \(message)" } ?? message)),
            ("hint", hint.map { .string($0) } ?? .null),
        ])
    }
}
