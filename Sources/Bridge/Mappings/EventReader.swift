import Mapping

/// Reads the event files that tests name, each once in one look at the folder.
final class EventReader {
    private let folder: MappingFolder
    /// What was read by path; nil where there is no such file.
    private(set) var read: [String: SourceFile?] = [:]

    init(_ folder: MappingFolder) {
        self.folder = folder
    }

    func event(_ path: String) -> SourceFile? {
        if let known = read[path] { return known }
        let event = folder.event(path)
        read[path] = .some(event)
        return event
    }

    /// The folders of the files, from the mappings' folder down: those that are not there yet may come.
    var folders: Set<String> {
        var folders: Set<String> = []
        for path in read.keys {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            guard !parts.contains(where: { $0.isEmpty || $0 == ".." }) else { continue }
            for end in parts.indices { folders.insert(parts[...end].joined(separator: "/")) }
        }
        return folders
    }
}
