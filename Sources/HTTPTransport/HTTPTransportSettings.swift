/// What holds for all requests of one transport.
package struct HTTPTransportSettings: Sendable {
    /// Most requests in flight, and most connections open, idle ones included.
    package var inFlightLimit = 64
    /// Most bytes of one answer's body; a longer answer ends as `answerTooBig`.
    package var answerLimit = 1 << 20
    /// Most bytes of one answer's status line and headers together, informational answers included.
    ///
    /// libcurl 7.88 bounds a line, not their number: a server could fill the memory with headers.
    package var headerLimit = 64 << 10
    /// A PEM file of trusted certificate authorities instead of the system's; nil for the system's.
    package var caFile: String?
    /// How long an idle connection is kept for reuse; libcurl counts whole seconds, so it is up to one second more.
    ///
    /// Below 5 s, the shortest idle timeout among common servers (Node.js, Apache): a request written into a
    /// connection that the server is just closing cannot be told from one that was read, and ends as unknown. One that
    /// the server has closed already is noticed before anything is written.
    package var idleLimit: Duration = .seconds(3)
    /// Whether connections are used again; false for a server that closes after each answer without saying so.
    ///
    /// With such a server one request in ten would go into a connection that is just ending, and end as unknown.
    package var reusesConnections = true
    /// Whether answers keep their `Date` header, which nobody needs but who compares clocks.
    package var keepsDate = false
    /// What the requests' `User-Agent` says.
    package var userAgent = "trigger-bridge"

    /// The defaults.
    package init() {}
}

/// Why a transport could not be made.
package enum HTTPTransportError: Error, Equatable, CustomStringConvertible {
    /// libcurl could not be initialised, or there is no memory.
    case initialisation
    /// This libcurl lacks something that the transport's promises rest on.
    case library(missing: String)
    /// libcurl does not take an option, with its words.
    case option(String, detail: String)

    /// One line: what is wrong and what to do.
    package var description: String {
        switch self {
        case .initialisation: "libcurl could not be initialised: out of memory or descriptors"
        case .library(let missing): "this libcurl lacks \(missing): install libcurl 7.88 or later, with OpenSSL"
        case .option(let name, let detail): "libcurl does not take the option \(name): \(detail)"
        }
    }
}
