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
        let names = text.dropFirst(2).split(separator: ".").flatMap { indexed(String($0)) ?? [String($0)] }
        return "write \"\(JSONPointer(["body"] + names))\""
    }

    /// The name and the numbers of `lines[0]`, which is how a path names an element; nil for any other text.
    private static func indexed(_ token: String) -> [String]? {
        guard token.hasSuffix("]"), let open = token.firstIndex(of: "["), open != token.startIndex else { return nil }
        let numbers = token[token.index(after: open)...].dropLast().split(separator: "][").map(String.init)
        guard !numbers.isEmpty, numbers.allSatisfy({ JSONPointer.arrayIndex($0) != nil }) else { return nil }
        return [String(token[..<open])] + numbers
    }

    /// Doubts a value that looks like an order to remove the member, and would be set.
    static func doubtfulRemoval(_ new: JSONNode) -> (message: String, hint: String)? {
        let isMeant =
            switch new.kind {
            case .string: ["$remove", "$delete", "$unset"].contains(new.string)
            case .object: new.count == 1 && new.members.contains(where: isRemoval)
            default: false
            }
        guard isMeant else { return nil }
        return ("this sets the value \(new.text()), and removes nothing", "write {\"$remove\": true}")
    }

    private static func isRemoval(_ member: JSONMember) -> Bool {
        guard member.name != "$remove" else { return member.value.kind != .bool }
        let word = member.name.lowercased().drop { $0 == "$" }
        return member.value.bool == true && ["remove", "delete", "unset"].contains(word)
    }

    /// Doubts an edit of what the event does not have, where a name beside it is nearly the same, or is a list whose
    /// element was meant.
    ///
    /// New members are set on purpose, above all where the mapping reads them; null, and members of an object that is
    /// not there, hardly ever are.
    static func stray(
        _ event: JSONValue, _ pointer: JSONPointer, _ new: JSONNode, isRead: (JSONPointer) -> Bool
    ) -> (message: String, hint: String)? {
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
            let isNew = !new.isNull && depth + 1 == pointer.tokens.count
            guard let right = meant(by: token, among: members),
                !isNew || right.count > 1 || !isRead(pointer)
            else { return nil }
            let tokens =
                pointer.tokens[..<depth] + right + pointer.tokens[(depth + 1)...].flatMap { indexed($0) ?? [$0] }
            return ("the event has nothing at \"\(pointer)\"", "did you mean \"\(JSONPointer(Array(tokens)))\"?")
        }
        return nil
    }

    /// The tokens that were meant by one that names no member: an element of a list, or a name that is nearly the same.
    private static func meant(by token: String, among members: [(name: String, value: JSONValue)]) -> [String]? {
        if let element = indexed(token), members.contains(where: { $0.name == element[0] && $0.value.kind == .array }) {
            return element
        }
        return Spelling.nearest(token, among: members.map(\.name)).map { [$0] }
    }
}
