package import JSON

/// The parts of an event that cost something to build, made when a condition first asks for them.
///
/// The owner of a delivery implements it with lazy properties; an index asks for each part at most a few times an event,
/// and not at all when no mapping has a condition on it.
package protocol EventTables {
    /// The header table as a JSON object; nil counts as absent.
    var headers: JSONNode? { get }
    /// The message properties as a JSON object; nil counts as absent.
    var properties: JSONNode? { get }
    /// The property `message_id`, which names most events; nil where it is absent or no text.
    var messageID: String? { get }
}

extension EventTables {
    /// As it stands among the properties.
    package var messageID: String? { properties?["message_id"]?.string }
}
