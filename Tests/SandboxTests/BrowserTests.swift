import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Sandbox

/// The page in a real browser: what a reader sees, and what foreign text cannot do.
@Suite(
    "The page in a browser", .serialized, .timeLimit(.minutes(2)),
    .enabled(if: Browser.isPresent, "\(Browser.program) is absent: apt-get install chromium-headless-shell"))
struct BrowserTests {
    /// Text that would act if any of it became markup.
    private static let evil =
        "</pre></article></style></title><script>document.title='owned'</script><img src=x onerror=document.title='owned'>"
        + "<svg onload=document.title='owned'>\"'><a href=javascript:alert(1)>x"

    private func playground() async throws -> Playground {
        let evil = Self.evil.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let account = """
            {"campaigns": [{"id": 1, "name": "\(evil)", "message": {"subject": "\(evil)", "text": "{apicontent.a} {f}"}},
                           {"id": 84, "name": "Order paid",
                            "message": {"subject": "Order {apicontent.order_id}", "text": "Thank you, {_fname}!"}}],
             "scenarios": [{"id": 3, "name": "Welcome"}],
             "profiles": [{"id": "p", "email": "\(evil)", "fields": {"f": "\(evil)"}},
                          {"id": "q", "email": "john@example.com", "fields": {"_fname": "John"}}]}
            """
        let playground = try Playground(account)
        let answers = [
            try await playground.call(
                "campaigns/triggers/start",
                """
                {"id": 1, "email": "\(evil)", "\(evil)": 1, "content": {"a": "\(evil)", "\(evil)": 2},
                 "custom_data": {"\(evil)": "\(evil)"},
                 "attach": [{"name": "\(evil)", "data": "data:text/csv;base64,QQ=="}]}
                """),
            try await playground.call(
                "campaigns/triggers/start",
                #"{"id": 84, "email": "john@example.com", "content": {"order_id": "A-1", "total": "3000"}}"#),
            try await playground.call(
                "workflows/start",
                #"{"id": 3, "email": "john@example.com", "content": {"long": "\#(String(repeating: "x", count: 900))"}}"#
            ),
        ]
        #expect(answers.map(\.error) == [0, 0, 0])
        return playground
    }

    @Test("A reader sees each launch with its message, over HTTP, and nothing foreign has become markup or has run")
    func shows() async throws {
        let playground = try await playground()
        let dom = try await playground.serving { port in try await Browser.dom("http://127.0.0.1:\(port)/") }
        #expect(dom.contains("<title>Altcraft sandbox</title>"))
        for text in ["<h2>Order paid</h2>", "<h3>Order A-1</h3>", "Thank you, John!", "<h2>Welcome</h2>"] {
            #expect(dom.contains(text), "\(text)")
        }
        check(dom)
    }

    @Test("Escaping alone holds, without the policy of the header, at the width of a phone, and nothing sticks out")
    func holdsAlone() async throws {
        let page = try await playground().send(.get, "/?hold").text
        #expect(page.contains("width=device-width"))
        // A script of the test's own measures; from a file no header forbids it.
        let probe = """
            <script>document.body.dataset.fits = innerWidth >= document.documentElement.scrollWidth;
            document.body.dataset.width = innerWidth</script></body>
            """
        let folder = try TemporaryFolder()
        let file = try folder.write("page.html", page.replacing("</body>", with: probe))
        let dom = try await Browser.dom("file://" + file, width: 360)
        withExtendedLifetime(folder) {}
        #expect(dom.contains("data-width=\"360\""))
        #expect(dom.contains("data-fits=\"true\""))
        check(dom.replacing(/<script>document\.body\.dataset[^<]*<\/script>/, with: ""))
    }

    /// What the browser made of the page holds three launches and nothing that foreign text brought in.
    private func check(_ dom: String) {
        #expect(dom.matches(of: /<article/).count == 3)
        #expect(!dom.contains("<title>owned"))
        for tag in ["<script", "<img", "<svg", "href=\"javascript:", "onerror=\""] {
            #expect(!dom.contains(tag), "\(tag)")
        }
        #expect(dom.contains("&lt;script&gt;"))
    }
}

/// Chromium without a window.
enum Browser {
    /// Where Debian's package puts it.
    static let program = "/usr/bin/chromium-headless-shell"

    /// Whether it is installed.
    static var isPresent: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// What the browser made of a page, after a second of its own time.
    static func dom(_ address: String, width: Int = 1_000) async throws -> String {
        let profile = try TemporaryFolder()
        defer { withExtendedLifetime(profile) {} }
        let run = try RunningProgram(
            URL(filePath: program),
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--user-data-dir=\(profile.path)", "--window-size=\(width),800", "--virtual-time-budget=1000",
                "--timeout=20000", "--dump-dom", address,
            ])
        // Read while it is written, so that a full pipe cannot hold the browser up.
        async let errors = run.error.reduce(into: "") { $0 += $1 + "\n" }
        let dom = await run.output.reduce(into: "") { $0 += $1 + "\n" }
        let (status, said) = (await run.status, await errors)
        #expect(status == 0, "\(said)")
        return dom
    }
}
