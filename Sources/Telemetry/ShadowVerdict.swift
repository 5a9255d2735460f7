/// What a shadow says of a launch, or of a part of an event that gives none.
package enum ShadowVerdict: String, Sendable, Hashable, CaseIterable {
    case launch
    case skip
    case park

    /// The message of the log line.
    package var message: String { "would \(rawValue)" }
}
