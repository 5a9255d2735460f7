import JSON

/// Reads members of one object of the data file, each with the place where it is wrong.
///
/// Members that nobody asked for are told as warnings: a misspelled `email` would otherwise show only as a profile that
/// is never found.
struct DataReader {
    let path: String
    let node: JSONNode
    /// What the object is, in messages: `a campaign`.
    let what: String

    init(_ node: JSONNode, _ what: String, path: String) throws(DataFileError) {
        (self.path, self.node, self.what) = (path, node, what)
        guard node.kind == .object else {
            throw error("\(what) must be an object, not \(node.kind.noun)", at: node)
        }
    }

    func error(_ message: String, at node: JSONNode) -> DataFileError {
        DataFileError(path: path, position: node.position, message: message)
    }

    /// The member's value; null counts as absent.
    func optional(_ name: String) -> JSONNode? {
        node[name].flatMap { $0.isNull ? nil : $0 }
    }

    func required(_ name: String) throws(DataFileError) -> JSONNode {
        guard let value = optional(name) else { throw error("\(what) has no \"\(name)\"", at: node) }
        return value
    }

    func text(_ name: String) throws(DataFileError) -> String? {
        guard let value = optional(name) else { return nil }
        guard let text = value.string else { throw wrong(name, "a text", value) }
        return text
    }

    /// A text, or a number taken as its digits.
    func identifier(_ name: String) throws(DataFileError) -> String {
        let value = try required(name)
        guard let text = value.string ?? value.number?.text else { throw wrong(name, "a text", value) }
        guard !text.isEmpty else { throw error("\"\(name)\" of \(what) is empty", at: value) }
        return text
    }

    func integer(_ name: String) throws(DataFileError) -> Int? {
        guard let value = optional(name) else { return nil }
        guard let number = value.number?.int64 ?? value.string.flatMap({ Int64($0) }) else {
            throw wrong(name, "a whole number", value)
        }
        return Int(number)
    }

    func number(_ name: String) throws(DataFileError) -> Int {
        guard let number = try integer(name) else { throw error("\(what) has no \"\(name)\"", at: node) }
        return number
    }

    func bool(_ name: String) throws(DataFileError) -> Bool? {
        guard let value = optional(name) else { return nil }
        guard let bool = value.bool else { throw wrong(name, "true or false", value) }
        return bool
    }

    func list(_ name: String) throws(DataFileError) -> [JSONNode]? {
        guard let value = optional(name) else { return nil }
        guard value.kind == .array else { throw wrong(name, "a list", value) }
        return Array(value.elements)
    }

    /// The members of an object by name, copied out of the file.
    func fields(_ name: String) throws(DataFileError) -> [String: JSONValue] {
        guard let value = optional(name) else { return [:] }
        guard value.kind == .object else { throw wrong(name, "an object", value) }
        return Dictionary(value.members.map { ($0.name, .node($0.value)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Members that are none of these.
    func unknown(besides known: Set<String>) -> [JSONMember] {
        node.members.filter { !known.contains($0.name) }
    }

    private func wrong(_ name: String, _ wanted: String, _ value: JSONNode) -> DataFileError {
        error("\"\(name)\" of \(what) must be \(wanted), not \(value.kind.noun)", at: value)
    }
}
