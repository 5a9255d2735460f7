import BrokerSupport
import Foundation

/// A folder with mappings, and the arguments of a bridge that works there; gone with the last reference.
final class Workplace: Sendable {
    private let path = FileManager.default.temporaryDirectory.path + "/doctor-\(UUID().uuidString)"

    /// An empty one.
    init() throws {
        try FileManager.default.createDirectory(atPath: path + "/mappings", withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in it.
    func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file whole.
    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: self.path(name), atomically: true, encoding: .utf8)
    }

    /// Whether there is something of this name.
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// The text of a file.
    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }

    /// A mapping of the exchange `shop`, which launches a campaign for the event's `email`.
    func writeMapping(_ name: String = "paid", campaign: Int = 4101, when: String? = nil) throws {
        let when = when ?? #"{"exchange": ["shop"], "routing_key": ["order.paid"]}"#
        try write(
            "mappings/\(name).json",
            """
            {"name": "\(name)", "when": \(when), "launch": {"campaign": \(campaign)},
             "recipient": [{"matching": "email", "email": "$.email"}], "content": {"number": "$.number"}}
            """)
    }

    /// The settings of a bridge, as flags: this broker and a platform on loopback.
    func flags(
        _ url: String, platform port: UInt16, token: String = "right-token", _ more: [String] = []
    ) -> [String] {
        [
            "--broker-url", url, "--broker-queue", "orders", "--retry-ladder", "5s",
            "--altcraft-url", "http://127.0.0.1:\(port)", "--altcraft-token", token,
            "--mappings-path", path("mappings"), "--state-path", path("state"), "--console-address", "off",
            "--log-format", "json",
        ] + more
    }
}
