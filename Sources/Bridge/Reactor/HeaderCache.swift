import Altcraft
import HTTPTransport

/// The header lists of requests, made once for each kind: requests of a kind have equal headers.
struct HeaderCache {
    private static let limit = 16
    private var kinds: [(fields: [EncodedRequest.Header], headers: HTTPHeaders)] = []

    /// The headers of a request.
    ///
    /// - Throws: `HTTPHeaderError` for a value that cannot be sent.
    mutating func headers(for fields: [EncodedRequest.Header]) throws(HTTPHeaderError) -> HTTPHeaders {
        for kind in kinds where kind.fields == fields { return kind.headers }
        let headers = try HTTPHeaders(fields.map { (name: $0.name, value: $0.value) })
        // A renewed token makes a new kind; the oldest goes.
        if kinds.count == Self.limit { kinds.removeFirst() }
        kinds.append((fields, headers))
        return headers
    }
}
