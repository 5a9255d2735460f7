import TestSupport
import Testing

/// What every command has in common.
@Suite(.timeLimit(.minutes(2)))
struct HelpTests {
    static let commands = ["check", "preview", "test", "init", "path", "match", "schema", "parked"]

    @Test(arguments: commands)
    func helpTeachesByExample(command: String) async throws {
        for arguments in [[command, "--help"], ["help", command]] {
            let outcome = try await Command.run(arguments, in: try TemporaryFolder())
            #expect(outcome.exit == 0 && outcome.errors == "")
            #expect(outcome.output.contains("trigger-bridge \(command) "))
            #expect(outcome.output.contains("Exit 0: "))
        }
    }

    @Test(arguments: ["check", "preview", "test"])
    func settingsDoNotDrownTheHelp(command: String) async throws {
        let folder = try Samples.folder()
        let help = try await Command.run([command, "--help"], in: folder).output
        #expect(!help.contains("--broker-url") && help.contains("trigger-bridge run --help"))
        #expect(help.split(separator: "\n", omittingEmptySubsequences: false).count < 50, "\(help)")
        let event = command == "preview" ? ["--event", "mappings/events/order-paid.json"] : []
        let taken = try await Command.run([command, "--mappings-path", "mappings"] + event, in: folder)
        #expect(taken.exit == 0)
    }

    @Test func theProgramNamesItsCommands() async throws {
        let outcome = try await Command.run(["--help"], in: try TemporaryFolder())
        #expect(outcome.exit == 0)
        for command in Self.commands + ["run"] { #expect(outcome.output.contains("\n  \(command) ")) }
        #expect(try await Command.run(["--version"], in: try TemporaryFolder()).output.contains("1."))
    }

    @Test(arguments: [
        (["rnu"], "trigger-bridge run"), (["parked", "lsit"], "trigger-bridge parked list"),
        (["ledger", "fnd", "--event", "1"], "trigger-bridge ledger find"), (["prevew", "x"], "trigger-bridge preview"),
    ])
    func mistypedCommandsAreGuessed(arguments: [String], meant: String) async throws {
        let outcome = try await Command.run(arguments, in: try TemporaryFolder())
        #expect(outcome.exit == 2 && outcome.errors.contains("did you mean \"\(meant)\"?"), "\(outcome)")
    }

    @Test func aWordThatIsNoCommandIsNotGuessed() async throws {
        let outcome = try await Command.run(["parked", "everything"], in: try TemporaryFolder())
        #expect(outcome.exit == 2 && !outcome.errors.contains("did you mean"))
    }

    @Test(arguments: commands + ["nonsense", "--nonsense"])
    func usageErrorsExitWithTwo(command: String) async throws {
        let outcome = try await Command.run([command, "--no-such-flag"], in: try TemporaryFolder())
        #expect(outcome.exit == 2 && outcome.output == "" && outcome.errors.contains("Usage: trigger-bridge"))
    }
}
