package import JSON

/// One fault or doubt about a mapping file: where, what, and what to write instead.
package struct Diagnostic: Sendable, Hashable {
    /// How grave it is.
    package enum Severity: String, Sendable, Hashable {
        /// The file cannot go live.
        case error
        /// The file works, though perhaps not as meant.
        case warning
    }

    /// The file, as it was named to the compiler.
    package let file: String
    /// The place in the file.
    package let position: JSONPosition
    /// What kind of fault it is.
    package let code: DiagnosticCode
    /// The place in the document.
    package let pointer: JSONPointer
    /// One sentence without a full stop.
    package let message: String
    /// What to write instead, or nil.
    package let hint: String?

    /// Makes a diagnostic.
    package init(
        file: String, position: JSONPosition, code: DiagnosticCode, pointer: JSONPointer, message: String,
        hint: String? = nil
    ) {
        self.file = file
        self.position = position
        self.code = code
        self.pointer = pointer
        self.message = message
        self.hint = hint
    }

    /// Makes a diagnostic about a file, or a folder, as a whole.
    package init(file: String, code: DiagnosticCode, message: String, hint: String) {
        self.init(file: file, position: .start, code: code, pointer: JSONPointer(), message: message, hint: hint)
    }

    /// How grave it is; every code has one severity.
    package var severity: Severity { code.severity }

    /// The JSON form that `check --format json` prints.
    package var json: JSONValue {
        .object([
            ("file", .string(file)),
            ("line", .number(JSONNumber(position.line))),
            ("column", .number(JSONNumber(position.column))),
            ("severity", .string(severity.rawValue)),
            ("code", .string(code.rawValue)),
            ("pointer", .string(pointer.description)),
            ("message", .string(message)),
            ("hint", hint.map(JSONValue.string) ?? .null),
        ])
    }
}

extension Diagnostic: CustomStringConvertible {
    /// The text form: the finding on one line, then its place in the document, then the hint.
    package var description: String {
        var lines = line
        if !pointer.tokens.isEmpty { lines += "\n  at \(Diagnostic.oneLine(pointer.description))" }
        if let hint { lines += "\n  \(Diagnostic.oneLine(hint))" }
        return lines
    }

    /// The finding alone, for logs: `mappings/a.json:2:11: warning W200: "a" has no tests`.
    package var line: String {
        "\(file):\(position): \(severity.rawValue) \(code.rawValue): \(Diagnostic.oneLine(message))"
    }

    /// Text from a file may hold anything; in a message a control character is shown by its code.
    private static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return text.unicodeScalars.map { scalar in
            guard scalar.properties.generalCategory == .control else { return String(scalar) }
            return "\\u{\(String(scalar.value, radix: 16))}"
        }.joined()
    }
}

extension Diagnostic: Comparable {
    /// By file, then by place, then by code: the order in which people read.
    package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        if left.file != right.file { return left.file < right.file }
        if left.position.offset != right.position.offset { return left.position < right.position }
        return left.code.rawValue.dropFirst() < right.code.rawValue.dropFirst()
    }
}
