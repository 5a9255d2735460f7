package import JSON

/// The profile that is created or updated together with the launch.
package struct ProfileImport: Sendable, Equatable {
    /// The profile's fields: an object; system names begin with `_`, and `subscriptions` may stand among them.
    package var fields: JSONValue
    /// Whether the import starts none of the triggers and scenarios that imports start.
    package var skipTriggers: Bool?
    /// Whether subscriptions that are not valid are left out instead of refused.
    package var skipInvalidSubscriptions: Bool?
    /// Whether the platform looks up the place by `_regip` or `_ip`.
    package var detectGeo: Bool?
    /// How long the campaign waits after the import.
    package var timeout: StartDelay?

    /// Makes an import.
    package init(
        fields: JSONValue, skipTriggers: Bool? = nil, skipInvalidSubscriptions: Bool? = nil, detectGeo: Bool? = nil,
        timeout: StartDelay? = nil
    ) {
        self.fields = fields
        self.skipTriggers = skipTriggers
        self.skipInvalidSubscriptions = skipInvalidSubscriptions
        self.detectGeo = detectGeo
        self.timeout = timeout
    }
}

/// A delay as the platform writes it: days, hours and minutes.
package struct StartDelay: Sendable, Hashable {
    /// Whole days.
    package let days: Int
    /// Whole hours beside the days.
    package let hours: Int
    /// Whole minutes beside the hours.
    package let minutes: Int

    /// Makes a delay from its parts, none of them negative.
    package init(days: Int = 0, hours: Int = 0, minutes: Int = 0) {
        self.days = max(days, 0)
        self.hours = max(hours, 0)
        self.minutes = max(minutes, 0)
    }

    /// A delay of at least so many seconds: the platform counts minutes, so what is over is rounded up.
    package init(seconds: Int64) {
        let minutes = Int(max(seconds, 0) / 60 + (max(seconds, 0) % 60 == 0 ? 0 : 1))
        self.init(days: minutes / 1_440, hours: minutes / 60 % 24, minutes: minutes % 60)
    }
}
