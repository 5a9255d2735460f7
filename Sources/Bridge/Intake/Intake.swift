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
                view: view, redelivered: delivery.redelivered, now: Instant(seconds: now.wallSeconds),
                firstSeen: Instant(seconds: origin.firstTime))
            return evaluate(event, delivery, origin)
        case .undecodable(let reason, let detail):
            let plan = Plan.park(.undecodable, reason, detail: detail)
            return Result(plan: plan, eventID: identity(delivery, origin))
        }
    }

    private func evaluate(_ event: Event, _ delivery: Delivery, _ origin: Origin) -> Result {
        let headers = delivery.properties.headers
        let maker = PlanMaker(
            ignoresExpiry: origin.isReturned && headers?.integer(.ignoresExpiry) == 1, allowed: settings.allowed,
            unreported: settings.unreported)
        if origin.isReturned, let owed = OwedLaunches(headers) {
            let plans = owed.groups.map { ($0, self.plan(event, owing: $0)) }
            let eventID = plans.lazy.compactMap { $0.1?.eventID }.first
            var plan = maker.plan(plans)
            let stream = PlanStream(plans.compactMap { group, plan in plan.map { ($0, group.history) } }, maker)
            stream?.tell(&plan)
            return Result(plan: plan, eventID: eventID ?? identity(delivery, origin), stream: stream)
        }
        let evaluated = mappings.compiled.evaluate(event, limits: settings.evaluation, isWhole: false)
        var plan = maker.plan(evaluated)
        let stream = PlanStream(evaluated.mappings.map { ($0, LaunchHistory()) }, maker)
        stream?.tell(&plan)
        if plan.launches.isEmpty, plan.ended.isEmpty { plan = unmatched(origin) }
        return Result(
            plan: plan, eventID: evaluated.mappings.first?.eventID ?? identity(delivery, origin), stream: stream)
    }

    /// What a mapping still owes; all of it where the mapping has changed, as its elements may be others now.
    private func plan(_ event: Event, owing group: OwedLaunches.Group) -> MappingPlan? {
        guard let mapping = mappings.compiled.mapping(named: group.mapping) else { return nil }
        let elements = mapping.version == group.version ? group.elements?.elementRanges : nil
        return mappings.compiled.evaluate(
            event, mapping: group.mapping, elements: elements, limits: settings.evaluation, isWhole: false)
    }

    private func unmatched(_ origin: Origin) -> Plan {
        switch settings.unmatched {
        case .skip: .skip(.unmatched)
        case .park:
            .park(
                .unmappable, .unmatched,
                detail: "no mapping wants exchange \"\(origin.exchange)\", routing key \"\(origin.routingKey)\"")
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
