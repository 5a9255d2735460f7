import JSON

extension JSONNode {
    /// The value's normalized path (RFC 9535 section 2.7).
    var normalizedPath: String {
        location.reduce(into: "$") { path, step in
            switch step {
            case .index(let place): path += "[\(place)]"
            case .name(let name): path += "['" + name.unicodeScalars.map(JSONNode.escaped).joined() + "']"
            }
        }
    }

    /// A character as it stands between the single quotes of a normalized path.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\u{8}": return "\\b"
        case "\t": return "\\t"
        case "\n": return "\\n"
        case "\u{C}": return "\\f"
        case "\r": return "\\r"
        case "'": return "\\'"
        case "\\": return "\\\\"
        case "\0"..<" ":
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
