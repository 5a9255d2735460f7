import JSON

/// The message of a campaign: a subject and a text with the platform's simplest variables.
///
/// `{apicontent.path}` is filled from the launch's content (a dot goes into an object, a number into a list), `{name}`
/// from the profile's fields. Anything else in braces, and variables without a value, stay as they are, so that what is
/// missing can be seen.
package struct MessageTemplate: Sendable, Equatable {
    /// The subject, for channels that have one.
    package var subject: String?
    /// The text.
    package var text: String

    /// Most characters of a message that is kept.
    static let longest = 16_384

    /// Fills the variables.
    func filled(content: JSONValue?, profile: (String) -> JSONValue?) -> Message {
        Message(
            subject: subject.map { Self.fill($0, content, profile) }, text: Self.fill(text, content, profile))
    }

    private static func fill(_ text: String, _ content: JSONValue?, _ profile: (String) -> JSONValue?) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), result.utf8.count < longest {
            result += rest[..<open]
            let after = rest.index(after: open)
            guard let close = rest[after...].firstIndex(of: "}") else {
                return String((result + rest[open...]).prefix(longest))
            }
            let name = String(rest[after..<close])
            result += value(name, content, profile) ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return String((result + rest).prefix(longest))
    }

    private static func value(_ name: String, _ content: JSONValue?, _ profile: (String) -> JSONValue?) -> String? {
        let prefix = "apicontent."
        guard name.hasPrefix(prefix) else { return profile(name).map(shown) }
        var place = content
        for step in name.dropFirst(prefix.count).split(separator: ".") {
            if let elements = place?.elements {
                place = Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            } else {
                place = place?[String(step)]
            }
        }
        return place.map(shown)
    }

    private static func shown(_ value: JSONValue) -> String { value.string ?? value.text() }
}

/// A message with its variables filled.
package struct Message: Sendable, Equatable {
    /// The subject, for channels that have one.
    package var subject: String?
    /// The text.
    package var text: String
}
