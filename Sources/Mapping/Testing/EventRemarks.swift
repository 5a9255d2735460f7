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
            + mapping.conditions.flatMap { remarks($0.pattern, samples($0.loops).map(\.current)) }
    }

    private func remarks(_ pattern: EventPattern?, _ samples: [JSONNode]) -> [Diagnostic] {
        pattern?.remarks(on: samples).map { Diagnostic($0, file: mapping.file) } ?? []
    }

    private var absentPaths: [Diagnostic] {
        mapping.paths.filter { !isPresent($0) }.map { path in
            Diagnostic(
                file: mapping.file, position: path.mark.position, code: .pathNeverPresent, pointer: path.mark.pointer,
                message: "no test event has anything at \(path.query.text)",
                hint: hint(path))
        }
    }

    private func hint(_ path: Mapping.PathMark) -> String {
        if let foreign = PathText.foreignLetter(path.query.text) { return foreign }
        if path.query.origin == .current {
            return "check the spelling, or add an event with an element that has it"
        }
        let isInLoop = path.mark.pointer.tokens.contains("item") || mapping.templates.forEach != nil
        let rest = path.query.text.dropFirst()
        guard isInLoop, rest.first == "." else { return "check the spelling, or add an event that has it" }
        return "an element's own value is \"@\(rest)\"; else check the spelling, or add an event that has it"
    }

    /// Where no event has an element, nothing is known of its members; the list has been remarked on by itself.
    private func isPresent(_ path: Mapping.PathMark) -> Bool {
        let samples = samples(path.query.origin == .root ? [] : path.loops)
        return samples.isEmpty
            || samples.contains { sample in
                var budget = VisitBudget()
                let found = try? path.query.first(root: sample.root, current: sample.current, budget: &budget)
                return found.flatMap(\.self) != nil
            }
    }

    /// What `@` is in the test events: their bodies, or the elements of lists within lists.
    private func samples(_ loops: [JSONPathQuery]) -> [(root: JSONNode, current: JSONNode)] {
        events.flatMap { event in
            let root = event.body.root
            var budget = VisitBudget()
            let elements = loops.reduce([root]) { elements, loop in
                elements.flatMap { (try? loop.evaluate(root: root, current: $0, budget: &budget)) ?? [] }
            }
            return elements.prefix(Self.mostElements).map { (root, $0) }
        }
    }

    /// Most elements of an event that are looked at.
    private static let mostElements = 1_000
}
