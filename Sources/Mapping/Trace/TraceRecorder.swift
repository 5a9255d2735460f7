import Functions
import JSON
import JSONPath

/// Writes down what an evaluation does, for people; the same evaluator runs with it and without.
///
/// A class, because one evaluation hands it through everything that it calls; it never leaves its thread.
final class TraceRecorder {
    /// What was noted, in order.
    private(set) var notes: [Note] = []

    /// One thing that the evaluation did.
    enum Note {
        case value(PlaceID, path: String, JSONNode)
        case piped(PlaceID, FunctionValue)
        case missing(PlaceID, Absent)
        case reached(PlaceID)
        case incomplete(PlaceID, Halt)
        case entered(String)
    }

    func value(_ place: PlaceID, from node: JSONNode) {
        notes.append(.value(place, path: "\(node.normalizedPath)", node))
    }

    func meta(_ place: PlaceID, _ pointer: String, _ node: JSONNode) {
        notes.append(.value(place, path: pointer, node))
    }

    func piped(_ place: PlaceID, _ value: FunctionValue) {
        notes.append(.piped(place, value))
    }

    func missing(_ place: PlaceID, _ absent: Absent) {
        notes.append(.missing(place, absent))
    }

    func reached(_ place: PlaceID) {
        notes.append(.reached(place))
    }

    func incomplete(_ place: PlaceID, _ halt: Halt) {
        notes.append(.incomplete(place, halt))
    }

    func entered(_ element: JSONNode) {
        notes.append(.entered("\(element.normalizedPath)"))
    }
}
