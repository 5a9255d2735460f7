import Hummingbird
import NIOCore

/// Reads a request's body within a limit.
enum BodyReader {
    /// The body, or nil when it is longer than the limit.
    ///
    /// A body that is too long is read to its end and thrown away, so that the client sees the answer rather than a
    /// broken pipe; nothing of it is kept.
    static func read(_ body: RequestBody, limit: Int) async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        var isTooLong = false
        for try await buffer in body {
            if bytes.count + buffer.readableBytes > limit { (isTooLong, bytes) = (true, []) }
            if !isTooLong { bytes.append(contentsOf: buffer.readableBytesView) }
        }
        return isTooLong ? nil : bytes
    }
}
