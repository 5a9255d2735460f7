import Files
import Foundation
import Mapping
import Settings

/// The mapping files that a command looks at, each with the folder that its tests and events stand in.
struct MappingFiles {
    /// A file and its folder.
    typealias Located = (file: SourceFile, folder: MappingFolder)

    /// The files, in the order of the paths and in each folder of the names.
    private(set) var files: [Located] = []
    /// What could not be read.
    private(set) var unreadable: [Diagnostic] = []
    /// What lies in the folders, looks like a mapping or its tests, and is passed over.
    private(set) var overlooked: [Diagnostic] = []
    private var names = Set<String>()

    /// Reads files and folders; a file that is named twice is there once, and a file of tests stands for its mapping.
    init(_ paths: [String]) {
        for path in paths {
            if Self.isFolder(path) {
                add(folder: path)
            } else {
                add(file: Self.mapping(path))
            }
        }
    }

    /// The mapping that a file of tests stands beside; any other file is meant itself.
    private static func mapping(_ path: String) -> String {
        let ending = MappingFolder.testsEnding
        return path.hasSuffix(ending) ? path.dropLast(ending.count) + ".json" : path
    }

    private static func isFolder(_ path: String) -> Bool {
        let place = URL(filePath: path).resolvingSymlinksInPath()
        return (try? place.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
    }

    private mutating func add(folder path: String) {
        let folder = MappingFolder(path: path)
        let (found, diagnostics) = folder.read()
        unreadable += diagnostics
        if found.isEmpty, diagnostics.isEmpty { unreadable.append(folder.holdsNone) }
        overlooked += folder.overlooked()
        for file in found { add(file, folder) }
    }

    private mutating func add(file path: String) {
        let name = (path as NSString).lastPathComponent
        let parent = String(path.dropLast(name.count))
        let folder = MappingFolder(path: parent.isEmpty ? "." : parent)
        do {
            guard let file = try folder.file(named: name) else { return refuse(path, "cannot be read: it is no file") }
            add(SourceFile(name: path, bytes: file.bytes), folder)
        } catch {
            refuse(path, "cannot be read: \(FileFault.reason(error))")
        }
    }

    private mutating func add(_ file: SourceFile, _ folder: MappingFolder) {
        let place = URL(filePath: file.name).standardizedFileURL.path
        guard names.insert(place).inserted else { return }
        files.append((file, folder))
    }

    private mutating func refuse(_ path: String, _ reason: String) {
        // Where a relative path leads depends on where the command was typed.
        let place = path.hasPrefix("/") ? "" : " (looked at \(URL(filePath: path).standardizedFileURL.path))"
        unreadable.append(
            Diagnostic(
                file: path, code: .unreadable, message: "the file \(reason)\(place)",
                hint: "check that it exists and may be read"))
    }

    /// The files compiled and, where asked for, tested.
    func project(_ options: CompileOptions, runsTests: Bool) -> MappingProject {
        let entries = files.map { located in
            MappingProject.entry(located.file, in: located.folder, options: options, runsTests: runsTests)
        }
        return MappingProject(entries, options: options, unreadable: unreadable)
    }
}
