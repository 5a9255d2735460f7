/// How one submitted request ended.
package struct HTTPCompletion: Sendable, Equatable {
    /// What the caller gave with the request.
    package let token: UInt64
    /// What came of it.
    package let result: HTTPResult

    /// A completion; callers make their own in tests.
    package init(token: UInt64, result: HTTPResult) {
        self.token = token
        self.result = result
    }
}

/// What is certain about a request that has ended.
///
/// The two kinds of failure are kept apart by type, because they have opposite consequences: what was never written
/// may be sent again at any time, what may have been written may have launched something.
package enum HTTPResult: Sendable, Equatable {
    /// A complete answer of any status; a redirect is an answer too, it is never followed.
    case response(HTTPResponse)
    /// No byte of the request left for the server.
    case neverWritten(HTTPFailure)
    /// The server may have read the request, and no complete answer came.
    case maybeWritten(HTTPFailure)
}

/// A complete answer.
package struct HTTPResponse: Sendable, Equatable {
    /// The status code, as sent: 200 to 999.
    package let status: Int
    /// The `Content-Type` header, as sent.
    package let contentType: String?
    /// What the `Retry-After` header asks for, dates made relative by libcurl; nil when absent, zero or not understood.
    package let retryAfter: Duration?
    /// The body, at most `HTTPTransportSettings.answerLimit` bytes.
    package let body: [UInt8]
    /// The `Date` header, as sent; only with `HTTPTransportSettings.keepsDate`.
    package let date: String?

    /// An answer; callers make their own in tests.
    package init(status: Int, contentType: String?, retryAfter: Duration?, body: [UInt8], date: String? = nil) {
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
        self.date = date
    }
}

/// Why a request has no answer.
package struct HTTPFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The closed list of reasons.
    package enum Reason: String, Sendable, CaseIterable {
        /// The URL cannot be used: not parseable, or neither http nor https.
        case badURL = "bad_url"
        /// The host name, or the proxy's, could not be resolved.
        case resolve
        /// No connection: refused, unreachable, reset before the request.
        case connect
        /// The proxy did not let us through.
        case proxy
        /// The TLS handshake failed.
        case tls
        /// The server's certificate is not one we trust for this host, or the CA file cannot be read.
        case certificate
        /// A deadline passed: of connecting, or of the whole request.
        case timeout
        /// The connection ended, or broke, before a complete answer.
        case cut
        /// What came is not HTTP.
        case notHTTP = "not_http"
        /// The answer, or its headers, is over the limit.
        case answerTooBig = "answer_too_big"
        /// libcurl could not do its work: out of memory, out of descriptors.
        case local
    }

    /// The reason.
    package let reason: Reason
    /// libcurl's words, at most 255 bytes; may name the host, never a header or the body.
    package let detail: String

    /// A failure; callers make their own in tests.
    package init(reason: Reason, detail: String) {
        self.reason = reason
        self.detail = detail
    }

    /// One line for the log.
    package var description: String {
        detail.isEmpty ? reason.rawValue : "\(reason.rawValue): \(detail)"
    }
}
