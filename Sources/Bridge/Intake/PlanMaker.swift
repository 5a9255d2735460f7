import Altcraft
import Functions
import JSON
import Mapping
import Outcome
import Relay

/// Turns what the mappings make of an event into what the relay carries out.
struct PlanMaker: Sendable {
    /// The operator wants it launched although it is late.
    let ignoresExpiry: Bool
    /// Who may be launched; nil for everybody.
    let allowed: RecipientAllowList?
    /// What becomes of launches that the answer to a batch leaves out, where the mapping does not say.
    let unreported: DeliveryPolicy.Unreported

    /// The plan of an event that is evaluated for the first time.
    func plan(_ event: EventPlan) -> Plan {
        var plan = Plan(launches: [])
        for mapping in event.mappings { add(mapping, OwedHistories(), to: &plan) }
        return plan
    }

    /// The plan of a message that came round: what is still owed of each mapping, and of those that are gone.
    func plan(_ owed: [(plan: MappingPlan, histories: OwedHistories)], removed: [OwedShare]) -> Plan {
        var plan = Plan(launches: [], ended: removed.map(ended))
        for (mapping, histories) in owed { add(mapping, histories, to: &plan) }
        return plan
    }

    private func add(_ plan: MappingPlan, _ histories: OwedHistories, to result: inout Plan) {
        add(plan.outcomes, of: plan.mapping, eventID: plan.eventID, histories, to: &result)
    }

    /// Adds what was made of one mapping's elements.
    func add(
        _ outcomes: [LaunchPlan], of mapping: Mapping, eventID: String, _ histories: OwedHistories,
        to result: inout Plan
    ) {
        let terms = Terms(mapping, eventID, unreported)
        for outcome in outcomes {
            switch outcome {
            case .launch(let launch):
                let history = histories.history(of: number(launch.element))
                result.launches.append(relayed(launch, terms, history))
            case .stop(let stop): result.ended.append(ended(stop, mapping))
            }
        }
    }

    /// What the launches of one mapping for one event have in common.
    private struct Terms {
        let mapping: Mapping
        let eventID: String
        let windowSeconds: Int64
        let policy: LaunchPolicy

        init(_ mapping: Mapping, _ eventID: String, _ unreported: DeliveryPolicy.Unreported) {
            self.mapping = mapping
            self.eventID = eventID
            windowSeconds = mapping.policy.dedupWindow?.components.seconds ?? 0
            policy = mapping.policy.relayed(unreported: unreported)
        }
    }

    private func relayed(_ launch: MappedLaunch, _ terms: Terms, _ history: LaunchHistory) -> RelayLaunch {
        RelayLaunch(
            mapping: terms.mapping.name,
            version: terms.mapping.version,
            element: number(launch.element),
            request: launch.request,
            recipient: launch.recipient,
            lane: LaneKey(launch.lane),
            key: LaunchKey(mapping: terms.mapping.name, value: launch.dedupKey, element: launch.element.name),
            ledger: LedgerFacts(
                event: terms.eventID, windowSeconds: terms.windowSeconds,
                recipients: launch.launch.audience.identities),
            expiresAt: ignoresExpiry ? nil : launch.expiresAt?.seconds,
            policy: terms.policy,
            isAllowed: allowed?.allows(launch.launch.audience) ?? true,
            history: history
        )
    }

    private func ended(_ stop: Stop, _ mapping: Mapping) -> PlannedEnd {
        PlannedEnd(
            stop.launchClass, stop.reason, detail: stop.detail, mapping: mapping.name, version: mapping.version,
            element: number(stop.element), pointer: stop.pointer.description)
    }

    private func ended(_ share: OwedShare) -> PlannedEnd {
        PlannedEnd(
            .unmappable, .mappingRemoved,
            detail: "the mapping \"\(share.mapping)\" still owed launches and is gone or switched off",
            mapping: share.mapping, version: share.version)
    }

    /// The element's number; nil for the one of a mapping without `for_each`.
    private func number(_ element: Element?) -> Int? {
        guard let element, element != .only else { return nil }
        return element.number
    }
}

extension DeliveryPolicy {
    /// The policy in the relay's terms.
    fileprivate func relayed(unreported: Unreported) -> LaunchPolicy {
        LaunchPolicy(
            attempts: attempts,
            whenUnsure: whenUnsure == .park ? .park : .retry,
            priority: RelayPriority(rawValue: priority.rawValue) ?? .normal,
            rate: rate.map { RateLimit(perSecond: $0.perSecond, burst: Double($0.burst)) },
            batch: batch.map {
                BatchPolicy(
                    maxItems: $0.maxItems, maxWait: $0.maxWait, parksUnreported: ($0.unreported ?? unreported) == .park)
            }
        )
    }
}
