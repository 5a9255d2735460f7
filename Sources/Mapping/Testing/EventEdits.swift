import EventPattern
import JSON

/// Changes an event by JSON Pointers, as `set` of a test writes them.
enum EventEdits {
    /// Why an edit cannot be made.
    struct Fault: Error {
        let message: String
        var hint: String?
    }

    /// The value with something else at a place; a member that is not there is added, `-` adds an element.
    static func set(_ value: JSONValue, at tokens: ArraySlice<String>, to new: JSONValue?) throws(Fault) -> JSONValue {
        guard let token = tokens.first else {
            guard let new else {
                throw Fault(
                    message: "the whole event cannot be removed", hint: "name a member of it: \"/body/total_price\"")
            }
            return new
        }
        let rest = tokens.dropFirst()
        if var elements = value.elements {
            try set(&elements, token, rest, to: new)
            return .array(elements)
        }
        guard var members = value.members else {
            throw Fault(message: "there is \(value.kind.noun) where \"\(token)\" should be")
        }
        try set(&members, token, rest, to: new)
        return .object(members)
    }

    private static func set(
        _ members: inout [(name: String, value: JSONValue)], _ token: String, _ rest: ArraySlice<String>,
        to new: JSONValue?
    ) throws(Fault) {
        guard let place = members.firstIndex(where: { $0.name.utf8.elementsEqual(token.utf8) }) else {
            guard rest.isEmpty || new != nil else { throw Fault(message: "there is no member \"\(token)\"") }
            guard let new else { throw Fault(message: "there is no member \"\(token)\" to remove") }
            members.append((token, rest.isEmpty ? new : try set(.object([]), at: rest, to: new)))
            return
        }
        if rest.isEmpty, new == nil {
            members.remove(at: place)
        } else {
            members[place].value = try set(members[place].value, at: rest, to: new)
        }
    }

    private static func set(
        _ elements: inout [JSONValue], _ token: String, _ rest: ArraySlice<String>, to new: JSONValue?
    ) throws(Fault) {
        if token == "-", rest.isEmpty, let new {
            elements.append(new)
            return
        }
        guard let place = JSONPointer.arrayIndex(token), elements.indices.contains(place) else {
            throw Fault(message: "there is no element \"\(token)\"; the list has \(elements.count)")
        }
        if rest.isEmpty, new == nil {
            elements.remove(at: place)
        } else {
            elements[place] = try set(elements[place], at: rest, to: new)
        }
    }

    /// What to write for something that is no pointer: most often it is a path.
    static func pointerHint(_ text: String) -> String {
        guard text.hasPrefix("$."), text.count > 2 else { return "for example \"/body/total_price\"" }
        return "write \"/body/\(text.dropFirst(2).replacing(".", with: "/"))\""
    }

    /// Doubts an edit of what the event does not have, where a name beside it is nearly the same.
    ///
    /// New members are set on purpose; null, and members of an object that is not there, hardly ever are.
    static func stray(_ event: JSONValue, _ pointer: JSONPointer, _ new: JSONNode) -> (message: String, hint: String)? {
        var value = event
        for (depth, token) in pointer.tokens.enumerated() {
            guard let members = value.members else {
                guard let number = JSONPointer.arrayIndex(token), let elements = value.elements,
                    elements.indices.contains(number)
                else {
                    return nil
                }
                value = elements[number]
                continue
            }
            if let member = members.first(where: { $0.name.utf8.elementsEqual(token.utf8) }) {
                value = member.value
                continue
            }
            guard new.isNull || depth + 1 < pointer.tokens.count,
                let near = Spelling.nearest(token, among: members.map(\.name))
            else { return nil }
            var tokens = pointer.tokens
            tokens[depth] = near
            let meant = tokens.reduce(JSONPointer()) { $0.appending($1) }
            return ("the event has nothing at \"\(pointer)\"", "did you mean \"\(meant)\"?")
        }
        return nil
    }
}
