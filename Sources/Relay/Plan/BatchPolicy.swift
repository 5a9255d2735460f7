/// What a mapping's `delivery.batch` says about how its launches share calls.
package struct BatchPolicy: Sendable, Hashable {
    /// Most launches of one call.
    package var maxItems: Int
    /// How long a launch waits for company.
    package var maxWait: Duration
    /// Whether launches that the answer does not name are parked instead of taken for accepted.
    package var parksUnreported: Bool

    /// A policy; what is left out has the documented default.
    package init(maxItems: Int = 1_000, maxWait: Duration = .seconds(1), parksUnreported: Bool = false) {
        self.maxItems = max(maxItems, 1)
        self.maxWait = maxWait
        self.parksUnreported = parksUnreported
    }
}
