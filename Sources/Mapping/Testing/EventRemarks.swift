import EventPattern
import JSON
import JSONPath

/// What test events tell about a mapping: paths and members that none of them has, texts that are paths without their
/// dollar, and conditions on objects or on numbers in texts.
struct EventRemarks {
    let mapping: Mapping
    let events: [EventFile]

    /// What no event shows: the warnings W221 and W222, to be given only where every test has shown its event.
    var unseen: [Diagnostic] {
        events.isEmpty ? [] : absentPaths + absentMembers
    }

    /// What events show: the warnings W126, W137 and W138.
    var seen: [Diagnostic] {
        forgottenPaths
            + remarks(mapping.condition.body, events.map(\.body.root))
            + remarks(mapping.condition.headers, events.compactMap(\.headers))
            + remarks(mapping.condition.properties, events.compactMap(\.properties))
            + mapping.conditions.flatMap { remarks($0.pattern, samples($0.loops).map(\.current)) }
    }

    private var absentMembers: [Diagnostic] {
        let ofEvents = EventPart.allCases.flatMap { part in
            mapping.condition.pattern(part).map { members($0, part, samples(of: part), "no test event has") } ?? []
        }
        return ofEvents
            + mapping.conditions.flatMap { condition in
                members(
                    condition.pattern, .body, samples(condition.loops).map(\.current),
                    condition.loops.isEmpty ? "no test event has" : "no element in the test events has")
            }
    }

    private func members(
        _ pattern: EventPattern, _ part: EventPart, _ samples: [JSONNode], _ subject: String
    ) -> [Diagnostic] {
        MemberRemarks(mapping: mapping, pattern: pattern, part: part, samples: samples, subject: subject).diagnostics
    }

    private func samples(of part: EventPart) -> [JSONNode] {
        switch part {
        case .headers: events.compactMap(\.headers)
        case .properties: events.compactMap(\.properties)
        case .body: events.map(\.body.root)
        }
    }

    /// Warnings W126: texts that would select something in a test event, had they the dollar of a path.
    private var forgottenPaths: [Diagnostic] {
        mapping.texts.compactMap { text in
            for (start, samples) in [("$", samples([])), ("@", text.loops.isEmpty ? [] : samples(text.loops))] {
                guard let query = try? JSONPathQuery.parse("\(start).\(text.text)", start: .either),
                    samples.contains(where: { selects(query, $0) })
                else { continue }
                return Diagnostic(
                    file: mapping.file, position: text.mark.position, code: .looksLikePath, pointer: text.mark.pointer,
                    message: "\"\(text.text)\" is no path, and goes out as it stands",
                    hint: "write \"\(query.text)\", or {\"$literal\": …} where the text is meant")
            }
            return nil
        }
    }

    private func selects(_ query: JSONPathQuery, _ sample: (root: JSONNode, current: JSONNode)) -> Bool {
        var budget = VisitBudget()
        let found = try? query.first(root: sample.root, current: sample.current, budget: &budget)
        return found.flatMap(\.self) != nil
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
        let event = path.query.origin == .current ? "an event with an element that has it" : "an event that has it"
        // What may be missing is spelt right more often than not.
        let advice =
            path.isDispensable ? "add \(event), or check the spelling" : "check the spelling, or add \(event)"
        let isInLoop = path.mark.pointer.tokens.contains("item") || mapping.templates.forEach != nil
        // `$.lines.title` where `$.lines[*]` is gone through: the list's own name is no part of the element.
        let list = path.loops.last.map { $0.text.hasSuffix("[*]") ? String($0.text.dropLast(3)) : $0.text } ?? "$"
        let rest = path.query.text.dropFirst(path.query.text.hasPrefix(list + ".") ? list.count : 1)
        guard path.query.origin == .root, isInLoop, rest.first == "." else { return advice }
        return "an element's own value is \"@\(rest)\"; else \(advice)"
    }

    /// Where no event has an element, nothing is known of its members; the list has been remarked on by itself.
    private func isPresent(_ path: Mapping.PathMark) -> Bool {
        let samples = samples(path.query.origin == .root ? [] : path.loops)
        return samples.isEmpty || samples.contains { selects(path.query, $0) }
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
