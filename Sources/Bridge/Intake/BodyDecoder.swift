package import AMQP
import Inflate
package import JSON
package import Mapping
import Outcome

/// Turns the bytes of a message into a document, within the limits: inflates what is compressed, then parses.
package enum BodyDecoder {
    /// Decodes a body by its `content_encoding`.
    package static func decode(_ body: [UInt8], encoding: AMQPText?, limits: JSONLimits) -> EventDecoder.Result {
        // A name that is not UTF-8 is shown with its bytes written out, and is not known.
        let encoding = EventDecoder.Encoding(encoding.map { $0.string ?? $0.description })
        if let refusal = encoding.refusal { return refusal }
        do throws(InflateError) {
            switch encoding {
            case .gzip: return EventDecoder.decode(try inflate(body, .gzip, limit: limits.bytes), limits: limits)
            case .deflate: return EventDecoder.decode(try inflate(body, .deflate, limit: limits.bytes), limits: limits)
            case .identity, .unsupported: return EventDecoder.decode(body, limits: limits)
            }
        } catch .tooBig(let limit) {
            return .undecodable(.tooBig, detail: "the body inflates to more than the \(limit) bytes that are allowed")
        } catch {
            return .undecodable(.encoding, detail: "the body \(error)")
        }
    }
}
