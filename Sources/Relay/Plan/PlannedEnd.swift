package import Outcome

/// A part of an event that ended without a launch: what a mapping skips, or what cannot be mapped.
package struct PlannedEnd: Sendable, Hashable {
    /// `skipped`, `undecodable` or `unmappable`; anything but `skipped` parks.
    package var launchClass: LaunchClass
    /// Why.
    package var reason: Reason
    /// The same in words, as `preview` would say it.
    package var detail: String
    /// The mapping, where one is known.
    package var mapping: String?
    /// The mapping's version.
    package var version: String?
    /// For `for_each`: which element.
    package var element: Int?
    /// JSON pointer into the mapping file.
    package var pointer: String?

    /// An end from its parts.
    package init(
        _ launchClass: LaunchClass,
        _ reason: Reason,
        detail: String = "",
        mapping: String? = nil,
        version: String? = nil,
        element: Int? = nil,
        pointer: String? = nil
    ) {
        self.launchClass = launchClass
        self.reason = reason
        self.detail = detail
        self.mapping = mapping
        self.version = version
        self.element = element
        self.pointer = pointer
    }

    /// Whether it parks the event.
    var parks: Bool { launchClass != .skipped }
}
