import JSON
import Mapping
import Settings

/// Something that `check` found, in a mapping, its tests or the settings.
struct Finding {
    /// The file; nil where a flag or a variable is meant.
    let file: String?
    /// The place in the file, from 1.
    let line: Int
    /// The column in Unicode scalars, from 1.
    let column: Int
    /// Whether it is an error; else it is a warning.
    let isError: Bool
    /// What kind of fault it is: `E120`, `setting.unknown`.
    let code: String
    /// What the code means, in general.
    let meaning: String?
    /// The place in the document.
    let pointer: String
    /// What is wrong here.
    let message: String
    /// What to write instead.
    let hint: String?
    /// The form for people.
    let text: String
    /// Where it was found, for people: the file, else the flag or variable.
    let origin: String

    /// What the compiler or the tests say.
    init(_ diagnostic: Diagnostic) {
        file = diagnostic.file
        origin = diagnostic.file
        line = diagnostic.position.line
        column = diagnostic.position.column
        isError = diagnostic.severity == .error
        code = diagnostic.code.rawValue
        meaning = diagnostic.code.sentence
        pointer = diagnostic.pointer.description
        message = diagnostic.message
        hint = diagnostic.hint
        text = diagnostic.description
    }

    /// What the settings say.
    init(_ finding: SettingFinding) {
        file = finding.place?.file
        origin = finding.place?.file ?? finding.source.description
        line = finding.place?.line ?? 1
        column = finding.place?.column ?? 1
        isError = finding.severity == .error
        code = finding.code.rawValue
        meaning = nil
        pointer = finding.key.map { "/" + $0.replacing(".", with: "/") } ?? ""
        message = finding.key.map { "\($0): \(finding.message)" } ?? finding.message
        hint = finding.hint
        text = finding.description
    }

    /// The word for how grave it is.
    var severity: String { isError ? "error" : "warning" }

    /// The form that `check --format json` prints.
    var json: JSONValue {
        .object([
            ("file", .string(origin)),
            ("line", .number(JSONNumber(line))),
            ("column", .number(JSONNumber(column))),
            ("severity", .string(severity)),
            ("code", .string(code)),
            ("pointer", .string(pointer)),
            ("message", .string(message)),
            ("hint", hint.map { .string($0) } ?? .null),
        ])
    }
}
