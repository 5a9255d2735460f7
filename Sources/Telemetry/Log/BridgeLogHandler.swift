package import Logging

/// The swift-log handler of the process: what libraries and commands log takes the same way out as events do.
///
/// A value, as swift-log asks. Metadata of the call wins over the provider's, which wins over the handler's. What is
/// marked `Sensitivity.sensitive`, or has a name that only secrets have, is written as `***`.
package struct BridgeLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level
    private let label: String
    private let writer: LogWriter
    /// How deep nested metadata is written; what is deeper is cut.
    private static let depthLimit = 8
    /// Names that nothing but a secret has, in any library.
    private static let secretNames: Set<String> = [
        "token", "password", "secret", "authorization", "cookie", "set-cookie", "api_key", "apikey", "credentials",
    ]

    /// A handler for the logger with this label.
    package init(label: String, writer: LogWriter, metadataProvider: Logger.MetadataProvider? = nil) {
        self.label = label
        self.writer = writer
        self.metadataProvider = metadataProvider
        logLevel = writer.level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = merged(event.metadata)
        writer.write(event.level, event.message.description) { line in
            line.add(.logger, label)
            if let error = event.error { line.add(.error, String(describing: error)) }
            for (name, value) in all.sorted(by: { $0.key < $1.key }) {
                line.add(named: memberName(name), Self.text(of: value, named: name, depth: 0))
            }
        }
    }

    private func merged(_ call: Logger.Metadata?) -> Logger.Metadata {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, later in later } }
        if let call { all.merge(call) { _, later in later } }
        return all
    }

    /// The name in the line: a library's own `level` or `time` must not make a second member of that name.
    private func memberName(_ name: String) -> String {
        switch name {
        case "time", "level", "message", "logger", "error", "truncated": "metadata_" + name
        default: name
        }
    }

    private static func text(of value: Logger.MetadataValue, named name: String, depth: Int) -> String {
        if secretNames.contains(name.lowercased()) || value.attributes[Sensitivity.self] == .sensitive {
            return "***"
        }
        guard depth < depthLimit else { return "…" }
        switch value {
        case .string(let text):
            return text
        case .stringConvertible(let box):
            return box.description
        case .array(let values):
            return "[" + values.map { text(of: $0, named: "", depth: depth + 1) }.joined(separator: ", ") + "]"
        case .dictionary(let members):
            let parts = members.sorted { $0.key < $1.key }
                .map { "\($0.key): " + text(of: $0.value, named: $0.key, depth: depth + 1) }
            return "{" + parts.joined(separator: ", ") + "}"
        }
    }
}

extension LogWriter {
    /// A swift-log logger whose lines take this way out, for libraries that want one.
    package func logger(label: String) -> Logger {
        Logger(label: label) { BridgeLogHandler(label: $0, writer: self) }
    }
}
