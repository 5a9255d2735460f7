import ArgumentParser
import Bridge
import Foundation
import JSON
import Outcome
import Relay
import Settings

/// `trigger-bridge parked redrive`: parked events go back to the bridge.
struct ParkedRedriveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Sends parked events back to the bridge, which launches what they still owe.",
        discussion: """
            First each event is evaluated by the mappings as they are now. What would launch nothing stays parked and is \
            named: what has expired (--ignore-expiry launches it), what would be parked again at once, what no mapping \
            wants. The others are published to the source queue, confirmed, and only then taken out of the parking queue. \
            `run` launches them, now or when it is started; launches that were made before are known to its ledger.

              trigger-bridge parked redrive --dry-run --config bridge.json
              trigger-bridge parked redrive 3f2a90c4d1e8b756 --config bridge.json
              trigger-bridge parked redrive --class refused --since 2d --rate 10

            An event goes once: one that fails again is parked anew and waits for the next redrive. A second copy of an event \
            launches nothing. On a terminal it asks first; anywhere else it does not.

            Exit 0: done; what stays parked is named. Exit 1: an id that was given is not parked, or stays so; or the \
            mappings have errors. Exit 2: usage. Exit 4: the broker; what is not named as redriven is parked still.
            """
    )

    @Argument(help: "Ids of messages or of events. Without any: all that match.")
    var ids: [String] = []

    @OptionGroup(title: "Which")
    var options: ParkedOptions

    @Flag(help: "Show what each would launch now, and do nothing; the queue stays as it was.")
    var dryRun = false

    @Flag(help: "Launch what has expired, too.")
    var ignoreExpiry = false

    @Option(help: "Send so many events a second at most.")
    var rate = 50.0

    @Option(help: "Send so many events at most.")
    var limit = 10_000

    @Flag(help: "Do not ask, on a terminal neither.")
    var yes = false

    @Flag(
        help:
            "Print JSON: {\"dry_run\", \"redriven\": [{\"id\", \"launches\": […], …}], \"kept\": [{\"id\", \"why\", …}], …}."
    )
    var json = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func validate() throws {
        guard (0.1...10_000).contains(rate) else { throw ValidationError("--rate is between 0.1 and 10000 a second.") }
        guard (1...250_000).contains(limit) else { throw ValidationError("--limit is between 1 and 250000.") }
    }

    func run() async throws {
        let settings = try SettingsInput.load(flags, needing: [.broker]).settings
        let room = try ParkingAccess.room(settings)
        if !dryRun, !yes, !json, ParkingAccess.canAsk {
            let rehearsal = try await redrive(room, settings, isRehearsal: true)
            for line in RedriveText.lines(rehearsal, isRehearsal: true).prefix(50) { Terminal.error(line) }
            Terminal.error(RedriveText.summary(rehearsal, isRehearsal: true, queue: room.source))
            if rehearsal.redriven.isEmpty { return try finish(rehearsal) }
            try ParkingAccess.ask("Send \(rehearsal.redriven.count.counted("event")) back?")
        }
        let report = try await redrive(room, settings, isRehearsal: dryRun)
        show(report, settings, room)
        try finish(report)
    }

    private func redrive(
        _ room: ParkingRoom, _ settings: BridgeSettings, isRehearsal: Bool
    ) async throws -> RedriveReport {
        let (ignoresExpiry, filter) = (ignoreExpiry, options.filter(ids: ids))
        let options = Redrive.Options(limit: limit, perSecond: rate, isRehearsal: isRehearsal)
        return try await ParkingAccess.run {
            let judge = try ParkingAccess.judge(settings, ignoresExpiry: ignoresExpiry)
            var told = Date.now
            let redrive = Redrive(room, judge, filter, options) { done, of in
                // Something now and then, so that nobody thinks that it hangs.
                guard Date.now.timeIntervalSince(told) > 5 else { return }
                told = .now
                Terminal.error("redriven \(done), \(of) in this pass")
            }
            return redrive.run()
        }
    }

    private func show(_ report: RedriveReport, _ settings: BridgeSettings, _ room: ParkingRoom) {
        if json {
            let preview = RequestPreview(settings.altcraft)
            let shown = ParkedJSON.redrive(report, isRehearsal: dryRun) { preview.json($0.request) }
            return Terminal.result(shown.text(pretty: true))
        }
        for line in RedriveText.lines(report, isRehearsal: dryRun) { Terminal.result(line) }
        if report.keptUnnamed > 0 { Terminal.result("stays     \(report.keptUnnamed) more, not named") }
        Terminal.result(RedriveText.summary(report, isRehearsal: dryRun, queue: room.source))
    }

    /// Says what is left to say, and ends as it came out.
    private func finish(_ report: RedriveReport) throws(CommandExit) {
        if let failure = report.failure {
            Terminal.error("error: \(failure)")
            if !dryRun { Terminal.error("note: what is not listed as redriven is parked still; run it again") }
            throw .broker
        }
        let remarks = ParkedText.remarks(looked: report.looked, total: report.total, matched: 0, shown: 0)
        for remark in remarks { Terminal.error(remark) }
        let missing = Set(ids).subtracting(report.found).sorted()
        for id in missing { Terminal.error("error: nothing parked has the id \"\(Printable.line(id))\"") }
        let stays = !ids.isEmpty && !dryRun && (!report.kept.isEmpty || report.strangers > 0)
        guard missing.isEmpty, !stays else { throw .findings }
    }
}
