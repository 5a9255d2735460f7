import Altcraft
import Functions
import JSON
import Outcome

/// Writes the tests of a proposed mapping: what it makes of the event today, and one for each other alternative.
struct TestProposal {
    typealias Member = (name: String, value: JSONValue)
    typealias Edits = [(pointer: String, value: JSONValue)]

    let mapping: Mapping
    let event: EventFile
    let finder: RecipientFinder
    /// The name that tests give the event's file.
    let file: String

    /// The file of tests.
    var json: JSONValue {
        var tests = [test("the sample event", [], expectation(plan([])))]
        for number in finder.alternatives.indices {
            let edits = edits(toReach: number)
            let plan = plan(edits)
            guard !edits.isEmpty, plan?.launches.isEmpty == false else { continue }
            tests.append(test(title(number), edits, expectation(plan)))
        }
        return .object([("$schema", .string("./tests.schema.json")), ("tests", .array(tests))])
    }

    /// What must be changed for an alternative to be used: the earlier ones tell nothing, and it tells something.
    private func edits(toReach number: Int) -> Edits {
        let alternative = finder.alternatives[number]
        var edits = finder.alternatives[..<number].flatMap { earlier in
            earlier.nodes.filter(earlier.kind.isSample).map { (pointer: pointer($0), value: JSONValue.null) }
        }
        if !alternative.isTold, let first = alternative.nodes.first {
            edits.append((pointer(first), .string(alternative.kind.example)))
        }
        return edits
    }

    private func pointer(_ node: JSONNode) -> String { "/body\(JSONPointer(node.location))" }

    private func title(_ number: Int) -> String {
        let alternative = finder.alternatives[number]
        let earlier = finder.alternatives[..<number].filter(\.isTold).map { "without an \($0.kind.noun) " }
        return earlier.joined() + "the \(alternative.kind.noun) is used"
    }

    private func plan(_ edits: Edits) -> MappingPlan? {
        var value = event.json
        for edit in edits {
            guard let pointer = JSONPointer(parsing: edit.pointer),
                let edited = try? EventEdits.set(value, at: pointer.tokens[...], to: edit.value)
            else { return nil }
            value = edited
        }
        let (edited, _) = EventFile.read(SourceFile(name: file, text: value.text()))
        return edited.flatMap { MappingSet([mapping]).evaluate($0.event(now: $0.time)).mappings.first }
    }

    private func test(_ name: String, _ edits: Edits, _ expect: [Member]) -> JSONValue {
        var members: [Member] = [
            ("name", .string(name)), ("event", .string(file)), ("now", .string(event.time.rfc3339)),
        ]
        if !edits.isEmpty { members.append(("set", .object(edits.map { ($0.pointer, $0.value) }))) }
        return .object(members + [("expect", .object(expect))])
    }

    /// Of a launch only whom it is for: what is shown and launched is the author's to change.
    private func expectation(_ plan: MappingPlan?) -> [Member] {
        guard let plan else { return [("outcome", .string("no_match"))] }
        if let stop = plan.decidingStop {
            let outcome = stop.launchClass == .skipped ? "skip" : "park"
            return [("outcome", .string(outcome)), ("reason", .string(stop.reason.rawValue))]
        }
        let forms = plan.launches.map { recipient(of: $0.launch.form) }
        let request = forms.count == 1 && mapping.templates.forEach == nil ? forms[0] : .array(forms)
        return [("outcome", .string("launch")), ("request_contains", request)]
    }

    /// The part of a launch that says whom it is for.
    private func recipient(of form: JSONValue) -> JSONValue {
        let names = ["matching", "custom_request"] + Companion.allCases.map(\.rawValue)
        return .object((form.members ?? []).filter { names.contains($0.name) })
    }
}
