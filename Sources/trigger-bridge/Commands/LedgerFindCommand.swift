import ArgumentParser
import Foundation
import JSON
import Ledger
import Settings

/// `trigger-bridge ledger find`: the launches of an event, a recipient or a mapping.
struct LedgerFindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Answers: did this customer get it, and when?",
        discussion: """
            Works while `run` is running or not, and changes nothing. The ledger keeps each launch for the window of its \
            mapping, and for seven days at least. Recipients are kept as keyed hashes only: they can be looked for, not \
            listed. An address is found however its letters are written, a phone number with or without spaces.

            Exit 0: it was looked for, whether anything was found or not. Exit 2: usage, or the ledger cannot be read.
            """
    )

    @Option(help: ArgumentHelp("The launches of an event, by its id.", valueName: "id"))
    var event: String?

    @Option(help: ArgumentHelp("The launches for an email, a phone number, or another id.", valueName: "email"))
    var recipient: String?

    @Option(help: ArgumentHelp("The launches of a mapping.", valueName: "name"))
    var mapping: String?

    @Option(help: "The newest so many.")
    var limit = 100

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func validate() throws {
        guard [event, recipient, mapping].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("Give one of --event, --recipient and --mapping.")
        }
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is between 1 and 100000.") }
    }

    func run() throws {
        guard let search else { return }
        let settings = try SettingsInput.load(flags, needing: []).settings
        guard let path = settings.process.ledgerPath else {
            Terminal.error("error: ledger.enabled is false: there is no ledger to look into")
            throw CommandExit.usage
        }
        let records = try find(search, path)
        if json {
            let list = JSONValue.array(records.map(\.json))
            Terminal.result(JSONValue.object([("launches", list)]).text(pretty: true))
        } else if records.isEmpty {
            Terminal.result("no launch is recorded")
        } else {
            for record in records { Terminal.result(record.text) }
        }
    }

    private var search: LedgerSearch? {
        event.map(LedgerSearch.event) ?? recipient.map(LedgerSearch.recipient) ?? mapping.map(LedgerSearch.mapping)
    }

    private func find(_ search: LedgerSearch, _ path: String) throws(CommandExit) -> [LedgerRecord] {
        do throws(LedgerFault) {
            return try LedgerFinder(path: path).find(search, limit: limit)
        } catch {
            Terminal.error("error: \(error)")
            throw .usage
        }
    }
}

extension LedgerRecord {
    /// One line for people: an event's identity is a foreign text.
    fileprivate var text: String {
        let element = element.map { "  element \($0)" } ?? ""
        let words = "\(state.sentence)  \(mapping)  \(target)  event \(event)\(element)"
        return "\(Self.time(launchedAt))  \(Printable.line(words))"
    }

    fileprivate var json: JSONValue {
        .object([
            ("launched_at", .string(Self.time(launchedAt))), ("state", .string(state.word)),
            ("mapping", .string(mapping)), ("target", .string(target)), ("event", .string(event)),
            ("element", element.map { .number(JSONNumber($0)) } ?? .null),
            ("kept_until", .string(Self.time(keptUntil))),
        ])
    }

    private static func time(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
    }
}

extension LaunchEntryState {
    /// The word of `--json`.
    fileprivate var word: String {
        switch self {
        case .intended: "intended"
        case .launched: "launched"
        case .maybeRepeated: "maybe_repeated"
        case .withdrawn: "withdrawn"
        }
    }

    fileprivate var sentence: String {
        switch self {
        case .intended: "begun, outcome unknown"
        case .launched: "launched"
        case .maybeRepeated: "launched, perhaps twice"
        case .withdrawn: "begun and not launched"
        }
    }
}
