import Mapping

extension MappingProject {
    /// Reads, compiles and, where asked for, tests a folder.
    static func load(
        _ folder: MappingFolder, options: CompileOptions = CompileOptions(), runsTests: Bool = true
    ) -> MappingProject {
        let (files, unreadable) = folder.read()
        let entries = files.map { entry($0, in: folder, options: options, runsTests: runsTests) }
        return MappingProject(entries, options: options, unreadable: unreadable)
    }
}
