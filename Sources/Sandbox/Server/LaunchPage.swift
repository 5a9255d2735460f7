import Foundation
import JSON

/// The page at `/`: the last launches, each with the message that it would have sent.
///
/// Everything foreign is escaped, nothing is fetched from anywhere, and no script runs: the policy in the header says so
/// to the browser as well. It comes again by itself unless it is held, for reading or copying.
enum LaunchPage {
    /// What the page shows.
    struct State: Sendable {
        /// The last launches, oldest first.
        var launches: [LaunchRecord] = []
        /// How many launches there have been.
        var total = 0
        /// How many requests there were, and how many of them were refused.
        var requests = (all: 0, refused: 0)
        /// How many faults are scripted.
        var faults = 0
    }

    /// Most launches on the page.
    static let most = 200
    private static let refreshSeconds = 3

    /// The page.
    static func reply(_ state: State, isHeld: Bool) -> Reply {
        var reply = Reply.html(text(state, isHeld: isHeld))
        reply.headers = [
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        ]
        return reply
    }

    private static func text(_ state: State, isHeld: Bool) -> String {
        let refresh = isHeld ? "" : "<meta http-equiv=\"refresh\" content=\"\(refreshSeconds)\">"
        let hold = isHeld ? "<a href=\"/\">follow</a>" : "<a href=\"/?hold\">hold still</a>"
        let cards = state.launches.suffix(most).reversed().map(LaunchCard.html).joined()
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">\(refresh)
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>Altcraft sandbox</title>
            <style>\(LaunchStyle.text)</style></head>
            <body><header class="top"><h1>Altcraft sandbox</h1>
            <p class="counts">\(counts(state))</p>
            <nav>\(hold) <a href="/sandbox/launches">launches</a> <a href="/sandbox/summary">summary</a> \
            <a href="/sandbox/faults">faults</a></nav></header>
            <main>
            \(cards.isEmpty ? empty : cards)\(rest(state))
            </main></body></html>

            """
    }

    private static func counts(_ state: State) -> String {
        let refused = state.requests.refused
        return "\(count(state.total, "launch", "launches")), \(count(state.requests.all, "request", "requests")), "
            + "<span\(refused > 0 ? " class=\"warn\"" : "")>\(refused) refused</span>, "
            + "<span\(state.faults > 0 ? " class=\"warn\"" : "")>\(count(state.faults, "fault", "faults"))</span>"
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }

    private static func rest(_ state: State) -> String {
        let shown = min(state.launches.count, most)
        guard state.total > shown else { return "" }
        return "<p class=\"rest\">The last \(shown) of \(state.total) launches; older ones stand in "
            + "<a href=\"/sandbox/launches\">/sandbox/launches</a> as long as they are kept.</p>"
    }

    private static let empty = """
        <p class="empty">Nothing has been launched yet. Send a request to
        <code>/api/v1.1/campaigns/triggers/start</code> and it shows here.</p>
        """
}
