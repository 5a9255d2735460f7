import JSON

/// The JSON text of a node; nothing for none.
func JSONText(_ node: JSONNode?) -> String { node?.text() ?? "" }

/// A number's value as an integer.
func integer(_ node: JSONNode?) -> Int? { node?.number?.int64.map { Int($0) } }
