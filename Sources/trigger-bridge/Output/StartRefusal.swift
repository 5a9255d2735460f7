import Bridge
import Logging
import Mapping
import Settings
import Telemetry

/// Says why a process does not begin: in lines of its log where those are JSON, so that who collects them gets no
/// others, and as `check` prints it where people read.
struct StartRefusal {
    private let format: LineFormat

    /// For a process that logs in this form.
    init(_ format: LogFormat) {
        self.format = format.resolved
    }

    /// For commands, which log nothing.
    static let ofCommand = StartRefusal(.text)

    /// One thing that stands in the way.
    func tell(_ sentence: String) {
        tell(.error, sentence, plain: "error: \(sentence)")
    }

    /// Everything that stands in the way of the mappings.
    func tell(_ refused: MappingStart.Refused) {
        for diagnostic in refused.diagnostics { tell(diagnostic) }
        for reason in refused.reasons { tell(reason) }
    }

    /// What was found in a mapping.
    func tell(_ diagnostic: Diagnostic) {
        let level = diagnostic.severity == .error ? Logger.Level.error : .warning
        tell(level, diagnostic.line, advice: diagnostic.hint, plain: diagnostic.description)
    }

    /// Everything that is wrong with the settings.
    func tell(_ settings: SettingsError) {
        for finding in settings.findings {
            tell(finding.severity == .error ? .error : .warning, finding.description, plain: finding.description)
        }
    }

    private func tell(_ level: Logger.Level, _ message: String, advice: String? = nil, plain: String) {
        guard format == .json else { return Terminal.error(plain) }
        var line = LogLine(format: format)
        line.begin(.now(), level, message)
        line.add(.advice, advice)
        line.end()
        Terminal.error(String(decoding: line.bytes.dropLast(), as: UTF8.self))
    }
}
