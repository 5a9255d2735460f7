import Glibc

/// The plainest HTTP client, for a test's own thread: one request a connection, blocking, with an end to every wait.
package enum HTTPClient {
    /// An answer.
    package struct Answer: Sendable {
        /// 200 and so on.
        package let status: Int
        /// The body's bytes.
        package let body: [UInt8]

        /// The body as text.
        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// No answer came, or none that can be read.
    package struct NoAnswer: Error, CustomStringConvertible {
        /// What was asked, and what there was instead.
        package let description: String
    }

    /// Asks a server on 127.0.0.1.
    package static func ask(
        _ port: UInt16, _ path: String, method: String = "GET", body: String = "", seconds: Int = 20
    ) throws -> Answer {
        let descriptor = try Socket.connected(to: port, seconds: seconds)
        defer { close(descriptor) }
        let socket = Socket(descriptor)
        let head = [
            "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close",
            "Content-Type: application/json", "Content-Length: \(body.utf8.count)", "", "",
        ].joined(separator: "\r\n")
        guard socket.send(Array((head + body).utf8)) else {
            throw NoAnswer(description: "\(method) \(path): not written")
        }
        var bytes: [UInt8] = []
        while case let more = socket.receive(), !more.isEmpty { bytes += more }
        guard let answer = Answer(bytes) else {
            throw NoAnswer(description: "\(method) \(path): no answer in \(bytes.count) bytes")
        }
        return answer
    }
}

extension HTTPClient.Answer {
    /// Takes apart what came until the server closed; nil where that is no whole answer.
    fileprivate init?(_ bytes: [UInt8]) {
        let blank = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: blank) }) else { return nil }
        let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        let body = Array(bytes[(end + blank.count)...])
        let lengths = head.split(separator: "\r\n").compactMap { line in
            line.hasPrefix("content-length:") ? Int(line.dropFirst(15).trimmingPrefix { $0 == " " }) : nil
        }
        guard lengths.allSatisfy({ $0 == body.count }) else { return nil }
        self.init(status: status, body: body)
    }
}
