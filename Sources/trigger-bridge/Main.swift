import ArgumentParser
import Foundation

/// The entry point: parses, runs, and turns whatever happened into an exit code of ours.
@main
enum Main {
    static func main() {
        // Before any other thread is there: what is blocked now is blocked in every thread started later, and a signal
        // reaches the one descriptor that waits for it. An asynchronous `main` would begin on some other thread.
        ProcessSignals.prepare()
        Task.detached {
            await run()
            Foundation.exit(0)
        }
        // The process ends by `exit`; until then the main thread has nothing to do.
        while true { pause() }
    }

    private static func run() async {
        do {
            var command = try TriggerBridge.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Prints what an error says where it belongs and ends the process: usage errors with 2 in every command.
    private static func end(with error: any Error) -> Never {
        if let exit = error as? CommandExit { Foundation.exit(exit.rawValue) }
        let code = TriggerBridge.exitCode(for: error)
        let message = TriggerBridge.fullMessage(for: error)
        if code == .success {
            print(message)
        } else {
            let nearest = MistypedCommand.hint(CommandLine.arguments.dropFirst(), of: TriggerBridge.self)
            Terminal.error(nearest.map { "Error: \($0)\n\(message)" } ?? message)
        }
        Foundation.exit(code == .validationFailure ? CommandExit.usage.rawValue : code.rawValue)
    }
}

/// Turns business events from RabbitMQ into launches of Altcraft campaigns and scenarios.
struct TriggerBridge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trigger-bridge",
        abstract: "Turns business events from RabbitMQ into launches of Altcraft trigger campaigns and scenarios.",
        discussion: """
            Product teams write mapping files (JSON): which event, for whom, which campaign, with which content.
            All commands but `run`, `doctor` and `parked` need neither broker nor platform. Begin with an event:

              trigger-bridge init event.json               # writes a first mapping with its test
              trigger-bridge check mappings                # says what is wrong, at its line and column
              trigger-bridge test mappings                 # runs the tests beside the mappings
              trigger-bridge preview --event event.json    # shows what would be launched, and why

            Then run it against a broker and an account, which `trigger-bridge doctor` looks at first:

              trigger-bridge run --broker-url amqp://user:password@rabbit/shop --broker-queue orders \\
                --altcraft-url https://example.altcraft.com --altcraft-token-file token --mappings-path mappings

            Every setting can stand in a file (--config bridge.json), in the environment (TRIGGER_BRIDGE_BROKER_URL) or
            in a flag (--broker-url); flags win. Exit codes: 0 done, 1 findings, 2 usage or settings, 3 the event cannot be
            used, 4 broker, 5 platform.
            """,
        version: BuildVersion.text,
        subcommands: [
            RunCommand.self, DoctorCommand.self, ParkedCommand.self, LedgerCommand.self, CheckCommand.self,
            PreviewCommand.self, TestCommand.self, InitCommand.self, PathCommand.self, MatchCommand.self,
            SchemaCommand.self,
        ]
    )
}
