import Bridge
import Foundation
import Mapping
import Settings

/// The mapping files of one invocation.
enum MappingInput {
    /// The mappings to start with; says what is wrong with them.
    ///
    /// - Throws: `findings`, where nothing can begin with them.
    static func start(
        _ settings: BridgeSettings, _ refusal: StartRefusal, isShadow: Bool = false
    ) throws(CommandExit) -> MappingStart {
        do throws(MappingStart.Refused) {
            return try isShadow ? BridgeAssembly.shadowMappings(settings) : BridgeAssembly.startMappings(settings)
        } catch {
            refusal.tell(error)
            throw .findings
        }
    }

    /// What the checker must know of the settings where none are needed: which links there are is known only where a
    /// platform is set.
    static func offlineOptions(_ settings: BridgeSettings) -> CompileOptions {
        var options = BridgeAssembly.compileOptions(settings)
        if settings.altcraft.url == nil, options.links?.isEmpty == true { options.links = nil }
        return options
    }

    /// The files and folders that are meant: those on the command line, else `mappings.path`, else `./mappings`.
    ///
    /// - Throws: `usage`, after saying so, where there are none.
    static func paths(_ arguments: [String], _ settings: BridgeSettings) throws(CommandExit) -> [String] {
        if !arguments.isEmpty { return arguments }
        if let path = settings.mappings.path { return [path] }
        let usual = MappingFolder.usualPath
        if FileManager.default.fileExists(atPath: usual) { return [usual] }
        Terminal.error(
            "error: there are no mappings to look at: no path is given, mappings.path is not set, and there is no "
                + "folder \"\(usual)\" here")
        throw .usage
    }
}
