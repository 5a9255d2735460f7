import JSON
import JSONPath

/// Writes paths and keys as an author would.
enum PathSpelling {
    /// A path with one more member: in the short form where the grammar allows it.
    static func member(_ name: String, of path: String) -> String {
        let short = ".\(name)"
        let query = try? JSONPathQuery.parse("$" + short)
        if query?.query.steps == [.name(JSONName(name))] { return path + short }
        return path + NormalizedPath([.name(name)]).description.dropFirst()
    }

    /// The path of all elements of a list.
    static func elements(of path: String) -> String { path + "[*]" }

    /// A key of the content; one that begins with a dollar is written with two.
    static func key(_ name: String) -> String {
        name.hasPrefix("$") ? "$\(name)" : name
    }
}
