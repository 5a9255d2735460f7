import Foundation
import JSON

/// What all launches of one request share.
struct LaunchOrder: Sendable {
    /// The path under `/api/v1.1/`, or `trg`.
    let endpoint: String
    var target: Target
    var contents: LaunchContents
    /// The number of the request that asked for it.
    let request: Int
    /// When it is carried out.
    var now: Date
    /// Whether the request is for many: then one of them who gets nothing is no reason to refuse it.
    var isForMany = false
}

/// One recipient of a request.
struct Recipient: Sendable {
    /// The profile's row.
    let row: Int
    /// How it was named, as the log shows it.
    let shown: JSONValue
    /// Which of the profile's subscriptions is asked for.
    var filter: SubscriptionFilter?
    /// `custom_data` of its own.
    var customData: JSONValue?
    /// Field values that go before the profile's in the message.
    var overrides: [String: JSONValue] = [:]
}

extension LaunchOrder {
    /// The same order without a hold on the body that it was read from.
    var detached: LaunchOrder {
        var order = self
        order.contents = contents.detached
        return order
    }
}

extension Recipient {
    /// The same recipient without a hold on the body that it was read from.
    var detached: Recipient {
        var recipient = Recipient(row: row, shown: shown.detached, filter: filter)
        recipient.customData = customData?.detached
        recipient.overrides = overrides.mapValues(\.detached)
        return recipient
    }
}

extension World {
    /// Launches the target for one profile; whether anything would be sent.
    ///
    /// - Throws: a refusal when the profile has no fitting subscription, or is in the scenario already, where that is
    ///   an error.
    @discardableResult
    mutating func launch(_ order: LaunchOrder, _ recipient: Recipient) throws(Refusal) -> Bool {
        let profile = store[recipient.row]
        var record = blank(order, recipient.shown, own: recipient.customData)
        record.profileID = profile.id
        if try isLaunchable(order.target) {
            switch order.target {
            case .campaign(let campaign): try address(&record, campaign, profile, recipient.filter, order)
            case .scenario(let scenario): try engage(&record, scenario, profile, recipient.filter, order)
            }
        } else {
            record.unsent = "not active"
        }
        if record.unsent == nil {
            record.message = order.target.message?.filled(content: order.contents.content) { name in
                recipient.overrides[name] ?? profile.value(name)
            }
        }
        self.record(record)
        return record.unsent == nil
    }

    /// Writes down a launch that was accepted and does nothing.
    mutating func record(unsent: String, _ order: LaunchOrder, _ shown: JSONValue) {
        var record = blank(order, shown, own: nil)
        record.unsent = unsent
        self.record(record)
    }

    private func blank(_ order: LaunchOrder, _ shown: JSONValue, own: JSONValue?) -> LaunchRecord {
        var record = LaunchRecord(
            request: order.request, time: order.now, endpoint: order.endpoint, kind: order.target.kind,
            target: order.target.id, name: order.target.name, recipient: shown.text())
        order.contents.fill(&record, own: own)
        return record
    }

    /// Finds the subscription that a campaign's message goes to.
    private func address(
        _ record: inout LaunchRecord, _ campaign: Campaign, _ profile: Profile, _ filter: SubscriptionFilter?,
        _ order: LaunchOrder
    ) throws(Refusal) {
        let fitting = profile.effectiveSubscriptions.filter { subscription in
            subscription.isOf(campaign.resourceID) && (campaign.channel ?? subscription.channel) == subscription.channel
        }
        if let subscription = choose(among: fitting, filter) {
            record.subscription = subscription.shown.text()
        } else if !campaign.isUnconditional {
            try leaveOut(&record, "the profile has no fitting subscription", options.unsubscribed, order)
        }
    }

    /// Puts a profile into a scenario.
    private mutating func engage(
        _ record: inout LaunchRecord, _ scenario: Scenario, _ profile: Profile, _ filter: SubscriptionFilter?,
        _ order: LaunchOrder
    ) throws(Refusal) {
        if let subscription = choose(among: profile.effectiveSubscriptions, filter) {
            record.subscription = subscription.shown.text()
        } else if filter != nil {
            return try leaveOut(&record, "the profile has no such subscription", options.unsubscribed, order)
        }
        guard !scenario.allowsReentry else { return }
        if !engaged[scenario.id, default: []].insert(profile.id).inserted {
            try leaveOut(&record, "the profile is in the scenario already", options.reentry, order)
        }
    }

    private func leaveOut(
        _ record: inout LaunchRecord, _ reason: String, _ verdict: Verdict, _ order: LaunchOrder
    ) throws(Refusal) {
        if verdict == .error, !order.isForMany { throw refusal(reason) }
        record.unsent = reason
    }

    private func choose(among fitting: [Subscription], _ filter: SubscriptionFilter?) -> Subscription? {
        let best = fitting.max { $0.priority < $1.priority }
        guard let filter else { return best }
        return fitting.first { filter.selects($0, spelled: store.spelled) } ?? (filter.isNotStrict ? best : nil)
    }
}

extension Profile {
    /// A value by the name that messages use.
    func value(_ name: String) -> JSONValue? {
        switch name {
        case "email": email.map { .string($0) }
        case "phone": phone.map { .string($0) }
        default: fields[name]
        }
    }
}
