import Functions
import JSON
import JSONPath
import Outcome

/// What evaluating a template comes to.
enum Yield {
    case value(FunctionValue)
    /// The author said that it may be left out.
    case leftOut
    /// There is no value; whoever asked decides what that means.
    case missing(Absent)
}

/// A value that is missing: where the file asks for it, and why there is none.
struct Absent {
    let place: PlaceID
    let cause: Cause

    /// Why there is no value.
    indirect enum Cause {
        /// A path selects nothing, or null, from this element, or from the event.
        case path(JSONPathQuery, from: JSONNode?)
        /// The message has nothing there.
        case meta(String)
        /// A function rejects the value.
        case rejected(function: String, why: String, source: Cause?)
        /// A variable has no value.
        case variable(String, Cause?)
        /// An argument of a function has no value.
        case argument(String, of: String, Cause)
        /// None of several values is there.
        case alternatives([Cause])
        /// A table lacks the key.
        case entry(table: String, key: String)
        /// A list has no elements.
        case empty(JSONPathQuery)
        /// A value was left out where one is needed.
        case leftOut
    }
}

extension Absent.Cause {
    /// One sentence without a full stop.
    var sentence: String {
        switch self {
        case .path(let query, _): "\(query.text) selects nothing, or null"
        case .meta(let pointer): "the message has nothing at \(pointer)"
        case .rejected(let function, let why, _): "\(function) rejects the value: \(why)"
        case .variable(let name, let cause):
            "the variable \"\(name)\" has no value" + (cause.map { ": \($0.sentence)" } ?? "")
        case .argument(let name, let function, let cause): "\"\(name)\" of \(function) has no value: \(cause.sentence)"
        case .alternatives(let causes): causes.map(\.sentence).joined(separator: "; ")
        case .entry(let table, let key): "the table \"\(table)\" has no entry \"\(key.prefix(100))\""
        case .empty(let query): "\(query.text) selects no element"
        case .leftOut: "the value is left out, and one is needed here"
        }
    }

    /// The path that found nothing.
    var path: EventPlace? {
        switch self {
        case .path(let query, let start): EventPlace(query, from: start)
        case .meta(let pointer): EventPlace(pointer)
        case .rejected(_, _, let source): source?.path
        case .variable(_, let cause): cause?.path
        case .argument(_, _, let cause): cause.path
        case .alternatives(let causes): causes.lazy.compactMap(\.path).first
        case .empty(let query): EventPlace(query)
        case .entry, .leftOut: nil
        }
    }
}

/// The end of an evaluation that can give no launch.
struct Halt: Error {
    let reason: Reason
    let place: PlaceID
    let path: EventPlace?
    let detail: String
}

extension Halt {
    /// A value is missing where the file says nothing of that.
    init(_ absent: Absent) {
        self.init(reason: .missing, place: absent.place, path: absent.cause.path, detail: absent.cause.sentence)
    }
}
