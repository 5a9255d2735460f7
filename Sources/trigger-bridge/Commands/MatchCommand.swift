import ArgumentParser
import EventPattern
import JSON
import Mapping

/// `trigger-bridge match`: whether an event matches a pattern, and if not, why.
struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Says whether an event matches an event pattern, and if not, which condition fails.",
        discussion: """
            The pattern is what stands in when.body, where or $if of a mapping, alone in a file; the event is a JSON \
            file, of which {"amqp": {…}, "body": …} is taken apart.

              echo '{"status": ["paid"], "total": [{"numeric": [">", 0]}]}' > pattern.json
              trigger-bridge match pattern.json order.json

            Many at once: one {"id": …, "pattern": …, "event": …} a line gives one {"id": …, "outcome": …} a line, with \
            the outcome match, no_match, or refused. Pattern and event may be JSON or texts that hold JSON.

              trigger-bridge match --cases cases.ndjson

            Exit 0: it matches, or all cases were decided. Exit 1: it does not. Exit 2: the pattern is refused, or a \
            line of cases is none. Exit 3: the event cannot be used.
            """
    )

    @Option(
        help: ArgumentHelp(
            "A file with one case a line, instead of pattern and event; - for standard input.", valueName: "file"))
    var cases: String?

    @Argument(help: ArgumentHelp("The pattern.", valueName: "pattern-file"))
    var pattern: String?

    @Argument(help: ArgumentHelp("The event; - for standard input.", valueName: "event-file"))
    var event: String?

    func validate() throws {
        switch (cases, pattern, event) {
        case (nil, _?, _?), (_?, nil, nil): break
        case (nil, _, _): throw ValidationError("Give a pattern file and an event file, or --cases and a file.")
        default: throw ValidationError("With --cases there is neither a pattern nor an event.")
        }
        if pattern == "-", event == "-" {
            throw ValidationError("The pattern and the event cannot both come from standard input.")
        }
    }

    func run() throws {
        if let cases {
            var cases = try MatchCases(cases)
            return try cases.run()
        }
        guard let pattern, let event else { return }
        let condition = EventCondition(body: try compile(pattern, event))
        let explanation = condition.explain(EventView(body: try value(event)))
        guard explanation.matches else {
            let lines = explanation.description.split(separator: "\n").map { "  \($0)" }
            Terminal.result((["does not match"] + lines).joined(separator: "\n"))
            throw CommandExit.findings
        }
        Terminal.result("matches")
    }

    /// Compiles a pattern file; prints everything that is to be said about it.
    private func compile(_ path: String, _ event: String) throws(CommandExit) -> EventPattern {
        let root = try JSONInput.read(path, else: .usage).root
        let (pattern, diagnostics) = EventPattern.compile(root)
        let name = InputFile.name(of: path)
        if pattern == nil, let mistaken = mistaken(root) {
            Terminal.error("error: \(name): \(mistaken)")
            throw .usage
        }
        if pattern == nil, isPattern(event) {
            Terminal.error("note: \(event) is a pattern, and \(name) is none; the pattern comes first")
        }
        for diagnostic in diagnostics { Terminal.error(Diagnostic(diagnostic, file: name).description) }
        guard let pattern else { throw .usage }
        return pattern
    }

    /// What the file is, where it is no pattern at all; nil for a pattern with faults.
    private func mistaken(_ root: JSONNode) -> String? {
        if root["when"] != nil, root["launch"] != nil { return "this is a mapping: use trigger-bridge preview" }
        let isEventFile = root["amqp"]?.kind == .object && root["body"] != nil
        return isEventFile ? "this is an event; the pattern comes first" : nil
    }

    private func isPattern(_ path: String) -> Bool {
        guard path != "-", let root = try? JSONInput.read(path, else: .event).root else { return false }
        return EventPattern.compile(root).pattern != nil
    }

    /// The event: what stands in `body` of an event file, else the whole file.
    private func value(_ path: String) throws(CommandExit) -> JSONNode {
        let root = try JSONInput.read(path, JSONLimits().withEnvelope, else: .event).root
        let isEventFile = root.count == 2 && root["amqp"]?.kind == .object
        return isEventFile ? root["body"] ?? root : root
    }
}
