/// A request as it goes over the wire.
package struct EncodedRequest: Sendable, Equatable {
    /// The HTTP methods that the platform knows.
    package enum Method: String, Sendable, Hashable {
        case get = "GET"
        case post = "POST"
    }

    /// A header field.
    package struct Header: Sendable, Hashable {
        /// The name.
        package let name: String
        /// The value; free of control characters.
        package let value: String

        /// Makes a field.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The method.
    package let method: Method
    /// The whole URL; of a v1.0 link it is a secret.
    package let url: String
    /// The header fields.
    package let headers: [Header]
    /// The body; empty for `GET`.
    package let body: [UInt8]

    /// Makes a request.
    package init(method: Method, url: String, headers: [Header], body: [UInt8]) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
