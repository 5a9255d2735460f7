/// What came back for a request: bytes of a peer, of which nothing is believed.
package struct Answer: Sendable, Hashable {
    /// The HTTP status.
    package let status: Int
    /// The `Retry-After` field as it came.
    package let retryAfter: String?
    /// The body, bounded by the HTTP layer.
    package let body: [UInt8]

    /// Makes an answer.
    package init(status: Int, retryAfter: String? = nil, body: [UInt8]) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }
}
