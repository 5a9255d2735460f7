import EventPattern
import JSON
import JSONPath

extension Mapping {
    /// Whether the mapping may look at a member of an event file: false only where surely nothing reads it.
    func mayRead(_ pointer: JSONPointer) -> Bool {
        guard let name = pointer.tokens.last, pointer.tokens.first == "body" else { return true }
        let names =
            condition.paths.flatMap(\.names) + conditions.flatMap { $0.pattern.conditionPaths().flatMap(\.names) }
        if names.contains(name) { return true }
        let above = Set(pointer.tokens.dropLast())
        return paths.contains { $0.query.mayRead(name, below: above) }
    }
}

extension JSONPathQuery {
    /// Whether the path may lead to a member, or to something above it that takes the member along.
    ///
    /// It tells by the words of the path alone, and takes a path for one that does where they leave that open.
    fileprivate func mayRead(_ name: String, below above: Set<String>) -> Bool {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init)
        guard let last = words.last, !words.contains(name) else { return true }
        guard text.contains("?") else { return above.contains(last) }
        // The last words are those of the filter, and what is selected stands before it.
        return text.contains("..") || text.dropFirst().hasPrefix("[?") || !above.isDisjoint(with: words)
    }
}
