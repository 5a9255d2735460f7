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
        // A path that ends above the member may take it along, as one does that ends in no name.
        let above = Set(pointer.tokens.dropLast())
        return paths.contains { path in
            let words = path.query.text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(
                String.init)
            guard let last = words.last, path.query.isSingular else { return true }
            return words.contains(name) || above.contains(last)
        }
    }
}
