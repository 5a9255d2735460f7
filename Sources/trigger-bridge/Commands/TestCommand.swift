import ArgumentParser
import JSON
import Mapping
import Settings

/// `trigger-bridge test`: runs the tests beside mappings.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Runs the tests beside the mappings.",
        discussion: """
            order.tests.json holds the tests of order.json. A test that fails shows what differs, member by member:

              trigger-bridge test mappings
              trigger-bridge test --coverage mappings/order-confirmation.json

            Every setting is a flag here too, and --config names a file of them: see trigger-bridge run --help.

            Exit 0: all pass. Exit 1: a test fails, or a mapping or its tests have errors. Exit 2: usage.
            """
    )

    @Flag(help: "Also say which alternatives and branches of the mappings no test reaches.")
    var coverage = false

    @Flag(help: "Print JSON for tools.")
    var json = false

    @Argument(
        help: ArgumentHelp(
            "Mapping files, their tests, or folders. Without any: the setting mappings.path, else the folder mappings.",
            valueName: "path"))
    var paths: [String] = []

    @OptionGroup(title: "Settings", visibility: .hidden)
    var flags: SettingFlags

    func run() throws {
        let settings = try SettingsInput.load(flags, needing: []).settings
        let files = MappingFiles(try MappingInput.paths(paths, settings))
        let project = files.project(MappingInput.offlineOptions(settings), runsTests: true)
        if json {
            Terminal.result(TestReportJSON(project).json.text(pretty: true))
        } else {
            for diagnostic in files.unreadable + files.overlooked { Terminal.error(diagnostic.description) }
            Terminal.write(Array(TestReportText(project, showsCoverage: coverage).text.utf8))
        }
        let isFailed = !files.unreadable.isEmpty || project.entries.contains { !$0.isLive }
        if isFailed { throw CommandExit.findings }
    }
}
