/// A folder of mappings, compiled and tested: what `check` prints, `test` runs and `run` puts into force.
package struct MappingProject: Sendable {
    /// One mapping file with everything that is known of it.
    package struct Entry: Sendable {
        /// The file.
        package let file: SourceFile
        /// The mapping; nil where the file has an error.
        package let mapping: Mapping?
        /// How its tests went; nil where there is no mapping to test, or tests were not asked for.
        package let report: MappingTestReport?
        /// What is said about the file and its tests.
        package let diagnostics: [Diagnostic]

        /// Whether the mapping may go live: no error in the file, and no failing test.
        package var isLive: Bool { mapping != nil && report?.isPassed ?? true }
    }

    /// The files in the order of their names.
    package let entries: [Entry]
    /// The mappings that may go live.
    package let set: MappingSet
    /// Everything that is said about the folder, its files, and what lies between them.
    package let diagnostics: [Diagnostic]

    /// Reads, compiles and, where asked for, tests a folder.
    package static func load(
        _ folder: MappingFolder, options: CompileOptions = CompileOptions(), runsTests: Bool = true
    ) -> MappingProject {
        let (files, unreadable) = folder.read()
        let entries = files.map { entry($0, in: folder, options: options, runsTests: runsTests) }
        return MappingProject(entries, options: options, unreadable: unreadable)
    }

    /// Compiles and tests one file of a folder, for a reload that looks at what has changed only.
    package static func entry(
        _ file: SourceFile, in folder: MappingFolder, options: CompileOptions = CompileOptions(), runsTests: Bool = true
    ) -> Entry {
        let (mapping, diagnostics) = MappingSet.compile(file, options: options)
        guard runsTests, let mapping else {
            return Entry(file: file, mapping: mapping, report: nil, diagnostics: diagnostics)
        }
        let tester = MappingTester(options: options.request, event: folder.event)
        let report = tester.run(mapping, tests: folder.tests(of: mapping))
        return Entry(
            file: file, mapping: mapping, report: report, diagnostics: (diagnostics + report.diagnostics).sorted())
    }

    /// Joins files that were looked at one by one.
    package init(_ entries: [Entry], options: CompileOptions = CompileOptions(), unreadable: [Diagnostic] = []) {
        self.entries = entries
        let (set, between) = MappingSet.join(entries.filter(\.isLive).compactMap(\.mapping), options: options)
        self.set = set
        let greedy = entries.compactMap(\.mapping).compactMap(\.wantsEverything)
        diagnostics = (unreadable + entries.flatMap(\.diagnostics) + between + greedy).sorted()
    }

    /// Whether anything keeps a file from going live.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
