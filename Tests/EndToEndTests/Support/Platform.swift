import Foundation
import HTTPSupport
import JSON
import TestSupport
import Testing

/// The built `altcraft-sandbox`, crashed and started again as often as a test likes.
final class Platform {
    /// One launch that it accepted.
    struct Launch {
        let event: String
        let target: Int
        let recipient: String
        /// The event's place among those of its recipient.
        let place: Int
    }

    static let token = "proof-token-8c1f"
    let port: UInt16
    private let place: TemporaryFolder
    private let account: String
    private var child: Child
    private var runs = 1
    /// What runs that are over had accepted.
    private var earlier: [Launch] = []

    /// Starts it on a free port, with an account of so many recipients.
    init(_ place: TemporaryFolder, recipients: Int) throws {
        self.place = place
        account = try place.write("account.json", Self.account(recipients: recipients))
        (child, port) = try Self.startSomewhere(place, account)
    }

    private static func startSomewhere(_ place: TemporaryFolder, _ account: String) throws -> (Child, UInt16) {
        for _ in 0..<20 {
            let port = UInt16.random(in: 21_000...31_999)
            let child = try start(place, account, port, name: "platform-1")
            if try isListening(child) { return (child, port) }
        }
        throw Late(description: "no free port for the sandbox")
    }

    private static func start(_ place: TemporaryFolder, _ account: String, _ port: UInt16, name: String) throws -> Child
    {
        let arguments = ["--address", "127.0.0.1:\(port)", "--token", token, "--data", account, "--keep", "1000000"]
        return try Child("altcraft-sandbox", arguments, in: place, name: name)
    }

    /// Waits until it listens; false when it ends instead, as the port is taken.
    private static func isListening(_ child: Child) throws -> Bool {
        try wait(for: "the sandbox listens") {
            try GrowingFile.text(child.output).contains("listening") || !child.isRunning
        }
        return child.isRunning
    }

    private static func account(recipients: Int) -> String {
        let campaigns = (1...9).map { #"{"id": \#($0), "name": "Campaign \#($0)", "active": true, "resource_id": 1}"# }
        let profiles = (0..<recipients).map { #"{"id": "\#(profile($0))", "email": "\#(email($0))", "fields": {}}"# }
        return """
            {"campaigns": [\(campaigns.joined(separator: ",\n"))], "scenarios": [],
             "profiles": [\(profiles.joined(separator: ",\n"))]}
            """
    }

    private static func profile(_ number: Int) -> String {
        let digits = String(number)
        return "60ae529b3f62fcde" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The address of a recipient.
    static func email(_ number: Int) -> String { "person-\(number)@example.com" }

    /// Lets faults begin; the body of `POST /sandbox/faults`.
    func fail(_ faults: String) throws {
        let answer = try HTTPClient.ask(port, "/sandbox/faults", method: "POST", body: faults)
        guard answer.status == 200 else { throw Late(description: "faults not taken: \(answer.text)") }
    }

    /// Ends all faults.
    func heal() throws {
        _ = try HTTPClient.ask(port, "/sandbox/faults", method: "DELETE")
    }

    /// How many launches the present run has accepted.
    func launchCount() throws -> Int {
        let summary = try JSONDocument.parse(HTTPClient.ask(port, "/sandbox/launches?limit=0").body).root
        return summary["total"]?.number?.int64.map(Int.init) ?? 0
    }

    /// Every launch of all its runs, in the order of acceptance.
    func launches() throws -> [Launch] {
        try earlier + presentLaunches()
    }

    private func presentLaunches() throws -> [Launch] {
        let answer = try HTTPClient.ask(port, "/sandbox/launches", seconds: 60)
        let limits = JSONLimits(bytes: 1 << 30, depth: 64)
        return try JSONDocument.parse(answer.body, limits: limits).root["launches"]?.elements.map(Self.launch) ?? []
    }

    private static func launch(_ node: JSONNode) throws -> Launch {
        Launch(
            event: node["custom_data"]?["event_id"]?.string ?? "",
            target: Int(node["target"]?.number?.int64 ?? 0),
            recipient: node["recipient"]?.text() ?? "",
            place: Int(node["content"]?["place"]?.number?.int64 ?? -1))
    }

    /// Ends it as a power cut would; it has forgotten everything when it starts again.
    ///
    /// What it had accepted is asked for once it takes no more, so that the list is whole; answers that are on their way
    /// then are lost.
    func crash() throws {
        try fail(#"{"kind": "cut"}"#)
        earlier += try presentLaunches()
        try child.crash()
    }

    /// Starts it again.
    func restart() throws {
        runs += 1
        child = try Self.start(place, account, port, name: "platform-\(runs)")
        guard try Self.isListening(child) else { throw Late(description: "the sandbox does not start again") }
    }
}
