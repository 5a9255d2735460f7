/// Where the console listens.
package struct ConsoleAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address to bind to, an IPv6 address without its brackets.
    package let host: String
    /// The port; 0 lets the system choose one.
    package let port: Int

    /// An address from its parts.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:9464`, `[::1]:9464` or `:9464`, which is every address of the machine.
    init(parsing text: String) throws(SettingProblem) {
        let isAny = text.hasPrefix(":")
        guard let parsed = HostAndPort((isAny ? "0.0.0.0" : "") + text), let port = parsed.port else {
            throw SettingProblem("is no address to listen on", "write host:port, for example 127.0.0.1:9464, or off")
        }
        host = parsed.host
        self.port = Int(port)
    }

    /// The address as it is written: `127.0.0.1:9464`.
    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
