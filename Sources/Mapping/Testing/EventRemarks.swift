import EventPattern
import JSON
import JSONPath

/// What test events tell about a mapping: paths that none of them has, and conditions on objects or on numbers in texts.
struct EventRemarks {
    let mapping: Mapping
    let events: [EventFile]

    /// The warnings W221, W222, W137 and W138.
    var diagnostics: [Diagnostic] {
        guard !events.isEmpty else { return [] }
        return absentPaths + MemberRemarks(mapping: mapping, events: events).diagnostics
            + remarks(mapping.condition.body, events.map(\.body.root))
            + remarks(mapping.condition.headers, events.compactMap(\.headers))
            + remarks(mapping.condition.properties, events.compactMap(\.properties))
    }

    private func remarks(_ pattern: EventPattern?, _ samples: [JSONNode]) -> [Diagnostic] {
        pattern?.remarks(on: samples).map { Diagnostic($0, file: mapping.file) } ?? []
    }

    /// Paths from the root; what `@` is depends on the loop, and its elements are looked at by the paths that find them.
    private var absentPaths: [Diagnostic] {
        mapping.paths.filter { !isPresent($0.query) }.map { path in
            Diagnostic(
                file: mapping.file, position: path.mark.position, code: .pathNeverPresent, pointer: path.mark.pointer,
                message: "no test event has anything at \(path.query.text)",
                hint: hint(path))
        }
    }

    private func hint(_ path: Mapping.PathMark) -> String {
        if let foreign = PathText.foreignLetter(path.query.text) { return foreign }
        let isInLoop = path.mark.pointer.tokens.contains("item") || mapping.templates.forEach != nil
        let rest = path.query.text.dropFirst()
        guard isInLoop, rest.first == "." else { return "check the spelling, or add an event that has it" }
        return "an element's own value is \"@\(rest)\"; else check the spelling, or add an event that has it"
    }

    private func isPresent(_ query: JSONPathQuery) -> Bool {
        events.contains { event in
            var budget = VisitBudget()
            let root = event.body.root
            let found = try? query.first(root: root, current: root, budget: &budget)
            return found.flatMap(\.self) != nil
        }
    }
}
