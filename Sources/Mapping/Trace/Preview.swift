package import EventPattern
import Functions
package import JSON

/// What would happen to an event, with the reasons: made by the evaluator that makes launches.
package struct Preview {
    /// Every enabled mapping, those that want the event first.
    package let mappings: [PreviewedMapping]

    /// The plan that the event would have.
    package var plan: EventPlan { EventPlan(mappings: mappings.compactMap(\.plan)) }
}

/// One mapping in a preview.
package struct PreviewedMapping {
    /// The mapping.
    package let mapping: Mapping
    /// Why it does not want the event; empty when it does.
    package let explanation: PatternExplanation
    /// What it makes of the event; nil when it does not want it.
    package let plan: MappingPlan?
    /// What the evaluation did, in order.
    package let notes: [PreviewNote]
    /// How many more things it did than anybody would read.
    package let notesLeftOut: Int
}

/// One thing that an evaluation did.
package enum PreviewNote: Sendable {
    /// A value of the event went to a place of the mapping; the last word is what functions made of it, where there are any.
    case value(JSONPointer, from: String, value: String, became: String?)
    /// A value was missing; says why.
    case missing(JSONPointer, String)
    /// An alternative of `recipient` is not complete; says what it lacks.
    case incomplete(JSONPointer, String)
    /// A branch was taken.
    case reached(JSONPointer)
    /// What follows is about this element.
    case element(String)
}

extension MappingSet {
    /// What would happen to an event.
    ///
    /// Every mapping is asked, not only those that the index proposes, so that each can say why it does not want the event.
    package func preview(_ event: Event, limits: EvaluationLimits = EvaluationLimits()) -> Preview {
        let previewed = mappings.filter(\.isEnabled).map { preview($0, event, limits) }
        return Preview(mappings: previewed.filter { $0.plan != nil } + previewed.filter { $0.plan == nil })
    }

    /// What one mapping makes of an event, whether it wants it or not being told as well.
    package func preview(_ mapping: Mapping, _ event: Event, _ limits: EvaluationLimits) -> PreviewedMapping {
        let explanation = mapping.condition.explain(event.view)
        guard explanation.matches, let body = event.view.body else {
            return PreviewedMapping(mapping: mapping, explanation: explanation, plan: nil, notes: [], notesLeftOut: 0)
        }
        let trace = TraceRecorder()
        let plan = evaluator(mapping, event, body, limits, trace).plan(elements: nil).expired(at: event.now)
        return PreviewedMapping(
            mapping: mapping, explanation: explanation, plan: plan,
            notes: PreviewNote.readable(trace.notes, mapping.places), notesLeftOut: trace.leftOut)
    }
}

extension PreviewNote {
    /// Longer values are cut: a preview is read by people.
    private static let mostCharacters = 120

    /// The notes with the names of their places; what functions made of a value joins the value.
    static func readable(_ notes: [TraceRecorder.Note], _ places: SourcePlaces) -> [PreviewNote] {
        var readable: [PreviewNote] = []
        for note in notes {
            switch note {
            case .value(let place, let path, let node):
                readable.append(.value(places[place], from: path, value: cut(node.text()), became: nil))
            case .piped(let place, let value):
                let became = cut(value.json.text())
                if case .value(let pointer, let path, let text, nil)? = readable.last, pointer == places[place] {
                    readable[readable.count - 1] = .value(pointer, from: path, value: text, became: became)
                }
            case .missing(let place, let absent): readable.append(.missing(places[place], absent.cause.sentence))
            case .reached(let place): readable.append(.reached(places[place]))
            case .incomplete(let place, let halt): readable.append(.incomplete(places[place], halt.detail))
            case .entered(let path): readable.append(.element(path))
            }
        }
        return readable
    }

    private static func cut(_ text: String) -> String {
        text.count <= mostCharacters ? text : text.prefix(mostCharacters) + "…"
    }
}
