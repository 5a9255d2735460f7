import JSON

/// A line of the bridge's log in words for the terminal.
struct Narration {
    private let line: JSONNode

    init(_ line: JSONNode) {
        self.line = line
    }

    /// One launch, or the event's end.
    var text: String {
        switch (line["end"]?.string, line["outcome"]?.string) {
        case ("launched"?, _) where line["launch"] == nil:
            "    = all \(line["launches"]?.number?.text ?? "") launches were accepted"
        case ("launched"?, _), (nil, "accepted"?): launched
        case ("parked"?, _): "    ✗ parked as \(word("outcome")), \(word("reason")): \(word("detail"))"
        case ("skipped"?, _): "    – skipped: \(word("reason"))"
        default: "    … \(word("message")) \(word("reason"))"
        }
    }

    private var launched: String {
        let milliseconds = line["latency_ms"]?.number?.text ?? line["api_ms"]?.number?.text ?? "?"
        let head =
            "    → \(word("mapping")): \(word("launch")) for \(word("recipient")), accepted in \(milliseconds) ms"
        guard let request = line["content"]?.string, let body = try? JSONDocument.parse(request).root,
            let content = body["content"]
        else { return head }
        return head + "\n      content \(content.text())"
    }

    private func word(_ key: String) -> String {
        line[key]?.string ?? "?"
    }
}
