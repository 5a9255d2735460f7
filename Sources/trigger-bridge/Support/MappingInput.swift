import Altcraft
import Bridge
import Mapping
import Settings

/// The mapping files of one invocation.
enum MappingInput {
    /// Reads and compiles the folder of the settings.
    static func check(_ settings: BridgeSettings) -> (set: MappingSet, diagnostics: [Diagnostic]) {
        let (files, unreadable) = MappingFolder(path: settings.mappings.path ?? "mappings").read()
        let (set, diagnostics) = MappingSet.compile(files: files, options: options(settings))
        return (set, unreadable + diagnostics)
    }

    /// What the checker must know of the settings.
    static func options(_ settings: BridgeSettings) -> CompileOptions {
        CompileOptions(
            request: BridgeAssembly.requestOptions(settings.altcraft), links: Set(settings.altcraft.links.names))
    }
}
