/// A JSON Pointer (RFC 6901): the name of a place in a document.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The reference tokens, unescaped.
    package let tokens: [String]

    /// Makes a pointer from its tokens; none is the whole document.
    package init(_ tokens: [String] = []) {
        self.tokens = tokens
    }

    /// The pointer to a value that is reached by these steps.
    package init(_ steps: [JSONStep]) {
        tokens = steps.map { step in
            switch step {
            case .name(let name): name
            case .index(let place): String(place)
            }
        }
    }

    /// Reads a pointer; nil when it neither is empty nor begins with `/`, or holds a `~` that is no `~0` or `~1`.
    package init?(parsing text: String) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        // Code points, not characters: a name may begin with a mark that joins the slash before it.
        guard text.unicodeScalars.first == "/" else { return nil }
        var tokens: [String] = []
        for part in text.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let token = JSONPointer.unescape(part) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// The pointer to a child of this place.
    package func appending(_ token: String) -> JSONPointer {
        JSONPointer(tokens + [token])
    }

    /// The value at this place, or nil; an array index has no leading zero, and `-` names no value.
    package func resolve(in root: JSONNode) -> JSONNode? {
        var node = root
        for token in tokens {
            let child = node.kind == .array ? JSONPointer.arrayIndex(token).flatMap(node.element) : node[token]
            guard let child else { return nil }
            node = child
        }
        return node
    }

    /// The text form, with `~` and `/` escaped.
    package var description: String {
        var text = String.UnicodeScalarView()
        for token in tokens {
            text.append("/")
            for scalar in token.unicodeScalars {
                switch scalar {
                case "~": text.append(contentsOf: "~0".unicodeScalars)
                case "/": text.append(contentsOf: "~1".unicodeScalars)
                default: text.append(scalar)
                }
            }
        }
        return String(text)
    }

    /// The place in an array that a token names; nil for anything but digits without a leading zero.
    package static func arrayIndex(_ token: String) -> Int? {
        guard token.allSatisfy({ ("0"..."9").contains($0) }), token == "0" || token.first != "0" else { return nil }
        return Int(token)
    }

    private static func unescape(_ part: Substring.UnicodeScalarView) -> String? {
        var result = String.UnicodeScalarView()
        var rest = part.makeIterator()
        while let scalar = rest.next() {
            guard scalar == "~" else {
                result.append(scalar)
                continue
            }
            switch rest.next() {
            case "0": result.append("~")
            case "1": result.append("/")
            default: return nil
            }
        }
        return String(result)
    }
}
