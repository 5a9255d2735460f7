/// Look-ups by row: what walks many steps down uses these and makes one ``JSONNode`` at the end.
///
/// A node holds its document, so every node on the way would cost two reference counts.
extension JSONDocument {
    /// The row of the member's value, or nil when the row is no object or has no such member; the first where names
    /// repeat.
    package func row(of name: JSONName, in row: Int) -> Int? {
        let entry = entries[row]
        guard entry.kind == .object else { return nil }
        var place = row + 1
        while place < Int(entry.next) {
            let member = entries[place]
            if member.extra == name.hash, isText(member, name) { return place + 1 }
            place = Int(entries[place + 1].next)
        }
        return nil
    }

    /// The row of the element at this place, counted from 0, or nil when the row is no array or too short.
    package func row(ofElement position: Int, in row: Int) -> Int? {
        let entry = entries[row]
        guard entry.kind == .array, (0..<Int(entry.extra)).contains(position) else { return nil }
        var place = row + 1
        for _ in 0..<position { place = Int(entries[place].next) }
        return place
    }

    /// What the value in a row is, and how many elements or members it has.
    package func container(in row: Int) -> (kind: JSONKind, count: Int) {
        let entry = entries[row]
        return (entry.kind, entry.kind == .array || entry.kind == .object ? Int(entry.extra) : 0)
    }

    /// The value in a row.
    package func node(at row: Int) -> JSONNode { JSONNode(document: self, index: row) }

    /// Whether a string is this text; equal lengths and then equal bytes, unless escapes must be undone first.
    private func isText(_ entry: Entry, _ name: JSONName) -> Bool {
        guard !entry.escaped else { return JSONText.decode(raw(entry)).elementsEqual(name.utf8) }
        let start = Int(entry.start) + 1
        guard Int(entry.end) - 1 - start == name.utf8.count else { return false }
        for place in 0..<name.utf8.count where bytes[start + place] != name.utf8[place] { return false }
        return true
    }

    private func raw(_ entry: Entry) -> ArraySlice<UInt8> { bytes[(Int(entry.start) + 1)..<(Int(entry.end) - 1)] }
}
