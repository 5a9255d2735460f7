/// What the scripted server does with one request of one connection.
package struct Exchange: Sendable {
    /// How far it reads before it replies.
    package enum Reading: Sendable {
        /// Replies (or closes) at once.
        case nothing
        /// Waits until there is something to read and leaves it unread, so that closing resets the connection.
        case arrival
        /// Reads the request line and the headers; what came of the body in the same packet is read too.
        case head
        /// Reads the whole request.
        case whole
    }

    /// One step of the reply.
    package enum Part: Sendable {
        /// Writes the bytes.
        case bytes([UInt8])
        /// Writes the bytes one by one, with a moment between them, until the client leaves.
        case drip([UInt8])
        /// Writes the bytes again and again, until the client leaves.
        case flood([UInt8])
        /// Says nothing until the client leaves.
        case hang
        /// Closes the connection; nothing comes after it.
        case close
        /// Closes with a reset.
        case reset
    }

    package let reading: Reading
    package let reply: [Part]

    package init(_ reading: Reading = .whole, _ reply: [Part]) {
        self.reading = reading
        self.reply = reply
    }
}

// The usual ones.
extension Exchange {
    /// A whole answer with a length, on a connection that stays open.
    package static func answer(
        _ status: Int = 200,
        _ body: String = #"{"error":0}"#,
        headers: [String] = ["Content-Type: application/json"]
    ) -> Exchange {
        Exchange(.whole, [.bytes(response(status, headers, body))])
    }

    /// A whole answer; then the server closes, having announced it or not.
    package static func answerAndClose(announced: Bool) -> Exchange {
        Exchange(.whole, [.bytes(response(200, announced ? ["Connection: close"] : [], "bye")), .close])
    }

    /// An answer in chunks, with a trailer.
    package static func chunked(_ pieces: [String]) -> Exchange {
        let chunks = pieces.map { String($0.utf8.count, radix: 16) + "\r\n" + $0 + "\r\n" }.joined()
        return raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\nX-Trailer: 1\r\n\r\n")
    }

    /// Exactly this text, and the connection stays open.
    package static func raw(_ text: String) -> Exchange {
        Exchange(.whole, [.bytes([UInt8](text.utf8))])
    }

    /// Exactly this text, then the end of the connection.
    package static func rawAndClose(_ text: String) -> Exchange {
        Exchange(.whole, [.bytes([UInt8](text.utf8)), .close])
    }

    /// Reads the request and never answers.
    package static let hang = Exchange(.whole, [.hang])
    /// Reads the whole request and closes without a word.
    package static let cut = Exchange(.whole, [.close])
    /// Reads the headers, leaves the body, and closes.
    package static let cutAfterHead = Exchange(.head, [.close])
    /// Closes as soon as something comes, without reading it.
    package static let cutUnread = Exchange(.arrival, [.close])
    /// Closes before anything comes.
    package static let cutAtOnce = Exchange(.nothing, [.close])

    /// The bytes of an answer with a length.
    package static func response(_ status: Int, _ headers: [String], _ body: String) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status) Status"] + headers + ["Content-Length: \(body.utf8.count)", "", ""]
        return [UInt8]((lines.joined(separator: "\r\n") + body).utf8)
    }
}
