import ArgumentParser
import Foundation

/// The entry point: parses, runs, and turns whatever happened into an exit code of ours.
@main
enum Main {
    static func main() async {
        do {
            var command = try AltcraftSandbox.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Prints what an error says where it belongs; usage errors end with 2, as in the other programs of the project.
    private static func end(with error: any Error) -> Never {
        let code = AltcraftSandbox.exitCode(for: error)
        let message = AltcraftSandbox.fullMessage(for: error)
        if code == .success {
            print(message)
        } else if !message.isEmpty {
            StandardStreams.error(message)
        }
        Foundation.exit(code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue)
    }
}

/// How the program ends otherwise than well.
enum ExitStatus: Int32 {
    /// The address cannot be listened on.
    case cannotListen = 1
    /// The command line or the data file is wrong.
    case usage = 2
}
