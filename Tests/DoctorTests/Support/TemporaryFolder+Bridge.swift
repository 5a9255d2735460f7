import TestSupport

extension TemporaryFolder {
    /// One with an empty folder of mappings.
    static func withMappings() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.makeFolder("mappings")
        return folder
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
