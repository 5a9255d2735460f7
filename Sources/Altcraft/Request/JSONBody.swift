import JSON

/// Puts the pieces of a body together: one copy of each, no parsing.
enum JSONBody {
    private static let token = Array(#""token":"#.utf8)
    private static let data = Array(#""data":["#.utf8)
    private static let comma = UInt8(ascii: ",")
    private static let openBrace = UInt8(ascii: "{")
    private static let closeBrace = UInt8(ascii: "}")
    private static let closeBracket = UInt8(ascii: "]")

    /// The body: the token as first member, the members of `root` (an object), and `data` with the elements, which are
    /// objects separated by commas already.
    static func bytes(root: [UInt8], elements: [UInt8]?, token secret: APIToken?) -> [UInt8] {
        let members = root.dropFirst().dropLast()
        var body: [UInt8] = []
        body.reserveCapacity(members.count + (elements?.count ?? 0) + (secret?.secret.utf8.count ?? 0) + 32)
        body.append(openBrace)
        if let secret {
            body += token
            body += JSONText.quoted(secret.secret)
            if !members.isEmpty { body.append(comma) }
        }
        body += members
        if let elements {
            if body.count > 1 { body.append(comma) }
            body += data
            body += elements
            body.append(closeBracket)
        }
        body.append(closeBrace)
        return body
    }
}

/// JSON texts outside a writer.
private enum JSONText {
    static func quoted(_ text: String) -> [UInt8] {
        var writer = JSONWriter(reserving: text.utf8.count + 2)
        writer.string(text)
        return writer.bytes
    }
}
