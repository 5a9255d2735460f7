import EventPattern
import JSON

/// One line of `match --cases`: a pattern and an event under an id.
enum MatchCase {
    /// What a case comes to.
    enum Outcome: String {
        case match
        case noMatch = "no_match"
        /// The pattern is none, or the event is one that the bridge would not take: a repeated member, too deep.
        case refused
    }

    /// Why a line is no case.
    struct Fault: Error {
        let column: Int
        let message: String
    }

    /// What an event may have, and one level for the line's own object.
    private static let strict = JSONLimits(bytes: LineReader.mostBytes).withEnvelope
    private static let lenient = JSONLimits(
        bytes: LineReader.mostBytes, depth: JSONLimits.deepestDepth, refusesDuplicates: false)

    /// Reads a line and decides it.
    ///
    /// - Throws: ``Fault`` where the line is no object with `id`, `pattern` and `event`.
    static func decide(_ line: [UInt8]) throws(Fault) -> (id: JSONNode, outcome: Outcome) {
        if let document = try? JSONDocument.parse(line, limits: strict) {
            let (id, pattern, event) = try parts(of: document.root)
            return (id, outcome(pattern, event))
        }
        // Either the line is no JSON, or one of its parts is what the bridge refuses: a repeated member, too deep.
        let (id, pattern, event) = try parts(of: try parse(line).root)
        guard let pattern = strictly(pattern.rawBytes), let event = strictly(event.rawBytes) else {
            return (id, .refused)
        }
        return (id, outcome(pattern, event))
    }

    private static func parse(_ line: [UInt8]) throws(Fault) -> JSONDocument {
        do throws(JSONError) {
            return try JSONDocument.parse(line, limits: lenient)
        } catch {
            throw Fault(column: error.position.column, message: "this is no usable JSON: \(error.message)")
        }
    }

    private static func parts(of root: JSONNode) throws(Fault) -> (id: JSONNode, pattern: JSONNode, event: JSONNode) {
        guard root.kind == .object else {
            throw Fault(column: 1, message: "a case is an object with id, pattern and event, and not \(root.kind.noun)")
        }
        func part(_ name: String) throws(Fault) -> JSONNode {
            let found = root.members.filter { $0.name == name }
            guard let member = found.first else {
                throw Fault(column: 1, message: "the case has no \"\(name)\"; it needs id, pattern and event")
            }
            guard found.count == 1 else {
                throw Fault(column: found[1].nameNode.position.column, message: "the case has \"\(name)\" twice")
            }
            return member.value
        }
        return (try part("id"), try part("pattern"), try part("event"))
    }

    /// Decides a pattern and an event, each as a value or as a text that holds it.
    ///
    /// A pattern is an object, so a text in its place is the text of one. An event that is a text is taken for the text
    /// of one where it begins like an object or a list, and is a text otherwise, which no pattern matches.
    private static func outcome(_ pattern: JSONNode, _ event: JSONNode) -> Outcome {
        var (pattern, event) = (pattern, event)
        if pattern.kind == .string {
            guard let inner = strictly(pattern.utf8) else { return .refused }
            pattern = inner
        }
        if event.kind == .string, let first = event.utf8.first(where: { $0 > 0x20 }), first == 0x7B || first == 0x5B {
            guard let inner = strictly(event.utf8) else { return .refused }
            event = inner
        }
        guard let compiled = EventPattern.compile(pattern).pattern else { return .refused }
        return EventCondition(body: compiled).matches(EventView(body: event)) ? .match : .noMatch
    }

    private static func strictly(_ bytes: ArraySlice<UInt8>) -> JSONNode? {
        (try? JSONDocument.parse(Array(bytes)))?.root
    }
}
