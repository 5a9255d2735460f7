import Foundation
import JSON
import TestSupport
import Testing

@testable import demo_shop

/// What the demo makes of the bridge's log: lines read as they come, and each told in words.
@Suite("The demo's words", .timeLimit(.minutes(1)))
struct NarrationTests {
    private func told(_ line: String) throws -> String {
        Narration(try JSONDocument.parse(line).root).text
    }

    @Test(
        "each line",
        arguments: [
            (
                #"{"end":"launched","mapping":"order-shipped","launch":"campaign 4110","recipient":"a***@example.com","latency_ms":12}"#,
                "    → order-shipped: campaign 4110 for a***@example.com, accepted in 12 ms"
            ),
            (
                #"{"outcome":"accepted","mapping":"m","launch":"scenario 3","recipient":"r","api_ms":7}"#,
                "    → m: scenario 3 for r, accepted in 7 ms"
            ),
            (
                #"{"outcome":"accepted","mapping":"m","launch":"l","recipient":"r","api_ms":7,"content":"{\"id\":1,\"content\":{\"n\":10.10,\"é\":[]}}"}"#,
                "    → m: l for r, accepted in 7 ms\n      content {\"n\":10.10,\"é\":[]}"
            ),
            (
                #"{"outcome":"accepted","mapping":"m","launch":"l","recipient":"r","content":"{\"id\":1}"}"#,
                "    → m: l for r, accepted in ? ms"
            ),
            (
                #"{"outcome":"accepted","mapping":"m","launch":"l","recipient":"r","content":"<xml/>"}"#,
                "    → m: l for r, accepted in ? ms"
            ),
            (#"{"end":"launched","launches":2}"#, "    = all 2 launches were accepted"),
            (#"{"end":"skipped","reason":"duplicate"}"#, "    – skipped: duplicate"),
            (
                #"{"end":"parked","outcome":"undecodable","reason":"not_json","detail":"1:2: x"}"#,
                "    ✗ parked as undecodable, not_json: 1:2: x"
            ),
            (#"{"end":"parked","outcome":"refused"}"#, "    ✗ parked as refused, ?: ?"),
            (#"{"message":"waiting","reason":"connect"}"#, "    … waiting connect"),
            (#"{"outcome":"busy","message":"later","reason":"http_503"}"#, "    … later http_503"), ("{}", "    … ? ?"),
        ])
    func lines(line: String, words: String) throws {
        #expect(try told(line) == words)
    }

    /// A log that grows.
    private final class Log {
        let path: String
        var log: BridgeLog
        private let folder: TemporaryFolder

        init(_ before: String) throws {
            folder = try TemporaryFolder()
            path = try folder.write("log", before)
            log = BridgeLog(path: path)
        }

        func append(_ text: String) throws {
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(text.utf8))
            try file.close()
        }

        func next() throws -> [String] { try log.linesUntilEnd().map { $0["n"]?.text() ?? "?" } }
    }

    @Test("lines about events are read to the next end; what was there before, and other lines, are not told")
    func reading() throws {
        let log = try Log(#"{"event_id":"old","n":0,"end":"launched"}"# + "\n")
        try log.append(
            """
            {"message":"consuming","n":1}
            not JSON at all
            {"event_id":"a","n":2}

            {"event_id":"a","n":3,"end":"launched"}

            """)
        #expect(try log.next() == ["2", "3"])
    }

    @Test("two ends that are read at once are two events, and a line that is not whole waits for its rest")
    func twoAtOnce() throws {
        let log = try Log("")
        try log.append(
            """
            {"event_id":"a","n":1,"end":"skipped"}
            {"event_id":"b","n":2}
            {"event_id":"b","n":3,"end":"parked"}
            {"event_id":"c","n":4,"en
            """)
        #expect(try log.next() == ["1"])
        #expect(try log.next() == ["2", "3"])
        try log.append("d\":\"launched\",\"é\":1}\n{\"event_id\":\"d\",\"n\":5,\"end\":\"launched\"}\n")
        #expect(try log.next() == ["4"])
        #expect(try log.next() == ["5"])
    }

    @Test("a log that is not there is an error, not silence")
    func noLog() {
        var log = BridgeLog(path: "/nonexistent/bridge.log")
        var error: (any Error)?
        do { _ = try log.linesUntilEnd() } catch let thrown { error = thrown }
        #expect(error != nil)
    }
}
