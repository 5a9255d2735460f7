import JSON

/// The log of one run of the bridge, read as it grows.
struct BridgeLog {
    /// Every line, oldest first.
    private(set) var lines: [JSONNode] = []
    /// Lines that are no JSON object: there must be none.
    private(set) var foreign: [String] = []
    /// How each event ended, by its identity, as often as it did.
    private(set) var ends: [String: [String]] = [:]
    /// Why events were skipped or parked.
    private(set) var reasons: [String: String] = [:]
    /// Events that had a request whose outcome is not known, or that were launched again without a record.
    private(set) var unsure: Set<String> = []
    let path: String
    private var file: GrowingFile

    init(_ path: String) {
        self.path = path
        file = GrowingFile(path)
    }

    /// Reads what has been written since the last call.
    mutating func read() throws {
        for bytes in try file.newLines() {
            guard let line = try? JSONDocument.parse(bytes).root, line.kind == .object else {
                foreign.append(String(decoding: bytes, as: UTF8.self))
                continue
            }
            take(line)
        }
    }

    private mutating func take(_ line: JSONNode) {
        lines.append(line)
        guard let event = line["event_id"]?.string else { return }
        let (outcome, reason) = (line["outcome"]?.string, line["reason"]?.string)
        if let end = line["end"]?.string {
            ends[event, default: []].append(end)
            reasons[event] = reason
        }
        if outcome == "unknown" || reason == "maybe_repeated" { unsure.insert(event) }
    }

    /// The lines with this message.
    func lines(_ message: String) -> [JSONNode] {
        lines.filter { $0["message"]?.string == message }
    }

    /// The lines that are about no event, as they were written: what a failure is understood by.
    var tellingLines: [String] {
        lines.filter { $0["event_id"] == nil }.map { $0.text() }
    }

    /// Launches that were passed by later ones of their lane.
    var reordered: Int { lines("launched while an earlier one of its lane waits on the ladder").count }

    /// Whether there is a line with this message.
    func says(_ message: String) -> Bool {
        lines.contains { $0["message"]?.string == message }
    }
}
