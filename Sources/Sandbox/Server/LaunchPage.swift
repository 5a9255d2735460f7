import Foundation
import JSON

/// The page at `/`: the last launches, each with the message that it would have sent.
///
/// Everything foreign is escaped, nothing is fetched from anywhere, and no script runs: the policy in the header says so
/// to the browser as well.
enum LaunchPage {
    /// Most launches on the page.
    static let most = 200
    private static let longestText = 2_000

    /// The page.
    static func reply(_ log: LaunchLog, requests: (all: Int, refused: Int), faults: Int) -> Reply {
        var reply = Reply.html(text(log, requests: requests, faults: faults))
        reply.headers = [
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        ]
        return reply
    }

    private static func text(_ log: LaunchLog, requests: (all: Int, refused: Int), faults: Int) -> String {
        let rows = log.launches.suffix(most).reversed().map(row).joined()
        let shown = min(log.launches.count, most)
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
            <meta name="viewport" content="width=device-width"><title>Altcraft sandbox</title><style>\(style)</style></head>
            <body><h1>Altcraft sandbox</h1>
            <p>\(log.total) launches, \(requests.all) requests, \(requests.refused) refused, \(faults) faults in force. \
            The last \(shown) launches, newest first. <a href="/sandbox/launches">launches</a> \
            <a href="/sandbox/summary">summary</a> <a href="/sandbox/faults">faults</a></p>
            \(rows.isEmpty ? "<p>Nothing has been launched yet.</p>" : rows)
            </body></html>

            """
    }

    private static func row(_ launch: LaunchRecord) -> String {
        let title = "\(launch.kind.rawValue) \(launch.target) \(launch.name)"
        return """
            <article\(launch.unsent == nil ? "" : " class=\"unsent\"")>
            <header><b>#\(launch.number)</b> <time>\(escaped(launch.timeText))</time> <b>\(escaped(title))</b> \
            <span>\(escaped(recipient(launch)))</span></header>
            \(message(launch))\(details(launch))
            </article>

            """
    }

    private static func recipient(_ launch: LaunchRecord) -> String {
        guard let document = try? JSONDocument.parse(launch.recipient) else { return launch.recipient }
        let value = document.root["value"]
        let matching = document.root["matching"]?.string ?? ""
        let field = document.root["field_name"]?.string.map { " \($0)" } ?? ""
        return "\(matching)\(field) \(value?.string ?? value?.text() ?? "")"
    }

    /// The message as it would have been sent; without one in the data file, what its template would be given.
    private static func message(_ launch: LaunchRecord) -> String {
        if let unsent = launch.unsent { return "<p class=\"why\">accepted, and nothing sent: \(escaped(unsent))</p>" }
        guard let message = launch.message else { return "" }
        let subject = message.subject.map { "<h2>\(escaped($0))</h2>" } ?? ""
        return "\(subject)<pre class=\"message\">\(escaped(message.text))</pre>"
    }

    private static func details(_ launch: LaunchRecord) -> String {
        var lines: [String] = []
        if let content = launch.content { lines.append("content \(content)") }
        if let fields = launch.fields { lines.append("fields \(fields)") }
        if let data = launch.customData { lines.append("custom_data \(data)") }
        for file in launch.attachments { lines.append("attached \(file.name) (\(file.mime), \(file.bytes) bytes)") }
        if let subscription = launch.subscription { lines.append("to \(subscription)") }
        if !launch.ignored.isEmpty { lines.append("ignored: \(launch.ignored.joined(separator: ", "))") }
        return lines.map { "<pre>\(escaped($0))</pre>" }.joined()
    }

    /// The text with everything that means something to HTML taken out of it, bounded in length.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(longestText) {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            // Directions could make a line read as another one.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": result += "\u{FFFD}"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\0"..<" ", "\u{7F}"..."\u{9F}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return text.unicodeScalars.count > longestText ? result + "…" : result
    }

    private static let style = """
        body{font:15px/1.45 system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;color:#1c2024;\
        background:#fff}h1{font-size:1.3rem}h2{font-size:1rem;margin:.5rem 0 0}article{border:1px solid #d5d9de;\
        border-radius:6px;padding:.6rem .8rem;margin:.6rem 0}article.unsent{opacity:.65}time{color:#5b6570}\
        span{color:#0a4d8c}pre{margin:.3rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;\
        color:#46505a}pre.message{color:inherit;background:#f4f6f8;padding:.5rem;border-radius:4px;font-size:14px}\
        .why{color:#8a4b00;margin:.3rem 0 0}@media(prefers-color-scheme:dark){body{color:#e4e7ea;background:#15181b}\
        article{border-color:#3a4149}pre{color:#b2bac2}pre.message{background:#20252a}span,a{color:#7db8f0}\
        time{color:#98a2ac}.why{color:#e0a458}}
        """
}
