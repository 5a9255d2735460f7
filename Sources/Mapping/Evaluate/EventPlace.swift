import JSON
import JSONPath

/// A place in the event, or a path that found nothing there.
///
/// Where an element stands is only worked out for people: its siblings are walked for it, and every element of a long
/// list may lack a value, or may give no launch.
package struct EventPlace: Sendable {
    /// The element that the text begins with; nil where the text says all.
    private let start: JSONNode?
    private let rest: String

    /// A value of the event.
    init(_ node: JSONNode) {
        start = node
        rest = ""
    }

    /// A path, and the element that it began at; nil for the event.
    init(_ query: JSONPathQuery, from start: JSONNode? = nil) {
        self.start = start
        rest = start == nil ? query.text : String(query.text.dropFirst())
    }

    /// A place that the file names.
    init(_ text: String) {
        start = nil
        rest = text
    }

    /// The text; for those of many stops see ``texts(of:)``.
    package var text: String { start.map { "\($0.normalizedPath)" + rest } ?? rest }

    /// The texts of many places of one event, for which it is walked once.
    static func texts(of places: [EventPlace?]) -> [String?] {
        var locations = JSONNode.locations(of: places.compactMap { $0?.start })[...]
        return places.map { place in
            guard let place, place.start != nil else { return place?.rest }
            return locations.popFirst().map { "\(NormalizedPath($0))" + place.rest }
        }
    }
}

extension EventPlace: Hashable {
    /// Two are equal where they read the same, be it in two copies of one event.
    package static func == (left: EventPlace, right: EventPlace) -> Bool { left.text == right.text }

    /// Hashes what they read.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
