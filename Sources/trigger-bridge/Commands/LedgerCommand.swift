import ArgumentParser

/// `trigger-bridge ledger`: the record of what was launched.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Looks into the record of what was launched.",
        subcommands: [LedgerFindCommand.self]
    )
}
