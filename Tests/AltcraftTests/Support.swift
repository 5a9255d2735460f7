import JSON
import Testing
import XML

@testable import Altcraft

/// The token of a printed example.
func token(_ text: String) throws -> APIToken {
    try #require(APIToken(text))
}

/// A JSON text as a value, to compare with.
func json(_ text: String) throws -> JSONValue {
    .node(try JSONDocument.parse(text).root)
}

/// A body as a value, to compare with.
func json(_ bytes: [UInt8]) throws -> JSONValue {
    .node(try JSONDocument.parse(bytes).root)
}

/// An XML text in a form to compare: white space between elements gone, children by name, queries as JSON.
func xml(_ bytes: [UInt8]) throws -> XMLElement {
    normal(try XMLReader.parse(bytes))
}

/// As above, of a text.
func xml(_ text: String) throws -> XMLElement {
    try xml(Array(text.utf8))
}

private func normal(_ element: XMLElement) -> XMLElement {
    var element = element
    element.children = element.children.map(normal).enumerated()
        .sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }.map(\.element)
    if !element.children.isEmpty { element.text = "" }
    if element.name == "custom_request", let query = try? json(element.text) { element.text = query.text() }
    return element
}

/// An answer with a JSON body.
func answer(_ status: Int, _ body: String, retryAfter: String? = nil) -> Answer {
    Answer(status: status, retryAfter: retryAfter, body: Array(body.utf8))
}

extension Recipient {
    /// Somebody found by email.
    static func email(_ address: String) -> Recipient { Recipient(matching: .email, email: address) }
    /// Somebody found by profile id.
    static func profile(_ id: String) -> Recipient { Recipient(matching: .profileID, profileID: id) }
    /// Somebody found by a custom field.
    static func custom(_ name: String, _ value: String) -> Recipient {
        Recipient(matching: .custom, fieldName: name, fieldValue: .string(value))
    }
}

extension Launch {
    /// A campaign for one profile.
    static func campaign(_ id: Int64, _ recipient: Recipient) -> Launch {
        Launch(target: .campaign(id), audience: .profile(recipient))
    }

    /// The launch with some parts changed.
    func with(_ change: (inout Launch) -> Void) -> Launch {
        var launch = self
        change(&launch)
        return launch
    }
}
