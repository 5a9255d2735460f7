import ArgumentParser
import Files
import Foundation
import Logging
import Sandbox
import UnixSignals

/// Answers like the Altcraft API, on this machine, for tests and demonstrations.
struct AltcraftSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "altcraft-sandbox",
        abstract: "A local stand-in for the Altcraft API: trigger campaigns and scenarios, with faults on demand.",
        discussion: Help.discussion)

    @Option(help: ArgumentHelp("Where to listen; port 0 lets the system choose.", valueName: "host:port"))
    var address: ListenAddress

    @Option(help: "The API token that requests must carry, in the body or as Authorization: Bearer.")
    var token: String

    @Option(help: ArgumentHelp("The account: campaigns, scenarios and profiles, as JSON.", valueName: "file"))
    var data: String

    @Flag(help: "Write profiles, scenarios and campaigns back into the file when a request changes them.")
    var save = false

    @Flag(help: "Print no line for each launch.")
    var quiet = false

    @OptionGroup(title: "Where the documentation is silent")
    var choices: ChoiceOptions

    @OptionGroup(title: "Bounds")
    var bounds: BoundOptions

    func validate() throws {
        guard !token.isEmpty else { throw ValidationError("--token is empty") }
        try bounds.validateRanges()
    }

    func run() async throws {
        let account = try readAccount()
        let isQuiet = quiet
        let sandbox = Sandbox(
            account, options: options,
            log: { launch in
                if !isQuiet { StandardStreams.error(launch.logLine) }
            })
        var logger = Logger(label: "altcraft-sandbox")
        // A client that goes away is no matter for anybody; what matters is thrown.
        logger.logLevel = .critical
        let server = SandboxServer(sandbox, host: address.host, port: address.port, logger: logger)
        do {
            try await serve(server, sandbox)
        } catch let error as SandboxServer.CannotListen {
            StandardStreams.error("altcraft-sandbox: \(error)")
            throw ExitCode(ExitStatus.cannotListen.rawValue)
        }
    }

    private func readAccount() throws -> SandboxData {
        do {
            return try SandboxData.read(path: data) { StandardStreams.error("altcraft-sandbox: warning: \($0)") }
        } catch {
            StandardStreams.error("altcraft-sandbox: \(error)")
            throw ExitCode(ExitStatus.usage.rawValue)
        }
    }

    private var options: SandboxOptions {
        var options = SandboxOptions(token: token)
        choices.apply(to: &options)
        bounds.apply(to: &options)
        return options
    }

    /// Serves until a signal asks for the end, or the server ends by itself.
    private func serve(_ server: SandboxServer, _ sandbox: Sandbox) async throws {
        let address = address
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.run { port in
                    StandardStreams.output("altcraft-sandbox listening on \(address.url(port: port))")
                }
            }
            group.addTask {
                for await _ in signals { return }
            }
            group.addTask { try await keepTime(sandbox) }
            defer { saveChanges(sandbox) }
            do {
                try await group.next()
                group.cancelAll()
                try await group.waitForAll()
            } catch is CancellationError {}
        }
    }

    /// Carries out tasks when they are due and saves what has changed, until it is cancelled.
    ///
    /// It looks by the clock, as the platform's own tasks run by it; five times a second is finer than any answer says.
    private func keepTime(_ sandbox: Sandbox) async throws {
        while true {
            try await Task.sleep(for: .milliseconds(200))
            sandbox.tick()
            saveChanges(sandbox)
        }
    }

    private func saveChanges(_ sandbox: Sandbox) {
        guard save, let account = sandbox.takeChanges() else { return }
        do {
            try account.write(path: data)
        } catch {
            sandbox.returnChanges()
            StandardStreams.error("altcraft-sandbox: \(data): cannot be written: \(FileFault.reason(error))")
        }
    }
}
