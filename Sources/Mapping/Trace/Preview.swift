package import EventPattern
import Functions
package import JSON

/// What would happen to an event, with the reasons: made by the evaluator that makes launches.
package struct Preview {
    /// Every enabled mapping, those that want the event first.
    package let mappings: [PreviewedMapping]
    /// The names of mappings that are switched off, which nobody asks.
    package let switchedOff: [String]

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
    /// What functions made of a value that came together from several places.
    case made(JSONPointer, String)
    /// A value was missing; says why, and what became of it.
    case missing(JSONPointer, String, Remedy)
    /// An alternative of `recipient` is not complete; says what it lacks.
    case incomplete(JSONPointer, String)
    /// A branch was taken.
    case reached(JSONPointer)
    /// What follows is about this element.
    case element(String)
    /// The `where` of a loop leaves out so many elements; says of the first few why.
    case unwanted(JSONPointer, count: Int, why: [String])

    /// What the file says of a value that is missing.
    package enum Remedy: String, Sendable {
        /// Nothing: whoever asked for the value does without it, or stops.
        case none
        /// The default stands in.
        case fallback = "default"
        /// It is left out.
        case leftOut = "left_out"
    }
}

extension MappingSet {
    /// What would happen to an event.
    ///
    /// Every mapping is asked, not only those that the index proposes, so that each can say why it does not want the event.
    package func preview(_ event: Event, limits: EvaluationLimits = EvaluationLimits()) -> Preview {
        let previewed = mappings.filter(\.isEnabled).map { preview($0, event, limits) }
        return Preview(
            mappings: previewed.filter { $0.plan != nil } + previewed.filter { $0.plan == nil },
            switchedOff: mappings.filter { !$0.isEnabled }.map(\.name))
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
            case .fact(let place, let source, let value):
                readable.append(.value(places[place], from: source, value: cut(value.json.text()), became: nil))
            case .piped(let place, let value): add(cut(value.json.text()), madeAt: places[place], to: &readable)
            case .missing(let place, let absent, let absence):
                readable.append(.missing(places[place], absent.cause.sentence, Remedy(absence)))
            case .reached(let place): readable.append(.reached(places[place]))
            case .incomplete(let place, let halt): readable.append(.incomplete(places[place], halt.detail))
            case .entered(let path): readable.append(.element(path))
            case .unwanted(let place, let count, let why):
                readable.append(.unwanted(places[place], count: count, why: why))
            }
        }
        return readable
    }

    /// Joins what functions made with the value that they were given.
    ///
    /// The values of their arguments may stand in between. What a value from another place became, as with
    /// `$coalesce`, is a note of its own.
    private static func add(_ made: String, madeAt place: JSONPointer, to readable: inout [PreviewNote]) {
        for index in readable.indices.reversed() {
            switch readable[index] {
            case .value(place, let path, let text, nil):
                readable[index] = .value(place, from: path, value: text, became: made)
                return
            case .value(place, _, _, _), .element, .reached:
                readable.append(.made(place, made))
                return
            default: continue
            }
        }
        readable.append(.made(place, made))
    }

    private static func cut(_ text: String) -> String {
        text.count <= mostCharacters ? text : text.prefix(mostCharacters) + "…"
    }
}

extension PreviewNote.Remedy {
    /// What an instruction says of its value.
    init(_ absence: Instruction.Absence) {
        self =
            switch absence {
            case .stop: .none
            case .leaveOut: .leftOut
            case .fallback: .fallback
            }
    }
}
