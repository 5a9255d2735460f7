import Foundation
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("The page", .timeLimit(.minutes(1)))
struct PageTests {
    @Test("It shows the last launches, newest first, with the message that would have been sent")
    func shows() async throws {
        let playground = try Playground()
        _ = try await playground.call(
            "campaigns/triggers/start",
            #"{"id": 84, "email": "john@example.com", "content": {"order_id": "A-1"}, "custom_data": {"event_id": "e"}}"#
        )
        _ = try await playground.call("workflows/start", #"{"id": 12, "email": "zaycev@example.com"}"#)
        let page = try await playground.send(.get, "/")
        #expect(page.status == 200)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        for text in [
            "<h3>Order A-1</h3>", "Dear John,", "<h2>Order paid</h2>", "campaign 84 for <b>email john@example.com</b>",
            "<dt>apicontent.order_id</dt><dd>A-1</dd>", "<dd>email john@example.com</dd>", "Come back",
            "2 launches, 2 requests", "0 refused", "0 faults",
        ] {
            #expect(page.text.contains(text), "\(text)")
        }
        let newest = try #require(page.text.range(of: "<h2>Cart</h2>"))
        let oldest = try #require(page.text.range(of: "<h2>Order paid</h2>"))
        #expect(newest.lowerBound < oldest.lowerBound)
    }

    @Test("It fetches nothing, runs nothing and comes again by itself")
    func policy() async throws {
        let page = try await Playground().send(.get, "/")
        let policy = try #require(HTTPField.Name("Content-Security-Policy"))
        #expect(page.headers[policy]?.hasPrefix("default-src 'none'") == true)
        #expect(!page.text.contains("<script"))
        #expect(!page.text.contains("http://") && !page.text.contains("https://"))
        #expect(page.text.contains("http-equiv=\"refresh\""))
        #expect(page.text.contains("Nothing has been launched yet."))
        let held = try await Playground().send(.get, "/?hold")
        #expect(!held.text.contains("http-equiv=\"refresh\""))
        #expect(held.text.contains("<a href=\"/\">follow</a>"))
    }

    @Test("Why nothing was sent is said")
    func unsent() async throws {
        let playground = try Playground { $0.unmatched = .success }
        _ = try await playground.call("workflows/start", #"{"id": 12, "email": "nobody@x"}"#)
        let page = try await playground.send(.get, "/")
        #expect(page.text.contains("accepted, and nothing sent: no profile matches"))
        #expect(!page.text.contains("Come back"))
    }

    @Test("Nothing foreign becomes markup, wherever it stands")
    func injection() async throws {
        let evil = "<img src=x onerror=alert(1)>'&amp;</pre></article><script>"
        let account = """
            {"campaigns": [{"id": 1, "name": "\(evil)", "message": {"subject": "\(evil)", "text": "{apicontent.a} {f}"}}],
             "profiles": [{"id": "p", "email": "\(evil)", "fields": {"f": "\(evil)"}}]}
            """
        let playground = try Playground(account)
        let answer = try await playground.call(
            "campaigns/triggers/start",
            """
            {"id": 1, "email": "\(evil)", "\(evil)": 1, "content": {"a": "\(evil)", "\(evil)": 2},
             "custom_data": {"\(evil)": "\(evil)"}, "attach": [{"name": "\(evil)", "data": "data:\(evil)/x;base64,QQ=="}]}
            """)
        #expect(answer.error == 0, "\(answer.text)")
        let page = try await playground.send(.get, "/")
        #expect(page.text.contains("&lt;img"))
        #expect(!page.text.contains("<img"))
        #expect(!page.text.contains("<script"))
        #expect(page.text.matches(of: /<\/article>/).count == 1)
    }

    @Test(
        "Texts are escaped, cleaned and cut",
        arguments: [
            ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"), ("line\nline\ttab", "line\nline\ttab"),
            ("nul\0", "nul\u{FFFD}"),
            ("\u{1B}[0m", "\u{FFFD}[0m"), ("\u{202E}abc", "\u{FFFD}abc"), ("日本 é 👋", "日本 é 👋"),
        ])
    func escapes(text: String, escaped: String) {
        #expect(LaunchCard.escaped(text) == escaped)
    }

    @Test("Long texts and many launches are bounded")
    func bounded() async throws {
        #expect(LaunchCard.escaped(String(repeating: "<", count: 9_000)).hasSuffix("&lt;…"))
        let playground = try Playground()
        let data = Array(repeating: #"{"email": "john@example.com"}"#, count: 500).joined(separator: ",")
        _ = try await playground.call("campaigns/triggers/start_batch", #"{"trigger_id": 1, "data": [\#(data)]}"#)
        let page = try await playground.send(.get, "/")
        #expect(page.text.matches(of: /<article/).count == LaunchPage.most)
        #expect(page.text.contains("500 launches, 1 request,"))
        #expect(page.text.contains("The last 200 of 500 launches"))
    }
}
