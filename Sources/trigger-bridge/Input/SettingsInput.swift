import Foundation
import Settings

/// The settings of one invocation.
enum SettingsInput {
    /// What the flags, the environment and the file say.
    static func sources(_ flags: SettingFlags) -> SettingSources {
        SettingSources(flags: flags.values, environment: ProcessInfo.processInfo.environment, file: flags.file)
    }

    /// Reads the settings; prints every finding and ends with 2 where one is an error.
    static func load(_ flags: SettingFlags, needing needs: Set<SettingNeed>) throws(CommandExit) -> LoadedSettings {
        do throws(SettingsError) {
            return try SettingsLoader.load(sources(flags), needing: needs)
        } catch {
            StartRefusal.ofCommand.tell(error)
            throw .usage
        }
    }

    /// The same for a process that logs: what is wrong is said in the form of its log.
    static func loadToRun(_ flags: SettingFlags, needing needs: Set<SettingNeed>) throws(CommandExit) -> LoadedSettings
    {
        let sources = sources(flags)
        do throws(SettingsError) {
            return try SettingsLoader.load(sources, needing: needs)
        } catch {
            // Whatever else is wrong, the form of the log is known.
            let format = SettingsLoader.read(sources).loaded.settings.process.logFormat
            StartRefusal(format).tell(error)
            throw .usage
        }
    }

    /// The token; says what is wrong with it.
    ///
    /// - Throws: `usage`, where something is.
    static func token(_ settings: BridgeSettings, _ refusal: StartRefusal) throws(CommandExit) -> TokenSource {
        guard let origin = settings.altcraft.token else { throw .usage }
        do throws(SettingProblem) {
            return try TokenSource(origin)
        } catch {
            refusal.tell("the API token: \(error)")
            throw .usage
        }
    }
}
