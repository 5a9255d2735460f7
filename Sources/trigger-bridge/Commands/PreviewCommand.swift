import ArgumentParser

/// The command `trigger-bridge preview`.
struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Shows what would be launched for an event: the requests, with the token masked."
    )

    @Option(help: "The event: {\"amqp\": {…}, \"body\": …} or a bare body.")
    var event: String

    @Argument(help: "The mapping files to try.")
    var mappings: [String]

    func run() throws {}
}
