package import AMQP
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
package import Relay

/// Turns messages into plans (decode, match, evaluate); pure but for the live mappings that it keeps.
package struct Intake {
    private let settings: IntakeSettings
    /// What events are evaluated with from now on.
    package private(set) var mappings: LiveMappings

    /// An intake that begins with these mappings.
    package init(_ settings: IntakeSettings, mappings: LiveMappings) {
        self.settings = settings
        self.mappings = mappings
    }

    /// What a message becomes.
    package struct Result {
        /// What the relay carries out.
        package let plan: Plan
        /// The event's identity.
        package let eventID: String
        /// The rest of long lists.
        package var stream: PlanStream?
    }

    /// Goes over to another set of mappings.
    package mutating func use(_ mappings: LiveMappings) {
        self.mappings = mappings
    }

    /// Decodes and evaluates a message.
    package func take(_ delivery: Delivery, origin: Origin, now: Moment) -> Result {
        switch BodyDecoder.decode(
            delivery.body, encoding: delivery.properties.contentEncoding, limits: settings.json)
        {
        case .document(let body):
            let view = EventView(
                exchange: origin.exchange.bytes, routingKey: origin.routingKey.bytes, body: body.root,
                tables: MessageTables(delivery.properties))
            let event = Event(
                view: view, now: Instant(seconds: now.wallSeconds), firstSeen: Instant(seconds: origin.firstTime))
            return evaluate(event, delivery, origin)
        case .undecodable(let reason, let detail):
            let plan = Plan.park(.undecodable, reason, detail: detail, version: mappings.version)
            return Result(plan: plan, eventID: identity(delivery, origin))
        }
    }

    private func evaluate(_ event: Event, _ delivery: Delivery, _ origin: Origin) -> Result {
        let headers = delivery.properties.headers
        let maker = PlanMaker(
            ignoresExpiry: origin.isReturned && headers?.integer(.ignoresExpiry) == 1, allowed: settings.allowed,
            unreported: settings.unreported)
        let owed = origin.isReturned ? OwedLaunches(headers) : nil
        if let owed, let result = evaluate(event, owed, delivery, origin, maker) { return result }
        let evaluated = mappings.compiled.evaluate(event, limits: settings.evaluation, isWhole: false)
        var plan = maker.plan(evaluated)
        let stream = PlanStream(evaluated.mappings.map { ($0, OwedHistories()) }, maker)
        stream?.tell(&plan)
        if plan.launches.isEmpty, plan.ended.isEmpty { plan = unmatched(origin) }
        return Result(
            plan: plan, eventID: evaluated.mappings.first?.eventID ?? identity(delivery, origin), stream: stream)
    }

    /// What an event still owes, each mapping evaluated once; nil where nothing of it is there: the header is forged, and
    /// the event is not to be gone for that.
    private func evaluate(
        _ event: Event, _ owed: OwedLaunches, _ delivery: Delivery, _ origin: Origin, _ maker: PlanMaker
    ) -> Result? {
        var plans: [(plan: MappingPlan, histories: OwedHistories)] = []
        var removed: [OwedShare] = []
        for share in owed.shares {
            if let plan = plan(event, owing: share) { plans.append(plan) } else { removed.append(share) }
        }
        var plan = maker.plan(plans, removed: removed)
        guard !plan.launches.isEmpty || !plan.ended.isEmpty else { return nil }
        let stream = PlanStream(plans, maker)
        stream?.tell(&plan)
        return Result(plan: plan, eventID: plans.first?.plan.eventID ?? identity(delivery, origin), stream: stream)
    }

    /// What is still owed of a mapping; nil where it is gone.
    private func plan(_ event: Event, owing share: OwedShare) -> (plan: MappingPlan, histories: OwedHistories)? {
        guard let mapping = mappings.compiled.mapping(named: share.mapping) else { return nil }
        let histories = OwedHistories(share, version: mapping.version)
        let plan = mappings.compiled.evaluate(
            event, mapping: share.mapping, elements: histories.elements, limits: settings.evaluation, isWhole: false)
        return plan.map { ($0, histories) }
    }

    private func unmatched(_ origin: Origin) -> Plan {
        switch settings.unmatched {
        case .skip: .skip(.unmatched)
        case .park:
            .park(
                .unmappable, .unmatched,
                detail: "no mapping wants exchange \"\(origin.exchange)\", routing key \"\(origin.routingKey)\"",
                version: mappings.version)
        }
    }

    /// The event's identity where no mapping says it: the header of an earlier round, `message_id`, or a hash.
    private func identity(_ delivery: Delivery, _ origin: Origin) -> String {
        if origin.isReturned, let event = delivery.properties.headers?.string(.event), !event.isEmpty { return event }
        if let id = delivery.properties.messageID?.string, !id.isEmpty { return id }
        var hash = StableHash()
        hash.combine(origin.exchange.bytes)
        hash.combine(origin.routingKey.bytes)
        hash.combine(delivery.body)
        return hash.value.sixteenDigits
    }
}
