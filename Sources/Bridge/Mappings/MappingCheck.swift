package import Mapping

/// What looking at one mapping file has shown: compiled, and tested with the tests beside it.
package struct MappingCheck: Sendable {
    /// The file as it was read; without content where it cannot be read.
    package let file: SourceFile
    /// The mapping; nil where the file has an error.
    package let mapping: Mapping?
    /// What is said about the file and its tests.
    package let diagnostics: [Diagnostic]
    /// The paths of its conditions at which its test events hold lists.
    let lists: Set<[String]>

    /// Puts together what was found.
    package init(file: SourceFile, mapping: Mapping?, diagnostics: [Diagnostic], lists: Set<[String]> = []) {
        self.file = file
        self.mapping = mapping
        self.diagnostics = diagnostics.sorted()
        self.lists = lists
    }

    /// What keeps it from going live, failing tests among it.
    package var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

    /// The mapping, if it may go live.
    package var good: Mapping? { errors.isEmpty ? mapping : nil }
}
