import Foundation
import JSON

/// One launch on the page: when, what, for whom, and the message that would have been sent.
enum LaunchCard {
    private static let longestText = 2_000
    /// Most members of a content that stand in lines of their own.
    private static let mostMembers = 30
    /// Most bytes of a content that is taken apart; the page is made anew every few seconds.
    private static let longestContent = 16_384

    /// The launch as HTML.
    static func html(_ launch: LaunchRecord) -> String {
        let time = launch.timeText
        return """
            <article\(launch.unsent == nil ? "" : " class=\"unsent\"")>
            <header><span class="number">#\(launch.number)</span>
            <h2>\(escaped(launch.name.isEmpty ? "\(launch.kind.rawValue) \(launch.target)" : launch.name))</h2>
            <time datetime="\(escaped(time))">\(escaped(String(time.dropFirst(11).prefix(12)))) UTC</time></header>
            <p class="who">\(launch.kind.rawValue) \(launch.target) for <b>\(escaped(recipient(launch)))</b></p>
            \(message(launch))\(table(launch))
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

    /// The message as it would have been sent; without one in the data file, the table shows what it would be made of.
    private static func message(_ launch: LaunchRecord) -> String {
        if let unsent = launch.unsent { return "<p class=\"why\">accepted, and nothing sent: \(escaped(unsent))</p>" }
        guard let message = launch.message else { return "" }
        let subject = message.subject.map { "<h3>\(escaped($0))</h3>" } ?? ""
        return "<div class=\"message\">\(subject)<pre>\(escaped(message.text))</pre></div>"
    }

    private static func table(_ launch: LaunchRecord) -> String {
        var lines = content(launch)
        if let fields = launch.fields { lines.append(("fields", fields)) }
        if let data = launch.customData { lines.append(("custom_data", data)) }
        for file in launch.attachments {
            lines.append(("attached", "\(file.name) (\(file.mime), \(file.bytes) bytes)"))
        }
        if launch.unsent == nil, let subscription = launch.subscription {
            lines.append(("sent to", destination(subscription)))
        }
        if !launch.ignored.isEmpty { lines.append(("ignored", launch.ignored.joined(separator: ", "))) }
        if lines.isEmpty { return "" }
        return "<dl>" + lines.map { "<dt>\(escaped($0.name))</dt><dd>\(escaped($0.value))</dd>" }.joined() + "</dl>"
    }

    /// The content, a member a line as templates name them.
    private static func content(_ launch: LaunchRecord) -> [(name: String, value: String)] {
        guard let content = launch.content else { return [] }
        guard content.utf8.count <= longestContent, let root = try? JSONDocument.parse(content).root,
            case let members = Array(root.members), members.count <= mostMembers
        else { return [("content", content)] }
        return members.map { ("apicontent.\($0.name)", $0.value.string ?? $0.value.text()) }
    }

    /// The subscription as a reader wants it: channel and address.
    private static func destination(_ subscription: String) -> String {
        guard let root = try? JSONDocument.parse(subscription).root else { return subscription }
        let names = ["channel", "email", "phone", "provider", "subscription_id"]
        let resource = root["resource_id"].map { "(resource \($0.text()))" }
        return (names.map { root[$0]?.string } + [resource]).compactMap(\.self).joined(separator: " ")
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
}
