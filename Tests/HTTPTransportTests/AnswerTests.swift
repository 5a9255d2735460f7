import HTTPSupport
import HTTPTransport
import Testing

/// What the transport makes of answers, good and bad.
@Suite("Answers", .timeLimit(.minutes(1)))
struct AnswerTests {
    private func result(
        _ exchange: Exchange, timeout: Duration = .seconds(10),
        _ change: (inout HTTPTransportSettings) -> Void = { _ in }
    ) throws -> HTTPResult {
        let server = try ScriptedServer(always: exchange)
        defer { server.stop() }
        return try TransportDriver(change).perform(.launch(server.url(), timeout: timeout))
    }

    @Test("Status, content type and body come as sent")
    func plain() throws {
        let answer = try #require(try result(.answer(200, #"{"error":0}"#)).response)
        #expect(
            answer
                == HTTPResponse(
                    status: 200, contentType: "application/json", retryAfter: nil, body: [UInt8](#"{"error":0}"#.utf8)))
    }

    @Test("Any status is an answer", arguments: [201, 301, 302, 307, 400, 401, 403, 404, 407, 418, 429, 500, 503, 999])
    func anyStatus(status: Int) throws {
        let answer = try #require(try result(.answer(status, "x", headers: [])).response)
        #expect(answer.status == status)
        #expect(answer.contentType == nil)
    }

    @Test("A redirect is an answer and is not followed")
    func redirect() throws {
        let elsewhere = try ScriptedServer(always: .answer())
        defer { elsewhere.stop() }
        let answer = try result(.answer(307, "", headers: ["Location: \(elsewhere.url())"]))
        #expect(answer.response?.status == 307)
        #expect(elsewhere.log.accepted == 0)
    }

    @Test(
        "Retry-After in seconds and as a date; nonsense is none",
        arguments: [
            ("120", Duration.seconds(120)), ("0", nil), ("soon", nil), ("-5", nil), ("", nil),
            ("Sun, 06 Nov 1994 08:49:37 GMT", nil),
        ])
    func retryAfter(value: String, expected: Duration?) throws {
        let answer = try #require(try result(.answer(429, "", headers: ["Retry-After: \(value)"])).response)
        #expect(answer.retryAfter == expected)
    }

    @Test("A Retry-After date far ahead is a long time")
    func retryAfterDate() throws {
        let headers = ["Retry-After: Fri, 31 Dec 2199 23:59:59 GMT"]
        let answer = try #require(try result(.answer(503, "", headers: headers)).response)
        #expect(try #require(answer.retryAfter) > .seconds(86_400))
    }

    @Test("A chunked answer is put together")
    func chunked() throws {
        #expect(try result(.chunked(["{\"error\"", ":0}"])).response?.text == #"{"error":0}"#)
    }

    @Test("An answer that drips in is whole")
    func drip() throws {
        let bytes = Exchange.response(200, [], "slow")
        #expect(try result(Exchange(.whole, [.drip(bytes)])).response?.text == "slow")
    }

    @Test("An answer that drips past the deadline is unknown")
    func dripPastDeadline() throws {
        let bytes = Exchange.response(200, [], String(repeating: "x", count: 10_000))
        let result = try result(Exchange(.whole, [.drip(bytes)]), timeout: .milliseconds(100))
        #expect(result.maybeWritten == .timeout)
    }

    @Test("No answer at all is unknown once the deadline has passed")
    func hang() throws {
        #expect(try result(.hang, timeout: .milliseconds(50)).maybeWritten == .timeout)
    }

    @Test("An answer until the end of the connection is whole")
    func untilClose() throws {
        #expect(try result(.rawAndClose("HTTP/1.1 200 OK\r\n\r\nall of it")).response?.text == "all of it")
        #expect(try result(.rawAndClose("HTTP/1.0 200 OK\r\n\r\nold")).response?.text == "old")
    }

    @Test("Informational answers before the answer are passed over")
    func informational() throws {
        let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
        #expect(try result(.raw(text + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")).response?.text == "ok")
    }

    @Test(
        "An answer cut short is unknown",
        arguments: [
            "", "HTTP/1.1", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ])
    func cutShort(text: String) throws {
        #expect(try [.cut, .notHTTP].contains(result(.rawAndClose(text)).maybeWritten), "\(text)")
    }

    @Test(
        "What is not HTTP is unknown, never an answer",
        arguments: [
            "SSH-2.0-OpenSSH_9.2\r\n", "<html>hello</html>", "\u{0}\u{1}\u{2}\u{3}\r\n\r\n", "220 mail ready\r\n",
            "HTTP/7.3 200 OK\r\nContent-Length: 0\r\n\r\n", "\r\n\r\n\r\n", "{\"error\":0}\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        ])
    func garbage(text: String) throws {
        let result = try result(.rawAndClose(text))
        #expect(result.maybeWritten == .notHTTP || result.maybeWritten == .cut, "\(text): \(result)")
    }

    @Test("An answer at the limit is whole, one byte more is too big, announced or not")
    func limit() throws {
        let full = String(repeating: "x", count: 1000)
        for body in [full, full + "y"] {
            let open = Exchange.rawAndClose("HTTP/1.1 200 OK\r\n\r\n\(body)")
            for exchange in [Exchange.answer(200, body), .chunked([body]), open] {
                let result = try result(exchange) { $0.answerLimit = 1000 }
                if body == full {
                    #expect(result.response?.body.count == 1000)
                } else {
                    #expect(result.maybeWritten == .answerTooBig, "\(result)")
                }
            }
        }
    }

    @Test("An endless answer stops at the limit")
    func endless() throws {
        let head = [UInt8]("HTTP/1.1 200 OK\r\n\r\n".utf8)
        let flood = [UInt8](repeating: 120, count: 64 << 10)
        #expect(try result(Exchange(.whole, [.bytes(head), .flood(flood)])).maybeWritten == .answerTooBig)
    }

    @Test("Endless headers, and endless informational answers, stop at the limit")
    func endlessHeaders() throws {
        let head = [UInt8]("HTTP/1.1 200 OK\r\n".utf8)
        for line in ["X-More: more\r\n", "HTTP/1.1 100 Continue\r\n\r\n"] {
            let flood = [UInt8](String(repeating: line, count: 1000).utf8)
            let parts: [Exchange.Part] = line.hasPrefix("X") ? [.bytes(head), .flood(flood)] : [.flood(flood)]
            #expect(try result(Exchange(.whole, parts)).maybeWritten == .answerTooBig, "\(line)")
        }
    }

    @Test("A header that is not UTF-8 is shown, not trusted")
    func foreignHeader() throws {
        let head = [UInt8]("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Type: text/".utf8)
        let bytes = head + [0xFF, 0xC3] + [UInt8]("\r\n\r\n".utf8)
        let answer = try result(Exchange(.whole, [.bytes(bytes)])).response
        #expect(answer?.contentType == "text/\u{FFFD}\u{FFFD}")
    }
}
