import Mapping
package import Relay

/// What is left of an event's long lists: the relay asks for more as launches end, so that an audience streams through
/// and is never held as launches all at once.
package struct PlanStream {
    private struct Rest {
        let eventID: String
        let histories: OwedHistories
        var elements: ElementStream
    }

    private var rests: [Rest]
    private let maker: PlanMaker

    /// What the plans have left; nil where that is nothing.
    init?(_ plans: [(plan: MappingPlan, histories: OwedHistories)], _ maker: PlanMaker) {
        self.maker = maker
        rests = plans.compactMap { plan, histories in
            plan.rest.map { Rest(eventID: plan.eventID, histories: histories, elements: $0) }
        }
        if rests.isEmpty { return nil }
    }

    /// Tells a plan what has not been evaluated.
    package func tell(_ plan: inout Plan) {
        plan.rest = rests.flatMap { rest in
            let mapping = rest.elements.mapping
            return rest.histories.split(rest.elements.left).map { part in
                PlannedRest(
                    mapping: mapping.name, version: mapping.version, elements: part.elements, history: part.history)
            }
        }
        plan.window = rests.map(\.elements.window).max() ?? 0
    }

    /// How much memory is held for what is left, in bytes; the lists of one event share its document.
    package var footprint: Int { rests.map(\.elements.footprint).max() ?? 0 }

    /// The next launches.
    package mutating func next() -> Plan {
        var plan = Plan(launches: [])
        guard var rest = rests.first else { return plan }
        let outcomes = rest.elements.take(rest.elements.window)
        maker.add(outcomes, of: rest.elements.mapping, eventID: rest.eventID, rest.histories, to: &plan)
        rests[0] = rest
        if rest.elements.isEmpty { rests.removeFirst() }
        tell(&plan)
        return plan
    }
}
