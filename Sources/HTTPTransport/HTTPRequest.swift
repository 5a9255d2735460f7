/// The methods that the transport sends.
package enum HTTPMethod: Sendable, Hashable {
    /// Asks and changes nothing; libcurl may send it again by itself on a fresh connection.
    case get
    /// Asks for a launch; sent at most once.
    case post
}

/// One request, complete and immutable: what is sent, where, and how long it may take.
package struct HTTPRequest: Sendable {
    /// GET or POST.
    package let method: HTTPMethod
    /// An absolute `http` or `https` URL; any other scheme ends as `neverWritten(.badURL)`.
    package let url: String
    /// What is sent beside libcurl's own `Host`, `User-Agent`, `Accept` and `Content-Length`.
    ///
    /// Keep one value for all requests of a kind: equal headers share one list inside libcurl.
    package let headers: HTTPHeaders
    /// The body of a POST; a GET sends none.
    package let body: [UInt8]
    /// The most that name look-up, connecting and TLS may take together.
    package let connectTimeout: Duration
    /// The most that the whole request may take, connecting included.
    package let timeout: Duration

    /// A request; the times are rounded up to milliseconds, and to 1 ms at least.
    package init(
        _ method: HTTPMethod,
        url: String,
        headers: HTTPHeaders = .none,
        body: [UInt8] = [],
        connectTimeout: Duration = .seconds(5),
        timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.timeout = timeout
    }
}
