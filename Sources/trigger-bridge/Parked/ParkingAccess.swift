import AMQP
import Bridge
import Foundation
import Mapping
import Settings

/// How commands get at the parking queue.
enum ParkingAccess {
    /// The parking queue of the settings.
    ///
    /// - Throws: `usage`, after saying what is not set.
    static func room(_ settings: BridgeSettings) throws(CommandExit) -> ParkingRoom {
        guard let room = ParkingRoom(settings, version: BuildVersion.text) else {
            Terminal.error("error: broker.url and broker.queue are needed")
            throw .usage
        }
        return room
    }

    /// Runs what waits for the broker on a thread that may do so.
    ///
    /// - Throws: `broker`, after saying why the broker cannot be asked; what the work throws.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                do {
                    try DeepStackThread.start(name: "parked") { continuation.resume(with: Result(catching: work)) }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        } catch let error as BrokerError {
            Terminal.error("error: \(error)")
            throw CommandExit.broker
        }
    }

    /// The parked messages of an id, theirs or their event's; the queue stays as it was.
    ///
    /// - Throws: `findings`, after saying so, where there is none.
    static func find(
        _ id: String, _ settings: BridgeSettings
    ) async throws -> [(message: ParkedMessage, copies: Int)] {
        let room = try room(settings)
        var filter = ParkedFilter()
        filter.ids = [id]
        let found = try await run { [filter] in try room.find(filter, limit: mostFound) }
        guard found.isEmpty else { return found }
        Terminal.error("error: nothing in \(room.queue) has the id \"\(Printable.line(id))\"; parked list names them")
        throw CommandExit.findings
    }

    /// Several messages may be about one event.
    private static let mostFound = 20

    /// Decides about redrives by the mappings that `run` would start with.
    ///
    /// - Throws: `findings`, after saying what is wrong with the mappings; `usage` where there are none.
    static func judge(_ settings: BridgeSettings, ignoresExpiry: Bool) throws(CommandExit) -> RedriveJudge {
        _ = try MappingInput.paths([], settings)
        let start = try MappingInput.start(settings, .ofCommand)
        for diagnostic in start.diagnostics where diagnostic.severity == .error {
            Terminal.error(diagnostic.description)
        }
        let intake = Intake(BridgeAssembly.intake(settings), mappings: start.live)
        return RedriveJudge(intake, source: settings.broker.queue ?? "", ignoresExpiry: ignoresExpiry)
    }

    /// Asks before something is done; only where somebody sits at a terminal.
    ///
    /// - Throws: `findings` where the answer is not yes: nothing was done.
    static func ask(_ question: String) throws(CommandExit) {
        try? FileHandle.standardError.write(contentsOf: Data("\(question) [y/N] ".utf8))
        let answer = readLine()?.lowercased() ?? ""
        guard ["y", "yes"].contains(answer) else {
            Terminal.error("nothing was done")
            throw .findings
        }
    }

    /// Whether somebody sits at a terminal and can answer.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }
}
