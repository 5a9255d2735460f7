package import EventPattern
import JSON

extension Diagnostic {
    /// What the compiler of patterns says, about a file.
    package init(_ diagnostic: PatternDiagnostic, file: String) {
        self.init(
            file: file, position: diagnostic.position, code: DiagnosticCode(diagnostic.code),
            pointer: diagnostic.pointer, message: diagnostic.message, hint: diagnostic.hint)
    }
}
