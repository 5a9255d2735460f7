import Foundation
import JSON
import Poll

/// The bridge's log as it grows: JSON lines in a file.
struct BridgeLog {
    private let path: String
    private var offset: UInt64 = 0
    private var partial: [UInt8] = []
    /// Lines that were read together with an end before them.
    private var unread: [JSONNode] = []

    /// Begins at the file's present end.
    init(path: String) {
        self.path = path
        offset = (try? FileHandle(forReadingFrom: URL(filePath: path)).seekToEnd()) ?? 0
    }

    /// The lines about events from here to the next end of one, at most ten seconds later.
    mutating func linesUntilEnd() throws -> [JSONNode] {
        let deadline = MonotonicTime.now().advanced(by: .seconds(10))
        var pause = PollSet()
        while MonotonicTime.now() < deadline {
            unread += try newLines().filter { $0["event_id"] != nil }
            if let end = unread.firstIndex(where: { $0["end"] != nil }) {
                defer { unread.removeSubrange(...end) }
                return Array(unread[...end])
            }
            _ = pause.wait(milliseconds: 10)
        }
        defer { unread = [] }
        return unread
    }

    private mutating func newLines() throws -> [JSONNode] {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        try file.seek(toOffset: offset)
        let data = try file.readToEnd() ?? Data()
        offset += UInt64(data.count)
        partial += data
        var lines: [JSONNode] = []
        while let end = partial.firstIndex(of: 0x0A) {
            if let line = try? JSONDocument.parse(Array(partial[..<end])).root { lines.append(line) }
            partial.removeSubrange(...end)
        }
        return lines
    }
}
