import EventPattern
import Functions
import JSON

/// Writes down what an evaluation does, for people; the same evaluator runs with it and without.
///
/// A class, because one evaluation hands it through everything that it calls; it never leaves its thread.
final class TraceRecorder {
    /// More notes than this nobody reads; they are left out and counted.
    static let mostNotes = 5_000

    /// Of so many elements that a loop leaves out it is said why.
    private static let mostExplained = 3

    /// What was noted, in order.
    private(set) var notes: [Note] = []
    /// How many notes were left out.
    private(set) var leftOut = 0
    /// While the arguments of functions are evaluated: which variables they use, nobody asks.
    var isInArguments = false

    /// One thing that the evaluation did.
    enum Note {
        case value(PlaceID, path: String, JSONNode)
        case fact(PlaceID, from: String, FunctionValue)
        case piped(PlaceID, FunctionValue)
        case missing(PlaceID, Absent, Instruction.Absence)
        case reached(PlaceID)
        case incomplete(PlaceID, Halt)
        case entered(String)
        case unwanted(PlaceID, count: Int, why: [String])
    }

    func value(_ place: PlaceID, from node: JSONNode) { add { .value(place, path: "\(node.normalizedPath)", node) } }
    func meta(_ place: PlaceID, _ pointer: String, _ node: JSONNode) { add { .value(place, path: pointer, node) } }
    func fact(_ place: PlaceID, from source: String, _ value: FunctionValue) {
        if !isInArguments { add { .fact(place, from: source, value) } }
    }
    func piped(_ place: PlaceID, _ value: FunctionValue) { add { .piped(place, value) } }
    func missing(_ place: PlaceID, _ absent: Absent, _ absence: Instruction.Absence) {
        add { .missing(place, absent, absence) }
    }
    func reached(_ place: PlaceID) { add { .reached(place) } }
    func incomplete(_ place: PlaceID, _ halt: Halt) { add { .incomplete(place, halt) } }
    func entered(_ element: JSONNode) { add { .entered("\(element.normalizedPath)") } }

    /// Elements that the condition of a loop leaves out: how many, and of the first few why.
    func unwanted(_ place: PlaceID, _ nodes: [JSONNode], _ condition: EventPattern) {
        guard !nodes.isEmpty else { return }
        add {
            let why = nodes.prefix(TraceRecorder.mostExplained).map { node in
                "\(node.normalizedPath): \(condition.explain(node).description.replacing("\n", with: "; "))"
            }
            return .unwanted(place, count: nodes.count, why: why)
        }
    }

    private func add(_ note: () -> Note) {
        guard notes.count < TraceRecorder.mostNotes else {
            leftOut += 1
            return
        }
        notes.append(note())
    }
}
