import EventPattern
import Functions
import JSON
import JSONPath

/// What gives a value when an event comes: a part of a mapping, compiled.
///
/// Immutable and shared by all evaluations. Parts that depend on nothing are constants, which are nodes of the mapping
/// file itself and are written into requests without being copied.
indirect enum Template: Sendable {
    /// Always the same.
    case constant(JSONValue)
    /// An object; members whose template leaves them out are not written.
    case object([Member])
    /// A list.
    case array([Element])
    /// An instruction.
    case instruction(Instruction)

    /// A member of an object.
    struct Member: Sendable {
        let name: String
        let place: PlaceID
        let template: Template
    }

    /// An element of a list.
    struct Element: Sendable {
        let place: PlaceID
        let template: Template
    }
}

/// The number of a place in ``SourcePlaces``: what a failing evaluation answers, so that naming it costs nothing before.
struct PlaceID: Sendable, Hashable {
    let number: Int32

    /// The place of nothing in particular.
    static let none = PlaceID(number: -1)
}

/// An instruction: where its value comes from, what it goes through, and what becomes of a missing one.
///
/// A class, so that evaluating a template holds one reference at each level instead of one for each part.
final class Instruction: Sendable {
    let source: Source
    let pipe: [PipeStep]
    let absence: Absence
    let place: PlaceID
    /// Whether it is a singular path without a pipe.
    let isPlainPath: Bool

    init(source: Source, pipe: [PipeStep] = [], absence: Absence = .stop, place: PlaceID) {
        self.source = source
        self.pipe = pipe
        self.absence = absence
        self.place = place
        if case .path(let path) = source, path.take == nil, path.steps != nil, pipe.isEmpty {
            isPlainPath = true
        } else {
            isPlainPath = false
        }
    }

    /// Where the value comes from.
    enum Source: Sendable {
        case path(PathSource)
        case variable(Int)
        case meta(MetaPath)
        case text(TextTemplate)
        case coalesce([Template])
        case choice(ChoiceSource)
        case each(EachSource)
        case lookup(LookupSource)
        case merge([Template.Element])
    }

    /// What becomes of a missing value.
    enum Absence: Sendable {
        /// Whoever asked for it decides; in a request, the launch stops.
        case stop
        /// It is left out.
        case leaveOut
        /// Something else stands in.
        case fallback(Template)
    }
}

/// A path, and which of the values it selects are meant.
final class PathSource: Sendable {
    enum Take: String, Sendable {
        case first
        case all
        case only
    }

    let query: JSONPathQuery
    /// Nil for a singular query.
    let take: Take?
    /// The steps of a singular query, apart from it: passing them around costs a quarter.
    let steps: [Query.Step]?
    let startsAtRoot: Bool

    init(query: JSONPathQuery, take: Take?) {
        self.query = query
        self.take = take
        steps = query.query.steps
        startsAtRoot = query.origin == .root
    }
}

/// A place among the facts about the message.
enum MetaPath: Sendable {
    case exchange
    case routingKey
    case headers(MetaPointer)
    case properties(MetaPointer)
    case now
    case index

    /// The names that a pointer may begin with.
    static let names = ["exchange", "routing_key", "headers", "properties", "now", "index"]
}

/// A pointer into headers or properties, ready for look-ups.
final class MetaPointer: Sendable {
    let names: [JSONName]
    /// The whole pointer as it was written.
    let text: String

    init(_ tokens: ArraySlice<String>, text: String) {
        names = tokens.map(JSONName.init)
        self.text = text
    }

    /// The value in a table, or nil; lists are entered by the number of the element.
    func resolve(in table: JSONNode) -> JSONNode? {
        var node = table
        for name in names {
            let child =
                node.kind == .array ? JSONPointer.arrayIndex(name.text).flatMap(node.element) : node.member(name)
            guard let child else { return nil }
            node = child
        }
        return node
    }
}

/// A text with placeholders.
final class TextTemplate: Sendable {
    enum Part: Sendable {
        case text(String)
        case path(JSONPathQuery)
        case variable(Int, name: String)
    }

    let parts: [Part]

    init(parts: [Part]) {
        self.parts = parts
    }
}

/// `$if`.
final class ChoiceSource: Sendable {
    let condition: EventPattern
    let then: Template
    let otherwise: Template?
    /// The places of the two values.
    let thenPlace: PlaceID
    let otherwisePlace: PlaceID

    init(condition: EventPattern, then: Template, thenPlace: PlaceID, otherwise: Template?, otherwisePlace: PlaceID) {
        self.condition = condition
        self.then = then
        self.thenPlace = thenPlace
        self.otherwise = otherwise
        self.otherwisePlace = otherwisePlace
    }
}

/// `$each`.
final class EachSource: Sendable {
    enum Empty: String, Sendable {
        case keep
        case omit
        case fail
    }

    let query: JSONPathQuery
    let condition: EventPattern?
    let item: Template
    let itemPlace: PlaceID
    let limit: Int
    let empty: Empty

    init(
        query: JSONPathQuery, condition: EventPattern?, item: Template, itemPlace: PlaceID, limit: Int, empty: Empty
    ) {
        self.query = query
        self.condition = condition
        self.item = item
        self.itemPlace = itemPlace
        self.limit = limit
        self.empty = empty
    }
}

/// `$lookup`.
final class LookupSource: Sendable {
    let tableName: String
    let table: [JSONName: JSONValue]
    let key: Template
    let keyPlace: PlaceID

    init(tableName: String, table: [JSONName: JSONValue], key: Template, keyPlace: PlaceID) {
        self.tableName = tableName
        self.table = table
        self.key = key
        self.keyPlace = keyPlace
    }
}

/// A function in a pipe, with the arguments that only the event knows.
struct PipeStep: Sendable {
    let name: String
    let function: PreparedFunction
    let arguments: [Argument]
    let place: PlaceID

    struct Argument: Sendable {
        let name: String
        let template: Template
        let place: PlaceID
    }
}
