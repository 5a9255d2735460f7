import Files
import Foundation

/// Reads the folder that product teams edit: every `*.json` in it but tests and schemas, no subfolders.
package struct MappingFolder: Sendable {
    /// The folder as it was named in the settings.
    package let path: String

    /// The folder that is meant where nothing names another.
    package static let usualPath = "mappings"

    /// Most bytes that are read of one file.
    static let mostBytes = 16 << 20

    /// Names a folder; nothing is read yet.
    package init(path: String) {
        self.path = path
    }

    /// How the names of files of tests end.
    package static let testsEnding = ".tests.json"

    /// Whether a file of this name is a mapping.
    package static func isMapping(_ name: String) -> Bool {
        name.hasSuffix(".json") && !name.hasPrefix(".") && !name.hasSuffix(testsEnding)
            && !name.hasSuffix(".schema.json")
    }

    /// The name of the file of tests beside a mapping: `order.tests.json` for `order.json`.
    package static func testsName(of mapping: String) -> String {
        (mapping.hasSuffix(".json") ? String(mapping.dropLast(".json".count)) : mapping) + testsEnding
    }

    /// Tests that are there and cannot be read: whether they would pass cannot be known.
    package struct UnreadableTests: Error {
        /// What is wrong.
        package let diagnostic: Diagnostic
    }

    /// The tests beside a mapping's file; nil when there are none.
    ///
    /// - Throws: ``UnreadableTests``, and nothing goes live untested.
    package func tests(beside mapping: SourceFile) throws(UnreadableTests) -> SourceFile? {
        let name = MappingFolder.testsName(of: mapping.baseName)
        do {
            return try file(named: name)
        } catch {
            if FileFault.isMissing(error) { return nil }
            throw UnreadableTests(
                diagnostic: Diagnostic(
                    file: MappingFolder.testsName(of: mapping.name), code: .unreadable,
                    message: "the tests cannot be read: \(FileFault.words(error, at: place(of: name)))",
                    hint: "check that the file may be read"))
        }
    }

    /// An event file that a test names; nil when there is none, or its path leads out of the folder.
    package func event(_ path: String) -> SourceFile? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0 == ".." }) else { return nil }
        return (try? file(named: path)).flatMap(\.self)
    }

    /// The event files, as tests name them: those of the folder `events`.
    func events() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place(of: "events"))) ?? []
        return names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted().map { "events/\($0)" }
    }

    /// Reads the mappings in the order of their names.
    ///
    /// What cannot be read is a diagnostic, and the other files are there nevertheless.
    package func read() -> (files: [SourceFile], diagnostics: [Diagnostic]) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path).filter(MappingFolder.isMapping).sorted()
        } catch {
            return ([], [unreadable(path, "the folder cannot be read", FileFault.words(error, at: path))])
        }
        var files: [SourceFile] = []
        var diagnostics: [Diagnostic] = []
        for name in names {
            do {
                if let file = try file(named: name) { files.append(file) }
            } catch {
                let words = FileFault.words(error, at: place(of: name))
                diagnostics.append(unreadable(shown(name), "the file cannot be read", words))
            }
        }
        return (files, diagnostics)
    }

    /// Reads one file of the folder; nil when it is no file.
    package func file(named name: String) throws -> SourceFile? {
        let url = URL(filePath: path, directoryHint: .isDirectory).appending(path: name)
        // A mapping may be a link, as Kubernetes makes them; a folder with this ending is nobody's mapping.
        let place = url.resolvingSymlinksInPath().path
        let kind = try FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType
        // What is a link still is one in a circle, which opening says.
        guard kind == .typeRegular || kind == .typeSymbolicLink else { return nil }
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        // Enough for every event, and for every mapping to be refused as too big.
        let data = try handle.read(upToCount: MappingFolder.mostBytes) ?? Data()
        return SourceFile(name: shown(name), bytes: Array(data))
    }

    /// Where links of the folder lead to outside of it: what changes there changes a mapping.
    ///
    /// A link that leads nowhere counts, too: its file may come.
    package var linkedFolders: Set<String> {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter {
            $0.hasSuffix(".json")
        }
        let own = URL(filePath: path, directoryHint: .isDirectory).resolvingSymlinksInPath().path
        let parents = names.compactMap { name -> String? in
            let link = place(of: name)
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else { return nil }
            let place = URL(filePath: target, relativeTo: URL(filePath: path, directoryHint: .isDirectory))
            return place.deletingLastPathComponent().resolvingSymlinksInPath().path
        }
        return Set(parents).subtracting([own])
    }

    /// Where a file of the folder is.
    private func place(of name: String) -> String {
        URL(filePath: path, directoryHint: .isDirectory).appending(path: name).path
    }

    /// The name that diagnostics show: the folder as the user wrote it, and the file.
    func shown(_ name: String) -> String {
        if path == "." { return name }
        return path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }

    private func unreadable(_ name: String, _ message: String, _ why: String) -> Diagnostic {
        Diagnostic(
            file: name, code: .unreadable, message: "\(message): \(why)", hint: "check that it exists and may be read")
    }
}
