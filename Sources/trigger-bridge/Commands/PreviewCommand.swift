import ArgumentParser
import JSON
import Mapping
import Settings

/// `trigger-bridge preview`: what would become of an event, and why.
struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Shows what would become of an event, and why; sends nothing.",
        discussion: """
            For each mapping: whether it wants the event, and if not, which condition failed with both values; which \
            values came from where in the event; what was missing; and the request that would be sent, with the token \
            masked. Needs no broker, no platform and no settings.

              trigger-bridge preview --event mappings/events/order-paid.json mappings/order-confirmation.json
              jq .payload dump.json | trigger-bridge preview --event - mappings

            Exit 0: shown. Exit 1: a mapping has errors; the others are shown nevertheless. Exit 2: usage. Exit 3: the \
            event cannot be used.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The event: {\"amqp\": {…}, \"body\": …} or a bare body; - for standard input.", valueName: "file"))
    var event: String

    @Flag(help: "Print JSON for tools: {\"launches\": […], \"stops\": […], \"mappings\": […], \"diagnostics\": […]}.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "The time that it is, in RFC 3339. Without it: when the event was published, else the present.",
            valueName: "time"))
    var now: String?

    @Argument(
        help: ArgumentHelp(
            "Mapping files or folders. Without any: the setting mappings.path, else the folder mappings.",
            valueName: "mapping"))
    var mappings: [String] = []

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func run() throws {
        let settings = try SettingsInput.load(flags, needing: []).settings
        let paths = try MappingInput.paths(mappings, settings)
        let file = try EventInput.read(event, settings.limits)
        let event = file.event(now: try EventInput.now(now, for: file))
        let project = MappingFiles(paths).project(MappingInput.offlineOptions(settings), runsTests: false)
        show(project.set.preview(event), errors: project.diagnostics.filter { $0.severity == .error }, settings)
        if project.hasErrors { throw CommandExit.findings }
    }

    private func show(_ preview: Preview, errors: [Diagnostic], _ settings: BridgeSettings) {
        let request = RequestPreview(settings.altcraft)
        guard json else {
            for diagnostic in errors { Console.error(diagnostic.description) }
            if errors.isEmpty || !preview.mappings.isEmpty {
                Console.write(Array(PreviewText(request: request.text).render(preview).utf8))
            }
            return
        }
        let members = PreviewJSON(request: request.json).render(preview).members ?? []
        let diagnostics = JSONValue.array(errors.map(\.json))
        Console.result(JSONValue.object(members + [("diagnostics", diagnostics)]).text(pretty: true))
    }
}
