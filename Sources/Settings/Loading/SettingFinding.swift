import JSON

/// Something wrong with the settings: which one, where it was set, what to write instead.
package struct SettingFinding: Sendable, Hashable, CustomStringConvertible {
    /// Whether it stops the command.
    package enum Severity: String, Sendable, Hashable {
        case error
        case warning
    }

    /// The closed list of what can be wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file cannot be read.
        case unreadable = "setting.unreadable"
        /// The file is no JSON.
        case syntax = "setting.syntax"
        /// No setting has this name.
        case unknown = "setting.unknown"
        /// The setting is there twice.
        case duplicate = "setting.duplicate"
        /// The value is of another kind than the setting.
        case type = "setting.type"
        /// The value cannot be read, or is out of range.
        case value = "setting.value"
        /// The command needs the setting.
        case missing = "setting.missing"
        /// Two settings do not go together.
        case conflict = "setting.conflict"
        /// It works, but somebody should know.
        case advice = "setting.advice"
    }

    /// Whether it stops the command.
    package let severity: Severity
    /// What kind of fault it is.
    package let code: Code
    /// The setting's name as written; nil when the whole file is meant.
    package let key: String?
    /// Where it was set.
    package let source: SettingSource
    /// What is wrong, in one sentence without a full stop and without a secret.
    package let message: String
    /// What to write instead.
    package let hint: String?

    /// A finding from its parts.
    package init(
        _ code: Code,
        _ severity: Severity = .error,
        key: String?,
        source: SettingSource,
        message: String,
        hint: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.key = key
        self.source = source
        self.message = message
        self.hint = hint
    }

    /// The file and position, for diagnostics in a common form; nil where the source is no file.
    package var place: (file: String, line: Int, column: Int)? {
        guard case .file(let path, let position) = source else { return nil }
        return (path, position?.line ?? 1, position?.column ?? 1)
    }

    /// One line, as compilers print them: `bridge.json:3:5: error: broker.queue: is set twice; …`.
    package var description: String {
        let subject = key.map { "\($0): " } ?? ""
        let advice = hint.map { "; \($0)" } ?? ""
        let place = source == .fallback ? "" : "\(source): "
        return "\(place)\(severity.rawValue): \(subject)\(message)\(advice)"
    }
}

/// Why settings were not taken: every fault found, not only the first.
package struct SettingsError: Error, Sendable, CustomStringConvertible {
    /// At least one of them an error.
    package let findings: [SettingFinding]

    /// One line for each finding.
    package var description: String {
        findings.map(\.description).joined(separator: "\n")
    }
}
