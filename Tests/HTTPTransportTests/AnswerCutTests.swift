import HTTPSupport
import HTTPTransport
import Testing

/// Answers cut at every byte, and the time that an answer says it was made at.
@Suite("Answers, byte by byte", .timeLimit(.minutes(1)))
struct AnswerCutTests {
    private static let body = #"{"error":0}"#

    /// The same answer in the two ways that have an end of their own.
    static let whole = [
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n" + body,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"er\r\n7;x=y\r\nror\":0}\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + body,
    ]

    @Test("A launch whose answer is cut anywhere has no sure outcome; the whole one is an answer", arguments: whole)
    func cutAnywhere(text: String) throws {
        let bytes = Array(text.utf8)
        // One connection each: it is closed where the answer is cut.
        let server = try ScriptedServer { connection, _ in
            let count = min(connection, bytes.count)
            return .rawAndClose(String(decoding: bytes.prefix(count), as: UTF8.self))
        }
        defer { server.stop() }
        let driver = try TransportDriver()
        for count in 0..<bytes.count {
            let result = try driver.perform(.launch(server.url()))
            // After the last chunk nothing of the body is missing, be its last line break there or not.
            let isBodyWhole = result.response?.text == Self.body && count >= bytes.count - 4
            #expect(result.maybeWritten != nil || isBodyWhole, "\(count) bytes: \(result)")
            #expect(server.log.requests.count == count + 1, "each request is written once")
        }
        #expect(try driver.perform(.launch(server.url())).response?.text == Self.body)
    }

    @Test(
        "The Date of the last answer is kept as it came, where it is asked for",
        arguments: [
            (["Date: Sun, 06 Nov 1994 08:49:37 GMT"], "Sun, 06 Nov 1994 08:49:37 GMT"), (["DATE:now"], "now"),
            (["date:  \t spaced"], "spaced"), (["X-Date: no", "Dated: no"], nil), (["Date:"], ""), ([], nil),
            (["Date: first", "Date: second"], "second"),
        ] as [([String], String?)])
    func date(headers: [String], date: String?) throws {
        let server = try ScriptedServer(always: .answer(200, Self.body, headers: headers))
        defer { server.stop() }
        var asking = HTTPTransportSettings()
        asking.keepsDate = true
        let answer = try TransportDriver { $0 = asking }.perform(.probe(server.url())).response
        #expect(answer?.date == date)
        #expect(try TransportDriver().perform(.probe(server.url())).response?.date == nil)
    }

    @Test("The Date of an informational answer gives way to that of the answer")
    func informationalDate() throws {
        let text =
            "HTTP/1.1 103 Early Hints\r\nDate: early\r\n\r\nHTTP/1.1 200 OK\r\nDate: late\r\nContent-Length: 0\r\n\r\n"
        let server = try ScriptedServer(always: .raw(text))
        defer { server.stop() }
        let answer = try TransportDriver { $0.keepsDate = true }.perform(.probe(server.url())).response
        #expect(answer?.date == "late")
    }

    @Test("A date of one answer is not that of the next one on the same connection")
    func nextDate() throws {
        let server = try ScriptedServer { _, request in
            .answer(200, Self.body, headers: request == 0 ? ["Date: first"] : [])
        }
        defer { server.stop() }
        let driver = try TransportDriver { $0.keepsDate = true }
        #expect(try driver.perform(.probe(server.url())).response?.date == "first")
        #expect(try driver.perform(.probe(server.url())).response?.date == nil)
    }
}
