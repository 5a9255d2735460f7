import JSON

/// Writes JSON as a person would: what is short stands on one line, the rest is indented.
enum ReadableJSON {
    /// The longest line that is filled; one value may be longer.
    private static let width = 110

    /// The text of a file.
    static func file(_ value: JSONValue) -> String {
        text(value, indent: 0, used: 0) + "\n"
    }

    /// `used` is how much of the line is taken already.
    private static func text(_ value: JSONValue, indent: Int, used: Int) -> String {
        let short = short(value)
        // The outermost object is never one line: it is what people add to.
        if indent > 0 || value.kind != .object, indent + used + short.count <= width { return short }
        let space = String(repeating: " ", count: indent + 2)
        let end = "\n" + String(repeating: " ", count: indent)
        if let members = value.members, !members.isEmpty {
            let lines = members.map { member in
                let name = JSONValue.string(member.name).text() + ": "
                return space + name + text(member.value, indent: indent + 2, used: name.count)
            }
            return "{\n" + lines.joined(separator: ",\n") + end + "}"
        }
        if let elements = value.elements, !elements.isEmpty {
            return "[\n" + elements.map { space + text($0, indent: indent + 2, used: 0) }.joined(separator: ",\n") + end
                + "]"
        }
        return short
    }

    private static func short(_ value: JSONValue) -> String {
        if let members = value.members, !members.isEmpty {
            let parts = members.map { "\(JSONValue.string($0.name).text()): \(short($0.value))" }
            return "{ " + parts.joined(separator: ", ") + " }"
        }
        if let elements = value.elements, !elements.isEmpty {
            return "[" + elements.map(short).joined(separator: ", ") + "]"
        }
        return value.text()
    }
}
