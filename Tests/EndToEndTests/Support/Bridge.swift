import Foundation
import HTTPSupport
import JSON
import TestSupport
import Testing

/// The built `trigger-bridge run`, with settings of its own; crashed and started again as often as a test likes.
final class Bridge {
    /// The running process; the last one that ran where none does.
    private(set) var child: Child
    /// What each run said, the present one last.
    private(set) var logs: [BridgeLog]
    private let place: TemporaryFolder
    private let arguments: [String]

    /// Starts it; `settings` is a settings file's text.
    init(_ place: TemporaryFolder, settings: String, arguments: [String] = []) throws {
        self.place = place
        self.arguments = ["run", "--config", try place.write("bridge.json", settings)] + arguments
        child = try Child("trigger-bridge", self.arguments, in: place, name: "bridge-1")
        logs = [BridgeLog(child.errors)]
    }

    /// Starts it once more, after its end.
    func restart() throws {
        _ = try log
        child = try Child("trigger-bridge", arguments, in: place, name: "bridge-\(logs.count + 1)")
        logs.append(BridgeLog(child.errors))
    }

    /// What the present run has said.
    var log: BridgeLog {
        get throws {
            try logs[logs.count - 1].read()
            return logs[logs.count - 1]
        }
    }

    /// Waits until the present run has said this.
    func wait(until what: String, seconds: Int = 90, _ holds: (BridgeLog) throws -> Bool) throws {
        do {
            try EndToEndTests.wait(for: what, seconds: seconds) {
                if try holds(log) { return true }
                guard child.isRunning else { throw Late(description: "the bridge ended before: \(what)") }
                return false
            }
        } catch let late as Late {
            let tail = try GrowingFile.text(child.errors).suffix(3_000)
            throw Late(description: "\(late.description); its log ends with:\n\(tail)")
        }
    }

    /// Waits until it consumes.
    func waitUntilConsuming() throws {
        try wait(until: "consuming") { $0.says("consuming") }
    }

    /// The console's port, which the system chose.
    var consolePort: UInt16 {
        get throws {
            try wait(until: "console listening") { $0.says("console listening") }
            let address = try log.lines("console listening").last?["address"]?.string
            return try #require(address.flatMap { UInt16($0.split(separator: ":").last ?? "") })
        }
    }

    /// What the console answers.
    func ask(_ path: String) throws -> HTTPClient.Answer {
        try HTTPClient.ask(consolePort, path)
    }

    /// The value of one metric, by its whole name with labels; nil where there is none.
    func metric(_ name: String) throws -> Double? {
        let line = try ask("/metrics").text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    /// Ends it in order; returns its exit code.
    func stop() throws -> Int32 {
        child.signal(SIGTERM)
        return try child.end()
    }
}
