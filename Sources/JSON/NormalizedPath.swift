/// The one spelling of a place in a document (RFC 9535 section 2.7): `$['items'][0]['sku']`.
package struct NormalizedPath: Sendable, Hashable, CustomStringConvertible {
    /// The way from the root.
    package let steps: [JSONStep]

    /// Makes a path from its steps.
    package init(_ steps: [JSONStep]) {
        self.steps = steps
    }

    /// The text.
    package var description: String {
        var text = "$"
        for step in steps {
            switch step {
            case .name(let name): text += "[\(NormalizedPath.quote(name))]"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// A name between single quotes, escaped where it must be and nowhere else.
    package static func quote(_ name: String) -> String {
        var text = "'"
        for scalar in name.unicodeScalars {
            switch scalar {
            case "'", "\\": text += "\\\(scalar)"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}": text += (scalar.value < 16 ? "\\u000" : "\\u00") + String(scalar.value, radix: 16)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "'"
    }
}

extension JSONNode {
    /// The one spelling of this value's place.
    package var normalizedPath: NormalizedPath { NormalizedPath(location) }
}
