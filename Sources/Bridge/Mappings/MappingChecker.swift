import Foundation
package import Mapping

/// Looks at the folder: compiles what has changed and runs its tests; knows the rest from the last time.
///
/// A file counts as changed when its own bytes did, those of its tests, or those of an event that a test reads.
package struct MappingChecker: Sendable {
    /// The folder.
    package let folder: MappingFolder
    /// The one file that is meant; nil for all of the folder.
    package let only: String?
    /// What the checker must know of the settings.
    package let options: CompileOptions
    private var known: [String: Known] = [:]
    /// Where the events of tests lie, by the path in the folder.
    private var eventFolders: Set<String> = []
    /// Where links of the folder lead to.
    private var linkedFolders: Set<String> = []

    private struct Known: Sendable {
        let check: MappingCheck
        let tests: SourceFile?
        let events: [String: SourceFile?]
    }

    /// What a look at the folder gives.
    package enum Look: Sendable {
        /// Its files in the order of their names.
        case files([MappingCheck])
        /// It cannot be read, or holds no mapping: what is wrong and what to do.
        case nothing(Diagnostic)
    }

    /// Looks at a folder; knows nothing yet.
    package init(folder: MappingFolder, only: String? = nil, options: CompileOptions) {
        self.folder = folder
        self.only = only
        self.options = options
    }

    /// Looks at what `mappings.path` names: a folder, or one file.
    package init(path: String, options: CompileOptions) {
        let place = URL(filePath: path).resolvingSymlinksInPath()
        let isFile = (try? place.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        guard isFile, let name = path.split(separator: "/").last.map(String.init) else {
            self.init(folder: MappingFolder(path: path), options: options)
            return
        }
        let parent = String(path.dropLast(name.count))
        self.init(folder: MappingFolder(path: parent.isEmpty ? "." : parent), only: name, options: options)
    }

    /// The folders to watch: the mappings' own, those that its links lead to, and those of the events that tests read.
    package var watched: Set<String> {
        Set(eventFolders.map { "\(folder.path)/\($0)" }).union(linkedFolders).union([folder.path])
    }

    /// Looks at the folder as it is now.
    package mutating func look() -> Look {
        linkedFolders = folder.linkedFolders
        var (files, unreadable) = folder.read()
        if let fault = unreadable.first(where: { $0.file == folder.path }) { return .nothing(fault) }
        if let only {
            files.removeAll { $0.baseName != only }
            unreadable.removeAll { !$0.file.hasSuffix("/\(only)") }
        }
        guard !files.isEmpty || !unreadable.isEmpty else { return .nothing(folder.holdsNone) }
        let reader = EventReader(folder)
        let checked = files.map { check($0, reader) }
        known = Dictionary(checked.map { ($0.check.file.name, $0) }, uniquingKeysWith: { first, _ in first })
        eventFolders = reader.folders
        let faulty = unreadable.map { fault in
            MappingCheck(file: SourceFile(name: fault.file, bytes: []), mapping: nil, diagnostics: [fault])
        }
        return .files((checked.map(\.check) + faulty).sorted { $0.file.name < $1.file.name })
    }

    private func check(_ file: SourceFile, _ reader: EventReader) -> Known {
        do throws(MappingFolder.UnreadableTests) {
            let tests = try folder.tests(beside: file)
            return stillKnown(file, tests, reader) ?? check(file, tests, reader)
        } catch {
            let (mapping, diagnostics) = MappingSet.compile(file, options: options)
            let check = MappingCheck(file: file, mapping: mapping, diagnostics: diagnostics + [error.diagnostic])
            return Known(check: check, tests: nil, events: [:])
        }
    }

    /// What is known of the file, if nothing of it has changed.
    private func stillKnown(_ file: SourceFile, _ tests: SourceFile?, _ reader: EventReader) -> Known? {
        guard let former = known[file.name], former.check.file == file, former.tests == tests,
            former.events.allSatisfy({ reader.event($0.key) == $0.value })
        else { return nil }
        return former
    }

    private func check(_ file: SourceFile, _ tests: SourceFile?, _ reader: EventReader) -> Known {
        let (compiled, findings) = MappingSet.compile(file, options: options)
        guard let mapping = compiled else {
            return Known(
                check: MappingCheck(file: file, mapping: nil, diagnostics: findings), tests: tests, events: [:])
        }
        var asked: [String: SourceFile?] = [:]
        let tester = MappingTester(options: options.request) { path in
            let event = reader.event(path)
            asked[path] = .some(event)
            return event
        }
        let report = tester.run(mapping, tests: tests)
        let check = MappingCheck(
            file: file, mapping: mapping, diagnostics: findings + report.diagnostics, lists: report.lists)
        return Known(check: check, tests: tests, events: asked)
    }
}
