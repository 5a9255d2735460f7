/// A message as it arrived, evaluated.
package struct Arrival: Sendable {
    /// Where it came from, for its settlement.
    package var receipt: Receipt
    /// The broker says that it was delivered before: it may have been launched by someone who is gone.
    package var isRedelivered: Bool
    /// What its mappings ask for.
    package var plan: Plan

    /// An arrival from its parts.
    package init(receipt: Receipt, isRedelivered: Bool, plan: Plan) {
        self.receipt = receipt
        self.isRedelivered = isRedelivered
        self.plan = plan
    }
}
