package import Outcome

/// What a parked message says about itself, in its `x-bridge-…` headers.
package struct ParkNotice: Sendable, Hashable {
    /// What of the event is parked, the deciding part first.
    package let parts: [ParkedPart]

    /// A notice of these parts.
    package init(parts: [ParkedPart]) {
        self.parts = parts
    }
}

/// One part of an event that is parked.
package struct ParkedPart: Sendable, Hashable {
    /// Why, as a class.
    package let launchClass: LaunchClass
    /// Why, as a reason.
    package let reason: Reason
    /// Why, in words: the platform's, or those of `preview`.
    package let detail: String
    /// The mapping, where one is known.
    package let mapping: String?
    /// Its version.
    package let version: String?
    /// For `for_each`: which element.
    package let element: Int?
    /// JSON pointer into the mapping file, where the fault is there.
    package let pointer: String?
    /// Failures spent.
    package let attempts: Int

    /// A part from its parts; tests make up their own.
    package init(
        launchClass: LaunchClass, reason: Reason, detail: String, mapping: String?, version: String?, element: Int?,
        pointer: String?, attempts: Int
    ) {
        self.launchClass = launchClass
        self.reason = reason
        self.detail = detail
        self.mapping = mapping
        self.version = version
        self.element = element
        self.pointer = pointer
        self.attempts = attempts
    }
}

/// What a message that goes round the ladder carries along.
package struct DelayNotice: Sendable, Hashable {
    /// The ladder's step, counted from 0.
    package let step: Int
    /// The launches that are still owed.
    package let owed: [OwedLaunch]

    /// A notice from its parts; tests make up their own.
    package init(step: Int, owed: [OwedLaunch]) {
        self.step = step
        self.owed = owed
    }
}

/// One launch that is still owed.
package struct OwedLaunch: Sendable, Hashable {
    /// Its mapping.
    package let mapping: String
    /// The mapping's version when the event was evaluated.
    package let version: String
    /// For `for_each`: which element.
    package let element: Int?
    /// What it brings along.
    package let history: LaunchHistory

    /// An owed launch from its parts.
    package init(mapping: String, version: String, element: Int?, history: LaunchHistory) {
        self.mapping = mapping
        self.version = version
        self.element = element
        self.history = history
    }
}
