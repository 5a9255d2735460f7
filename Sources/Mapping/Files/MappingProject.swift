/// Mapping files, compiled and tested: what `check` and `preview` print and `test` runs.
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

    /// The files in the order in which they were given.
    package let entries: [Entry]
    /// The mappings that may go live.
    package let set: MappingSet
    /// Everything that is said about the files, and what lies between them.
    package let diagnostics: [Diagnostic]

    /// Compiles and, where asked for, tests one file of a folder.
    package static func entry(
        _ file: SourceFile, in folder: MappingFolder, options: CompileOptions = CompileOptions(), runsTests: Bool = true
    ) -> Entry {
        let (mapping, diagnostics) = MappingSet.compile(file, options: options)
        guard runsTests, let mapping else {
            return Entry(file: file, mapping: mapping, report: nil, diagnostics: diagnostics)
        }
        let report = report(mapping, file, in: folder, options)
        return Entry(
            file: file, mapping: mapping, report: report, diagnostics: (diagnostics + report.diagnostics).sorted())
    }

    private static func report(
        _ mapping: Mapping, _ file: SourceFile, in folder: MappingFolder, _ options: CompileOptions
    ) -> MappingTestReport {
        do throws(MappingFolder.UnreadableTests) {
            let tests = try folder.tests(beside: file)
            let tester = MappingTester(options: options.request, events: folder.events, event: folder.event)
            return tester.run(mapping, tests: tests)
        } catch {
            return MappingTestReport(results: [], branches: [], diagnostics: [error.diagnostic], lists: [])
        }
    }

    /// Joins files that were looked at one by one.
    package init(_ entries: [Entry], options: CompileOptions = CompileOptions(), unreadable: [Diagnostic] = []) {
        self.entries = entries
        let lists = Dictionary(entries.map { ($0.file.name, $0.report?.lists ?? []) }) { $0.union($1) }
        let (set, between) = MappingSet.join(
            entries.filter(\.isLive).compactMap(\.mapping), lists: lists, options: options)
        self.set = set
        let greedy = entries.compactMap(\.mapping).compactMap(\.wantsEverything)
        let own = MappingProject.needed(entries, between)
        diagnostics = (unreadable + own + between + greedy).sorted()
    }

    /// What is said of the files, without the advice to write tests where another fault has to be mended first: the file
    /// is a copy, or its tests are there under a name that is none.
    private static func needed(_ entries: [Entry], _ between: [Diagnostic]) -> [Diagnostic] {
        let copies = Set(between.filter { $0.code == .duplicateName }.map(\.file))
        let tested = Set(
            entries.filter { $0.mapping == nil }.compactMap { MappingFolder.rightTestsName(of: $0.file.name) })
        return entries.flatMap(\.diagnostics).filter { diagnostic in
            diagnostic.code != .noTests
                || !(copies.contains(diagnostic.file)
                    || tested.contains(MappingFolder.testsName(of: diagnostic.file)))
        }
    }

    /// Whether anything keeps a file from going live.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
