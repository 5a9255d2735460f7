package import JSON
package import Outcome

/// Decides whether a message's bytes are an event.
package enum EventDecoder {
    /// What the bytes are.
    package enum Result: Sendable {
        /// A document; its root need not be an object.
        case document(JSONDocument)
        /// No event: the reason of the guarantees, and one sentence without a full stop that holds nothing of the body.
        case undecodable(Reason, detail: String)
    }

    /// How a body is compressed.
    package enum Encoding: Sendable, Hashable {
        case identity
        case gzip
        case deflate
        /// Anything else, which nothing here can read.
        case unsupported(String)

        /// Reads the property `content_encoding`.
        ///
        /// Names do not depend on case (RFC 9110 section 8.4.1). Clients of AMQP also write the character set there, and
        /// that of JSON is always UTF-8.
        package init(_ contentEncoding: String?) {
            switch contentEncoding?.lowercased() {
            case nil, "", "identity", "utf-8", "utf8": self = .identity
            case "gzip", "x-gzip": self = .gzip
            case "deflate": self = .deflate
            case let other?: self = .unsupported(String(other.prefix(80)))
            }
        }

        /// Why a body of this encoding cannot be read; nil when it can.
        package var refusal: Result? {
            guard case .unsupported(let name) = self else { return nil }
            return .undecodable(
                .encoding, detail: "the body is encoded as \"\(name)\"; gzip and deflate are understood")
        }
    }

    /// Reads a body that has been inflated.
    package static func decode(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> Result {
        do throws(JSONError) {
            return .document(try JSONDocument.parse(bytes, limits: limits))
        } catch {
            return .undecodable(reason(error.fault), detail: error.description)
        }
    }

    private static func reason(_ fault: JSONError.Fault) -> Reason {
        switch fault {
        case .syntax, .notUTF8: .notJSON
        case .tooBig: .tooBig
        case .tooDeep: .tooDeep
        case .duplicateMember: .duplicateMember
        }
    }
}
