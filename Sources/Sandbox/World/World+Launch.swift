import Foundation
import JSON

/// What all launches of one request share.
struct LaunchOrder: Sendable {
    let call: APICall
    let target: Target
    let contents: LaunchContents
    let now: Date
}

extension World {
    /// Launches the target for one profile.
    ///
    /// - Throws: a refusal when the profile has no fitting subscription, or is in the scenario already, where that is
    ///   an error.
    mutating func launch(
        _ order: LaunchOrder, row: Int, shown: JSONValue, filter: SubscriptionFilter?, own: JSONValue? = nil
    ) throws(Refusal) {
        let profile = store[row]
        var record = blank(order, shown, own: own)
        record.profileID = profile.id
        switch order.target {
        case .campaign(let campaign): try address(&record, campaign, profile, filter)
        case .scenario(let scenario): try engage(&record, scenario, profile, filter)
        }
        if record.unsent == nil {
            record.message = order.target.message?.filled(content: order.contents.content) { name in
                switch name {
                case "email": profile.email.map { .string($0) }
                case "phone": profile.phone.map { .string($0) }
                default: profile.fields[name]
                }
            }
        }
        self.record(record)
    }

    /// Writes down a launch that was accepted and does nothing.
    mutating func record(unsent: String, _ order: LaunchOrder, _ shown: JSONValue, profileID: String? = nil) {
        var record = blank(order, shown, own: nil)
        record.profileID = profileID
        record.unsent = unsent
        self.record(record)
    }

    private func blank(_ order: LaunchOrder, _ shown: JSONValue, own: JSONValue?) -> LaunchRecord {
        var record = LaunchRecord(
            request: currentRequest, time: order.now, endpoint: order.call.endpoint.rawValue, kind: order.target.kind,
            target: order.target.id, name: order.target.name, recipient: shown.text())
        order.contents.fill(&record, own: own)
        return record
    }

    /// Finds the subscription that a campaign's message goes to.
    private func address(
        _ record: inout LaunchRecord, _ campaign: Campaign, _ profile: Profile, _ filter: SubscriptionFilter?
    ) throws(Refusal) {
        let fitting = profile.effectiveSubscriptions.filter { subscription in
            subscription.isOf(campaign.resourceID) && (campaign.channel ?? subscription.channel) == subscription.channel
        }
        if let subscription = choose(among: fitting, filter) {
            record.subscription = subscription.shown.text()
        } else if !campaign.isUnconditional {
            if options.unsubscribed == .error { throw refusal("the profile has no fitting subscription") }
            record.unsent = "no fitting subscription"
        }
    }

    /// Puts a profile into a scenario.
    private mutating func engage(
        _ record: inout LaunchRecord, _ scenario: Scenario, _ profile: Profile, _ filter: SubscriptionFilter?
    ) throws(Refusal) {
        if !scenario.allowsReentry {
            guard engaged[scenario.id, default: []].insert(profile.id).inserted else {
                if options.reentry == .error { throw refusal("the profile is in workflow \(scenario.id) already") }
                record.unsent = "already in the scenario"
                return
            }
        }
        if let subscription = choose(among: profile.effectiveSubscriptions, filter) {
            record.subscription = subscription.shown.text()
        } else if filter != nil {
            if options.unsubscribed == .error { throw refusal("the profile has no such subscription") }
            record.unsent = "no such subscription"
        }
    }

    private func choose(among fitting: [Subscription], _ filter: SubscriptionFilter?) -> Subscription? {
        let best = fitting.max { $0.priority < $1.priority }
        guard let filter else { return best }
        return fitting.first { filter.selects($0, spelled: store.spelled) } ?? (filter.isNotStrict ? best : nil)
    }
}
