import ArgumentParser
import Bridge
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import Settings

/// `trigger-bridge preview`: what would become of an event, and why.
struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Shows what would become of an event, and why; sends nothing.",
        discussion: """
            For each mapping: whether it wants the event, and if not, which condition failed with both values; which \
            values came from where in the event; what was missing; and the request that would be sent, with the token \
            masked. Needs no broker, no platform and no settings; with --parked, the broker and its queue.

              trigger-bridge preview --event mappings/events/order-paid.json mappings/order-confirmation.json
              jq .payload dump.json | trigger-bridge preview --event - mappings
              trigger-bridge preview --parked 3f2a90c4d1e8b756 --config bridge.json

            Every setting is a flag here too, and --config names a file of them: see trigger-bridge run --help.

            Exit 0: shown. Exit 1: a mapping has errors; the others are shown nevertheless. Exit 2: usage. Exit 3: the \
            event cannot be used. With --parked, exit 1 too where nothing parked has the id, and 4 for the broker.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The event: {\"amqp\": {…}, \"body\": …} or a bare body; - for standard input.", valueName: "file"))
    var event: String?

    @Option(
        help: ArgumentHelp(
            "A parked message by its id, as `parked list` prints it; it stays in the parking queue.", valueName: "id"))
    var parked: String?

    @Flag(help: "Print JSON for tools: {\"launches\": […], \"stops\": […], \"mappings\": […], \"diagnostics\": […]}.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "The time that it is, in RFC 3339. Without it: when the event was published, else the present; with --parked, the present.",
            valueName: "time"))
    var now: String?

    @Argument(
        help: ArgumentHelp(
            "Mapping files or folders. Without any: the setting mappings.path, else the folder mappings.",
            valueName: "mapping"))
    var mappings: [String] = []

    @OptionGroup(title: "Settings", visibility: .hidden)
    var flags: SettingFlags

    func validate() throws {
        guard (event == nil) != (parked == nil) else { throw ValidationError("Give one of --event and --parked.") }
    }

    func run() async throws {
        let settings = try SettingsInput.load(flags, needing: parked == nil ? [] : [.broker]).settings
        let paths = try MappingInput.paths(mappings, settings)
        let events = try await read(settings)
        let project = MappingFiles(paths).project(MappingInput.offlineOptions(settings), runsTests: false)
        for event in events {
            if parked == nil, event.view.isBare { tellOfEnvelope(project.set) }
            let preview = project.set.preview(event)
            tellOfTime(preview, event.now)
            show(preview, errors: project.diagnostics.filter { $0.severity == .error }, settings)
        }
        if project.hasErrors { throw CommandExit.findings }
    }

    /// The event that is given; several only where an event's id is that of several parked messages.
    private func read(_ settings: BridgeSettings) async throws -> [Event] {
        guard let parked else {
            let file = try EventInput.read(event ?? "-", settings.limits)
            return [file.event(now: try EventInput.now(now, published: file.publishedAt))]
        }
        let time = try EventInput.now(now, published: nil)
        let limits = JSONLimits(bytes: settings.limits.eventBytes, depth: settings.limits.depth)
        return try await ParkingAccess.find(parked, settings).map { message, _ in
            switch message.read(limits: limits, now: time) {
            case .event(let event): return event
            case .undecodable(let reason, let detail):
                Terminal.error("error: \(message.id): undecodable, \(reason.rawValue): \(Printable.line(detail))")
                throw CommandExit.event
            }
        }
    }

    /// A bare body comes from nowhere, so no mapping that asks for an exchange or a key can want it.
    private func tellOfEnvelope(_ set: MappingSet) {
        let bound = set.mappings.lazy.map(\.condition).first { $0.exchanges != nil || $0.routingKeys != nil }
        guard let bound else { return }
        let exchange = JSONValue.string(bound.exchanges?.names.first ?? "").text()
        let key = JSONValue.string(bound.routingKeys?.first?.text ?? "").text()
        Terminal.error(
            "note: the event is a bare body, so its exchange and routing key are unknown; write {\"amqp\": {\"exchange\": "
                + "\(exchange), \"routing_key\": \(key)}, \"body\": …} with those that it came with")
    }

    /// How old an event is depends on the time that it is; whoever gave none may have meant another.
    private func tellOfTime(_ preview: Preview, _ time: Instant) {
        guard now == nil, preview.plan.stops.contains(where: { $0.reason == .expired }) else { return }
        Terminal.error(
            "note: no --now is given, so this is as of \(time.rfc3339); write for example --now 2026-03-01T09:06:00Z")
    }

    private func show(_ preview: Preview, errors: [Diagnostic], _ settings: BridgeSettings) {
        let request = RequestPreview(settings.altcraft)
        guard json else {
            for diagnostic in errors { Terminal.error(diagnostic.description) }
            if errors.isEmpty || !preview.mappings.isEmpty {
                let text = PreviewText(parksUnmatched: settings.mappings.unmatched == .park) {
                    request.text($0.request)
                }
                Terminal.write(Array(text.render(preview).utf8))
            }
            return
        }
        let members = PreviewJSON(request: { request.json($0.request) }).render(preview).members ?? []
        let diagnostics = JSONValue.array(errors.map(\.json))
        Terminal.result(JSONValue.object(members + [("diagnostics", diagnostics)]).text(pretty: true))
    }
}
